using Kiln.Analysis.Docs.Model;
using Kiln.TypeScript.JsDoc;

namespace Kiln.Analysis.Docs.Difference;

/// <summary>Changes of documentation.</summary>
internal static class Comments
{
    public static void Compare(DocComment? old, DocComment? @new, ChangeList changes)
    {
        var (was, @is) = (old?.Has(JsDocTagKind.Deprecated) ?? false, @new?.Has(JsDocTagKind.Deprecated) ?? false);
        if (@is && !was)
        {
            var reason = @new!.Tags.First(t => t.Kind == JsDocTagKind.Deprecated).Text;
            changes.Add(ChangeRules.Deprecated, string.IsNullOrWhiteSpace(reason) ? "deprecated" : $"deprecated: {FirstLine(reason)}");
        }
        else if (was && !@is)
        {
            changes.Add(ChangeRules.DeprecationRemoved, "not deprecated any more");
        }
        else if (!AreEqual(old, @new))
        {
            changes.Add(ChangeRules.DocumentationChanged, old is null ? "documentation added" : @new is null ? "documentation removed" : "documentation changed");
        }
    }

    public static bool IsInternal(DocComment? comment) => comment?.Has(JsDocTagKind.Internal) ?? false;

    private static bool AreEqual(DocComment? old, DocComment? @new)
    {
        if (old is null || @new is null)
        {
            return old is null && @new is null;
        }

        // Types in tags are documentation as well; their texts say enough.
        return old.Text == @new.Text && old.Tags.Length == @new.Tags.Length && old.Tags.Zip(@new.Tags).All(pair =>
            pair.First.Kind == pair.Second.Kind && pair.First.Name == pair.Second.Name && pair.First.Default == pair.Second.Default && pair.First.Text == pair.Second.Text
            && pair.First.IsOptional == pair.Second.IsOptional && pair.First.Priority == pair.Second.Priority && pair.First.Items.SequenceEqual(pair.Second.Items, StringComparer.Ordinal)
            && pair.First.Type?.Repr == pair.Second.Type?.Repr);
    }

    private static string FirstLine(string text)
    {
        const int MaxLength = 200;
        var line = text.AsSpan().Trim();
        var end = line.IndexOfAny('\r', '\n');
        line = end < 0 ? line : line[..end];
        return line.Length <= MaxLength ? line.ToString() : $"{line[..MaxLength]}…";
    }
}
