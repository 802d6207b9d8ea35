using Kiln.TypeScript.Modules;
using Kiln.TypeScript.Tree;

namespace Kiln.TypeScript.JsDoc;

/// <summary>
/// Which comment documents what. Nodes do not know their comments: the answer comes from <see cref="SourceFile.Comments"/> by a binary search, and from
/// what stands between the node and the token before it. Asking for every node of a file takes linear time.
/// </summary>
public static class JsDocAttachment
{
    /// <summary>
    /// The last <c>/** … */</c> before a token, whatever other comments stand between them; an empty one hides the one before it. A comment on the same
    /// line as the token before belongs to that token when it is a brace, a semicolon, a name or a literal, so nothing in
    /// <c>class A { /** lost */ m() {} }</c> is documented.
    /// </summary>
    /// <param name="file">The file.</param>
    /// <param name="position">
    /// Where the node starts, modifiers and decorators included: for a variable the statement, for an exported declaration the <c>export</c>.
    /// </param>
    /// <param name="comment">Not parsed; see <see cref="JsDocParser"/>.</param>
    public static bool TryFind(SourceFile file, int position, out Comment comment)
    {
        ArgumentNullException.ThrowIfNull(file);
        return LeadingComments.TryGetLastJsDoc(file, position, out comment);
    }

    /// <summary>The parsed comment of a node, by its <see cref="Node.Start"/>; null when it has none or one that is empty.</summary>
    public static JsDocComment? Find(SourceFile file, Node node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return TryFind(file, node.Start, out var comment) && JsDocParser.Parse(file, comment) is { IsEmpty: false } parsed ? parsed : null;
    }

    /// <summary>The first comment in the file that has a <c>@module</c> tag, wherever it stands; it may document a declaration besides. Null when there is none.</summary>
    public static JsDocComment? FindModule(SourceFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        foreach (var comment in file.Comments)
        {
            // Most comments are ruled out without being parsed.
            if (comment.Kind == CommentKind.JsDoc
                && file.Text.AsSpan(comment.Start, comment.End - comment.Start).Contains("@module", StringComparison.Ordinal)
                && JsDocParser.Parse(file, comment) is var parsed
                && parsed.Has(JsDocTagKind.Module))
            {
                return parsed;
            }
        }

        return null;
    }
}
