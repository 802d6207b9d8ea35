using System.Globalization;
using System.Text;
using System.Text.Json;
using Kiln.Analysis.Emit;
using Kiln.Conformance.Syntax;
using Kiln.Tooling;
using Kiln.TypeScript;

namespace Kiln.Conformance.Emission;

/// <summary>
/// Comments and line breaks between any two tokens: where types go, what is left may not be read in another way (automatic semicolons, `return`,
/// `async`, `=>`), and stays on its line. typescript and acorn judge; what typescript's parser or its grammar checks refuse is left out.
/// </summary>
public sealed class TriviaTests
{
    private const int VariantsOfEach = 120;
    private static readonly JsonSerializerOptions Camel = new(JsonSerializerDefaults.Web);
    private static readonly string[] Trivia = [" ", " ", " ", "\n", "\n", "\n  ", " /* c */ ", " // c\n", " /* c\n */ ", "\r\n", "\n// c\n"];

    [Fact]
    public async Task Equals_typescript_s_output_and_keeps_lines_whatever_stands_between_tokens()
    {
        var pieces = await File.ReadAllLinesAsync(Path.Combine(ToolPaths.Root, "tests", "Conformance", "Emission", "trivia.txt"), TestContext.Current.CancellationToken);
        var random = new Random(4711);
        var compared = new StringBuilder();
        var judged = new StringBuilder();
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var piece in pieces.Where(p => p.Length > 0 && p[0] != '#'))
        {
            var tokens = piece.Split(' ');
            for (var i = 0; i < VariantsOfEach; i++)
            {
                var text = Spread(tokens, random, i);
                var path = string.Create(CultureInfo.InvariantCulture, $"/{texts.Count}.ts");
                var file = Parser.Parse(text, Language.TypeScript);
                if (file.Diagnostics.Length > 0)
                {
                    // typescript must refuse it as well: an empty program is never its output.
                    texts[path] = text;
                    compared.AppendLine(JsonSerializer.Serialize(new { path, text, code = "kilnRefuses" }));
                    continue;
                }

                texts[path] = text;
                var asWritten = JavaScriptEmitter.Emit(file, new EmitOptions { Target = EmitTarget.EsNext });
                compared.AppendLine(JsonSerializer.Serialize(new { path, text, code = asWritten.Code }));
                var result = JavaScriptEmitter.Emit(file, new EmitOptions { SourceMap = true, OutputFileName = "x.js" });
                var code = result.Code[..result.Code.LastIndexOf("//# sourceMappingURL", StringComparison.Ordinal)];
                var outOfLine = asWritten.Code != code;
                judged.AppendLine(JsonSerializer.Serialize(new { path, text, code, map = outOfLine ? EmptyMap : result.SourceMap, type = file.IsModule ? "module" : "script", erased = !file.NeedsTransform }));
            }
        }

        var problems = new StringBuilder();
        var grammar = await SyntaxOracle.AskTypeScriptForGrammarAsync(texts.Select(t => (t.Key, t.Value)));
        var refused = grammar.Where(g => g.Value.Length > 0).Select(g => g.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var verdict in (await AskAsync<Comparison>("emission-oracle.mjs", compared)).Where(v => !v.Same && !refused.Contains(v.Path)))
        {
            problems.AppendLine(CultureInfo.InvariantCulture, $"==== {verdict.Path}\n{texts[verdict.Path]}\n---- Kiln\n{verdict.Kiln}\n---- typescript\n{verdict.Typescript}{verdict.Refused}");
        }

        foreach (var verdict in (await AskAsync<Judgement>("round-trip-oracle.mjs", judged)).Where(v => !refused.Contains(v.Path) && (v.Error is not null || v.Strays > 0 || v.Moved > 0)))
        {
            problems.AppendLine(CultureInfo.InvariantCulture, $"==== {verdict.Path}\n{texts[verdict.Path]}\n---- {verdict.Error} {verdict.First} {verdict.FirstMoved}");
        }

        if (Environment.GetEnvironmentVariable("KILN_DIFFERENCES") is { Length: > 0 } target)
        {
            await File.WriteAllTextAsync(target + ".trivia", problems.ToString(), TestContext.Current.CancellationToken);
        }

        Assert.True(problems.Length == 0, problems.Length > 6000 ? problems.ToString(0, 6000) + "…" : problems.ToString());
        foreach (var piece in texts.Keys.GroupBy(t => int.Parse(t.AsSpan(1, t.Length - 4), CultureInfo.InvariantCulture) / VariantsOfEach))
        {
            var judgedOfIt = piece.Count(t => !refused.Contains(t));
            Assert.True(judgedOfIt >= 5, $"typescript accepts {judgedOfIt} variants of {texts[piece.First()]}: {grammar[piece.First()].FirstOrDefault()}");
        }

        Summary.Record("emission with comments and line breaks anywhere", string.Create(CultureInfo.InvariantCulture,
            $"{texts.Count - refused.Count} variants of {texts.Count / VariantsOfEach} pieces of code that typescript accepts: the JavaScript equals typescript's, and its tokens stand on their lines"));
    }

    private const string EmptyMap = """{"mappings":""}""";

    /// <summary>The later variants have more in them.</summary>
    private static string Spread(string[] tokens, Random random, int variant)
    {
        var text = new StringBuilder();
        foreach (var token in tokens)
        {
            text.Append(token).Append(random.Next(VariantsOfEach) < variant + 8 ? Trivia[random.Next(Trivia.Length)] : " ");
        }

        return text.Append('\n').ToString();
    }

    private static async Task<List<T>> AskAsync<T>(string script, StringBuilder input)
    {
        var run = await Child.RunAsync(ToolPaths.Node, [Path.Combine(ToolPaths.Scripts, script), ToolPaths.ClientModules], input: input.ToString(), seconds: 600);
        return [.. run.MustSucceed().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<T>(line, Camel)!)];
    }

    private sealed record Comparison(string Path, bool Same, string? Kiln, string? Typescript, string? Refused);

    private sealed record Judgement(string Path, string? Error, int? Strays, string? First, int Moved, string? FirstMoved);
}
