using System.Text;
using System.Text.Json;
using Kiln.Tooling;
using Kiln.TypeScript;
using Kiln.TypeScript.Diagnostics;

namespace Kiln.Conformance.Syntax;

/// <summary>One syntax error as TypeScript or Kiln reports it; line and column from 1. <paramref name="Related"/> is null when there is no other place.</summary>
internal sealed record SyntaxError(int Code, int Line, int Column, string Message, SyntaxError[]? Related = null)
{
    public override string ToString() => $"{Line}:{Column} {Code} {Message}";
}

internal static class SyntaxOracle
{
    private static readonly JsonSerializerOptions Camel = new(JsonSerializerDefaults.Web);

    /// <summary>Parse diagnostics of typescript for files on disk, by the path given.</summary>
    public static Task<Dictionary<string, SyntaxError[]>> AskTypeScriptAsync(IEnumerable<string> absolutePaths) => RunAsync(string.Join('\n', absolutePaths), []);

    /// <summary>Parse diagnostics of typescript for texts.</summary>
    public static Task<Dictionary<string, SyntaxError[]>> AskTypeScriptAsync(IEnumerable<(string Path, string Text)> texts) => RunAsync(ToLines(texts), ["--json"]);

    /// <summary>Parse diagnostics and what the binder and the checker of typescript call a grammar error.</summary>
    public static Task<Dictionary<string, SyntaxError[]>> AskTypeScriptForGrammarAsync(IEnumerable<(string Path, string Text)> texts) => RunAsync(ToLines(texts), ["--json", "--grammar"]);

    /// <summary>Everything that typescript's parser, binder and checker say about each case, as a one-file program with the case's options.</summary>
    public static Task<Dictionary<string, SyntaxError[]>> AskTypeScriptForEverythingAsync(IEnumerable<TypeScriptCase> cases) =>
        RunAsync(string.Join('\n', cases.Select(c => JsonSerializer.Serialize(new { path = c.Name, text = c.Text, options = c.Options }))), ["--json", "--everything"]);

    /// <summary>Kiln's verdict on a text; the extension of the path decides the language.</summary>
    public static SyntaxError[] AskKiln(string path, string text) => AskKiln(path, text, file => file.Diagnostics);

    /// <summary>What some check of Kiln says about a text.</summary>
    public static SyntaxError[] AskKiln(string path, string text, Func<SourceFile, IEnumerable<Diagnostic>> check)
    {
        var file = Parser.Parse(text, LanguageOf(path));
        return [.. check(file).Select(d => Describe(file, d))];
    }

    /// <summary>A file's text as the parser wants it: UTF-8, byte order mark removed.</summary>
    public static string Read(string path) => new UTF8Encoding(false).GetString(File.ReadAllBytes(path)).TrimStart('\uFEFF');

    public static Language LanguageOf(string path)
    {
        bool Ends(string end) => path.EndsWith(end, StringComparison.Ordinal);
        return Ends(".d.ts") || Ends(".d.mts") || Ends(".d.cts") ? Language.Declaration
            : Ends(".tsx") ? Language.Tsx
            : Ends("ts") ? Language.TypeScript
            : Ends(".jsx") ? Language.Jsx
            : Language.JavaScript;
    }

    private static SyntaxError Describe(SourceFile file, Diagnostic diagnostic)
    {
        var (line, column) = file.Lines.GetPosition(diagnostic.Span.Start);
        SyntaxError[]? related = null;
        if (diagnostic.Related is { } other)
        {
            var (otherLine, otherColumn) = file.Lines.GetPosition(other.Span.Start);
            related = [new SyntaxError(other.Code, otherLine + 1, otherColumn + 1, other.Message)];
        }

        return new SyntaxError(diagnostic.Code, line + 1, column + 1, diagnostic.Message, related);
    }

    private static string ToLines(IEnumerable<(string Path, string Text)> texts) =>
        string.Join('\n', texts.Select(t => JsonSerializer.Serialize(new { path = t.Path, text = t.Text })));

    private static async Task<Dictionary<string, SyntaxError[]>> RunAsync(string input, string[] switches)
    {
        var script = Path.Combine(ToolPaths.Scripts, "syntax-oracle.mjs");
        var run = await Child.RunAsync(ToolPaths.Node, ["--stack-size=4000", script, ToolPaths.ClientModules, .. switches], input: input, seconds: 300);
        return run.MustSucceed().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize<Verdict>(line, Camel)!)
            .ToDictionary(v => v.Path, v => v.Errors, StringComparer.Ordinal);
    }

    private sealed record Verdict(string Path, SyntaxError[] Errors);
}
