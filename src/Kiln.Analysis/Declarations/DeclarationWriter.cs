using Kiln.Analysis.Emit;
using Kiln.Analysis.FastCheck;
using Kiln.TypeScript;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Declarations;

/// <summary>Writes one module in one walk over what is public. Reads top down: a module, its statements, their parts, and the types that nobody wrote.</summary>
internal sealed partial class DeclarationWriter
{
    private readonly SourceFile file;
    private readonly string text;
    private readonly DeclarationOptions options;
    private readonly StackGuard guard;
    private readonly OutputWriter writer;
    private readonly IPublicDeclarations publicDeclarations;
    private readonly TypeInference inference;
    private readonly FastCheckRules rules;
    private readonly List<FastCheckDiagnostic> problems = [];
    private readonly EnumValues enums;
    private readonly bool isTyped;
    private readonly string newLine;
    private int depth;

    public DeclarationWriter(SourceFile file, DeclarationOptions options, StackGuard guard)
    {
        this.file = file;
        this.options = options;
        this.guard = guard;
        text = file.Text;
        isTyped = file.Language is not (Language.JavaScript or Language.Jsx);
        writer = new OutputWriter(text, options.SourceMap) { KeepsLines = false, CountsLines = false };
        publicDeclarations = WrittenDeclarations.Of(file, options.Public);
        inference = new TypeInference(file, publicDeclarations, guard);
        rules = new FastCheckRules(file, inference, guard, isTyped ? problems : null);
        newLine = text.IndexOf('\n', StringComparison.Ordinal) is > 0 and var first && text[first - 1] == '\r' ? "\r\n" : "\n";
        enums = new EnumValues(file, guard);
        rewrites = SpecifierRewrites();
    }

    public DeclarationResult Run()
    {
        if (file.Language == Language.Declaration)
        {
            // What somebody wrote as declarations stays, private parts included: leaving some out saves little and may break the rest.
            CopyRange(0, text.Length);
            ReportAmbient(file.Statements);
        }
        else
        {
            WriteHeader();
            WriteStatements(file.Statements, new StatementList(file.Statements, isTopLevel: true), 0, text.Length);
            EndLine();
        }

        if (writer.Overflowed)
        {
            // Only a file made for the purpose repeats a type so often; it loses its types, and says so.
            problems.Add(FastCheckMessages.MissingExplicitType(0, 0));
            return new DeclarationResult("export {};" + newLine, null, problems);
        }

        string? map = null;
        if (options.SourceMap)
        {
            map = SourceMapBuilder.Build(writer.Written, writer.Ranges, file.Lines, options.OutputFileName, options.SourcePath, options.ShippedSource);
            EndLine();
            Write("//# sourceMappingURL=");
            Write(options.OutputFileName);
            Write(".map");
        }

        problems.Sort((a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : a.End.CompareTo(b.End));
        return new DeclarationResult(writer.Take(), map, problems);
    }

    private void Report(FastCheckDiagnostic problem)
    {
        if (isTyped)
        {
            problems.Add(problem);
        }
    }

    private void Write(ReadOnlySpan<char> value) => writer.Write(value);

    private void Copy(Node node) => CopyRange(node.Start, node.End);

    /// <summary>Copies source, with the specifiers in it rewritten.</summary>
    private void CopyRange(int start, int end)
    {
        if (rewrites.Length > 0)
        {
            for (var i = FirstRewriteFrom(start); i < rewrites.Length && rewrites[i].End <= end; i++)
            {
                if (rewrites[i].Start >= start)
                {
                    writer.Copy(start, rewrites[i].Start);
                    writer.Mark(rewrites[i].Start);
                    Write(rewrites[i].Text);
                    start = rewrites[i].End;
                }
            }
        }

        writer.Copy(start, end);
    }

    // Lines.

    private void EndLine()
    {
        if (writer.Length > 0 && writer.Last != '\n')
        {
            Write(newLine);
        }
    }

    /// <summary>Starts a line with the indentation that the source has there, or with one of its own.</summary>
    private void StartLine(int position)
    {
        EndLine();
        if (depth == 0)
        {
            return;
        }

        var start = position;
        while (start > 0 && text[start - 1] is ' ' or '\t' && position - start < 256)
        {
            start--;
        }

        if (start < position && (start == 0 || IsLineBreak(text[start - 1])))
        {
            Write(text.AsSpan(start, position - start));
        }
        else
        {
            Indent();
        }
    }

    private void Indent()
    {
        for (var i = Math.Min(depth, 16); i > 0; i--)
        {
            Write("    ");
        }
    }

    private static bool IsLineBreak(char c) => c is '\n' or '\r' or '\u2028' or '\u2029';

    private bool HasLineBreak(int start, int end) => SourceScan.HasLineBreak(text, start, end);

    private ReadOnlySpan<char> Slice(Node node) => text.AsSpan(node.Start, node.Length);

    private int SkipTrivia(int position) => SourceScan.SkipTrivia(text, position);
}
