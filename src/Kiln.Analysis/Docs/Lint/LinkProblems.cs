using Kiln.Analysis.Docs.Definitions;
using Kiln.Analysis.Docs.Model;
using Kiln.Analysis.Graph;

namespace Kiln.Analysis.Docs.Lint;

/// <summary>Makes problems of links that lead nowhere. The model does not say where in a comment something stands; the source does.</summary>
public sealed class LinkProblems(ModuleGraph graph)
{
    private const string Opening = "{@link";

    /// <summary>Links between a broken one and its declaration; nobody writes more.</summary>
    private const int MaxLinks = 200;

    private readonly Dictionary<string, LocationTable> tables = new(StringComparer.Ordinal);

    private const string Hint = "name an exported symbol, a member of one, an import or a global, or put the text into `code`";

    /// <param name="path">The module with the comment.</param>
    /// <param name="location">Of the declaration that the comment belongs to.</param>
    /// <param name="isModule">It belongs to the module instead.</param>
    /// <param name="target">What the link names.</param>
    /// <returns>Null when the module is not in the graph.</returns>
    public LintProblem? Create(string path, DocLocation location, bool isModule, string target)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (graph.Find(path)?.SourceFile is not { } file)
        {
            return null;
        }

        if (!tables.TryGetValue(path, out var table))
        {
            tables.Add(path, table = new LocationTable(file.Text));
        }

        var declaration = isModule ? 0 : table.FindPosition(location.ByteIndex);
        var start = isModule ? FindForward(file.Text, target) : FindBackward(file.Text, declaration, target);
        return new LintProblem(LintCodes.BrokenLink, $"'{target}' is nothing that a link can lead to", start < 0 ? new LintPlace(path, declaration, declaration) : new LintPlace(path, start, start + target.Length)) { Hint = Hint };
    }

    private static int FindBackward(string text, int from, string target)
    {
        for (var i = 0; i < MaxLinks && from > 0; i++)
        {
            from = text.LastIndexOf(Opening, from - 1, StringComparison.Ordinal);
            if (from < 0)
            {
                return -1;
            }

            if (TargetAt(text, from, target) is >= 0 and var found)
            {
                return found;
            }
        }

        return -1;
    }

    private static int FindForward(string text, string target)
    {
        var from = 0;
        for (var i = 0; i < MaxLinks; i++)
        {
            from = text.IndexOf(Opening, from, StringComparison.Ordinal);
            if (from < 0)
            {
                return -1;
            }

            if (TargetAt(text, from, target) is >= 0 and var found)
            {
                return found;
            }

            from += Opening.Length;
        }

        return -1;
    }

    private static int TargetAt(string text, int opening, string target)
    {
        var body = text.AsSpan(opening);
        var close = body.IndexOf('}');
        var found = close < 0 ? -1 : body[..close].IndexOf(target, StringComparison.Ordinal);
        return found < 0 ? -1 : opening + found;
    }
}
