using Kiln.TypeScript;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Docs.Definitions;

/// <summary>Where the reference says that a statement stands.</summary>
internal static class StatementPlace
{
    /// <summary>The <c>export</c>, behind decorators that are written before it; without one the start of all.</summary>
    public static int OfExport(SourceFile source, int start, Modifiers modifiers)
    {
        if (modifiers.Decorators.Length == 0 || !modifiers.Has(ModifierFlags.Export))
        {
            return start;
        }

        // Decorators stand before the export or behind it, never both.
        return modifiers.Decorators[0].Start == start ? SkipTrivia(source, modifiers.Decorators[^1].End) : start;
    }

    /// <summary>What is exported, without the keyword: there the inner parts of a dotted namespace stand.</summary>
    public static int BehindExport(SourceFile source, DeclarationStatement statement) =>
        statement.Modifiers.Has(ModifierFlags.Export) ? SkipTrivia(source, OfExport(source, statement.Start, statement.Modifiers) + "export".Length) : statement.Start;

    /// <summary>The next token at or behind a position that no token stands at.</summary>
    public static int SkipTrivia(SourceFile source, int position)
    {
        var text = source.Text;
        var low = 0;
        var comments = source.Comments;
        for (var high = comments.Length; low < high;)
        {
            var middle = (low + high) / 2;
            (low, high) = comments[middle].Start < position ? (middle + 1, high) : (low, middle);
        }

        while (position < text.Length)
        {
            if (char.IsWhiteSpace(text[position]))
            {
                position++;
            }
            else if (low < comments.Length && comments[low].Start == position)
            {
                position = comments[low++].End;
            }
            else
            {
                break;
            }
        }

        return position;
    }
}
