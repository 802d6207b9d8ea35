using Kiln.Analysis.Docs.Model;
using Kiln.TypeScript.JsDoc;

namespace Kiln.Documentation.Comments;

/// <summary>TypeDoc's way to say what a category is about, in the comment of a module: <c>@categoryDescription Name</c>, and the text on the lines behind it.</summary>
internal static class CategoryDescriptions
{
    private const string Tag = "@categoryDescription";

    public static Dictionary<string, string> Of(DocComment? comment)
    {
        var descriptions = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var tag in comment?.Tags ?? [])
        {
            if (tag is not { Kind: JsDocTagKind.Unsupported, Text: { } text } || !text.StartsWith(Tag, StringComparison.Ordinal))
            {
                continue;
            }

            var rest = text[Tag.Length..].TrimStart();
            var end = rest.IndexOf('\n', StringComparison.Ordinal);
            if (end > 0)
            {
                descriptions.TryAdd(rest[..end].Trim(), rest[(end + 1)..].Trim());
            }
        }

        return descriptions;
    }
}
