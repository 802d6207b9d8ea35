using System.Globalization;
using Kiln.TypeScript.Diagnostics;
using Kiln.TypeScript.Text;
using Kiln.TypeScript.Tree;

namespace Kiln.TypeScript;

/// <summary>One walk over one file, types included. One instance walks once.</summary>
/// <remarks>
/// Nodes know no parent, so what a check needs of the surroundings is in fields that each method saves and restores. Chains that are deeper than the
/// parser's nesting limit (<c>a + b + c</c>, <c>a.b.c</c>, <c>else if</c>, <c>a = b = c</c>, <c>A[][]</c>) are walked in loops.
/// </remarks>
internal sealed partial class GrammarVisitor(SourceFile file, StackGuard guard)
{
    /// <summary>The parser nests 512 rules; one rule makes at most a handful of nodes.</summary>
    private const int MaxDepth = 8 * FileParser.MaxDepth;

    private readonly string text = file.Text;
    private readonly List<Diagnostic> found = [];
    private readonly MemberNames names = new(file);
    private int depth;

    /// <summary>What is visited stands in a declaration file or under <c>declare</c>.</summary>
    private bool ambient = file.Language == Language.Declaration;

    public void VisitFile()
    {
        if (ambient)
        {
            CheckTopLevelModifiers();
        }

        VisitStatements(file.Statements, StatementPlace.File, reported: false);
        CheckExportEquals(file.Statements);
    }

    /// <summary>What was found, in source order, one for each code and place.</summary>
    public Diagnostic[] TakeDiagnostics()
    {
        if (found.Count == 0)
        {
            return [];
        }

        found.Sort((a, b) => a.Span.Start != b.Span.Start ? a.Span.Start.CompareTo(b.Span.Start) : a.Code.CompareTo(b.Code));
        var kept = 0;
        for (var i = 0; i < found.Count; i++)
        {
            if (kept == 0 || found[i].Code != found[kept - 1].Code || found[i].Span != found[kept - 1].Span)
            {
                found[kept++] = found[i];
            }
        }

        return [.. found.Take(kept)];
    }

    // Reports.

    /// <returns>True, so that a check can report and stop in one line.</returns>
    private bool Report(int code, int start, int end, string? argument = null, string? second = null)
    {
        // A file can hold errors without number; only the first few are given, and they come in roughly the order of the walk.
        if (found.Count < 8 * GrammarChecker.MaxDiagnostics)
        {
            found.Add(new Diagnostic(code, new TextSpan(start, end), argument, second));
        }

        return true;
    }

    private bool Report(int code, Node node, string? argument = null, string? second = null) => Report(code, node.Start, node.End, argument, second);

    private bool ReportToken(int code, int start, string? argument = null, string? second = null) =>
        Report(code, start, Trivia.EndOfToken(text, start), argument, second);

    // Depth.

    /// <summary>Every method that can reach itself enters here first; on false it must return at once. A true result is paired with <c>depth--</c>.</summary>
    private bool Enter(Node node)
    {
        if (depth < MaxDepth && ((depth & 7) != 0 || guard.HasRoom()))
        {
            depth++;
            return true;
        }

        Report(DiagnosticCodes.NestedTooDeeply, node.Start, node.Start, FileParser.MaxDepth.ToString(CultureInfo.InvariantCulture));
        return false;
    }

    // Places of tokens.

    /// <summary>Where the declaration's own first token stands, behind its modifiers.</summary>
    private static int StartAfterModifiers(Node node, Modifiers modifiers) => modifiers == Modifiers.None ? node.Start : modifiers.End;

    /// <summary>The <c>?</c> or <c>!</c> behind a name.</summary>
    private int MarkAfter(Node name) => Trivia.Skip(text, name.End);

    private bool IsWord(Node node, string word) => file.GetSlice(node).SequenceEqual(word);

    private bool HaveSameName(Identifier first, Identifier second) =>
        ((first.Flags | second.Flags) & NodeFlags.HasEscape) == 0 ? file.GetSlice(first).SequenceEqual(file.GetSlice(second)) : file.GetName(first) == file.GetName(second);
}
