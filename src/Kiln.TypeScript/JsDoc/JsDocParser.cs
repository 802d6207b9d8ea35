using System.Collections.Immutable;
using System.Text;
using Kiln.TypeScript.Modules;
using Kiln.TypeScript.Text;

namespace Kiln.TypeScript.JsDoc;

/// <summary>Reads a documentation comment. Takes linear time and never fails: what is no tag of a known form is kept as <see cref="JsDocTagKind.Unsupported"/>.</summary>
/// <remarks>The lines come first (<see cref="JsDocLines"/>), then each tag by its own text (<see cref="JsDocTagReader"/>): a tag has no influence on another.</remarks>
public static class JsDocParser
{
    /// <param name="file">The file that the comment stands in.</param>
    /// <param name="comment">Of the kind <see cref="CommentKind.JsDoc"/>.</param>
    public static JsDocComment Parse(SourceFile file, Comment comment)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentOutOfRangeException.ThrowIfNotEqual(comment.Kind, CommentKind.JsDoc);
        var text = file.Text;
        var lines = new JsDocLines(text, CommentPragmas.GetInner(text, comment));
        var buffer = new StringBuilder();
        var description = ReadDescription(text, ref lines, buffer);
        var tags = ImmutableArray.CreateBuilder<JsDocTag>();
        while (!lines.AtEnd)
        {
            var tag = ReadTag(text, ref lines, buffer, out var replacement);
            if (tag is not null)
            {
                tags.Add(tag);
            }

            description = replacement ?? description;
        }

        return new JsDocComment { Span = new TextSpan(comment.Start, comment.End), Description = description, Tags = tags.DrainToImmutable() };
    }

    private static string? ReadDescription(string text, ref JsDocLines lines, StringBuilder buffer)
    {
        if (lines.AtEnd || lines.IsTag)
        {
            return null;
        }

        buffer.Clear();
        var fenced = lines.HasFence;
        do
        {
            buffer.Append(text, lines.Current.Start, lines.Current.Length).Append('\n');
        }
        while (lines.MoveNextInBlock(ref fenced));

        return buffer.ToString(0, buffer.Length - 1);
    }

    /// <param name="text">The file.</param>
    /// <param name="lines">At the first line of the tag; afterwards behind its last.</param>
    /// <param name="buffer">Scratch.</param>
    /// <param name="description">The text of <c>@description</c>, which is no tag of its own: it replaces what stands before the tags.</param>
    private static JsDocTag? ReadTag(string text, ref JsDocLines lines, StringBuilder buffer, out string? description)
    {
        var positions = new JsDocTagPositions(text, lines);
        var first = positions.Current;
        var last = first.End;
        var fenced = lines.HasFence;
        buffer.Clear();
        while (lines.MoveNextInBlock(ref fenced))
        {
            var line = JsDocTagPositions.Trim(text, lines.Current, positions.KeepsIndentation);
            if (buffer.Length == 0)
            {
                buffer.Append(text, first.Start, first.Length);
            }

            buffer.Append('\n').Append(text, line.Start, line.Length);
            last = line.Length > 0 ? line.End : last;
        }

        var value = buffer.Length == 0 ? text.AsSpan(first.Start, first.Length) : buffer.ToString();
        return new JsDocTagReader(value, positions, new TextSpan(first.Start, last)).Read(out description);
    }
}
