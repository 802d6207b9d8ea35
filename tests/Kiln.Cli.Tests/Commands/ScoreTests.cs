using System.Text.Json;

namespace Kiln.Cli.Tests.Commands;

/// <summary><c>kiln score</c>: what it prints and answers.</summary>
public sealed class ScoreTests : IDisposable
{
    private readonly CliProgram cli = new();

    public ScoreTests()
    {
        cli.Write("p/deno.json", """{ "name": "@s/p", "version": "1.0.0", "license": "MIT", "exports": { ".": "./mod.ts", "./b": "./b.ts" } }""");
        cli.Write("p/README.md", "# P\n\n```ts\nadd(1);\n```\n");
        cli.Write("p/mod.ts", "/** Adds. */\nexport function add(a: number) { return Math.max(a); }\nexport const one: number = 1;\n");
        cli.Write("p/b.ts", "export {};\n");
    }

    public void Dispose() => cli.Dispose();

    [Fact]
    public async Task Shows_every_criterion_with_what_is_missing()
    {
        var (code, output, errors) = await cli.RunAsync("score", "p");
        Assert.Equal((0, ""), (code, errors));
        Assert.Equal(
            """
            @s/p@1.0.0  35 % from the files alone, up to 58 % with what is set on the registry
            ██████████████▒▒▒▒▒▒▒▒▒░░░░░░░░░░░░░░░░░
            6 of 14 points; 17 of 18 are 100 %

            ✓ README or module documentation 2/2  README.md introduces the package.
            ✓ Examples 1/1  There are examples in the README.
            ✗ Documentation of every entry point 0/1  One entry point has no comment with @module.
                to do: Start each of these files with a comment that ends with @module and says what the module is for.
                p/b.ts  ./b
            ◐ Documented symbols 3/5  1 of 2 exported symbols are documented (50 %).
                to do: Write a comment (/** … */) for 1 more of these symbols; 80 % give all points.
                p/mod.ts:3:14  one
            ✗ No slow types 0/5  One type of the public API cannot be told from the source.
                to do: Write these types out; docs/checks.md explains each.
                p/mod.ts:2:17  missing explicit return type in the public API
            ? Verifiable origin –/1  Set on the registry.
            ? Description –/1  Set on the registry.
            ? Works in at least one runtime –/1  Set on the registry.
            ? Works in several runtimes –/1  Set on the registry.

            """.ReplaceLineEndings("\n"),
            output);
    }

    [Fact]
    public async Task Writes_json_for_programs()
    {
        var (code, output, _) = await cli.RunAsync("score", "p", "--json");
        Assert.Equal(0, code);
        using var json = JsonDocument.Parse(output);
        var score = json.RootElement.GetProperty("score");
        Assert.Equal(("@s/p", 6, 14, 35, 58), (json.RootElement.GetProperty("name").GetString(), score.GetProperty("total").GetInt32(), score.GetProperty("maximum").GetInt32(), score.GetProperty("percentage").GetInt32(), score.GetProperty("bestPercentage").GetInt32()));
        var symbols = score.GetProperty("criteria").EnumerateArray().Single(c => c.GetProperty("key").GetString() == "percentageDocumentedSymbols");
        Assert.Equal("""[{"text":"one","path":"p/mod.ts","line":3,"column":14}]""", symbols.GetProperty("evidence").GetRawText());
    }

    [Theory]
    [InlineData("35", 0)]
    [InlineData("36", 1)]
    public async Task Fails_below_a_minimum(string minimum, int expected) => Assert.Equal(expected, (await cli.RunAsync("score", "p", "--min", minimum)).Code);

    [Fact]
    public async Task Says_why_there_is_no_score()
    {
        cli.Write("p/b.ts", "export const = 1;\n");
        var (code, output, errors) = await cli.RunAsync("score", "p");
        Assert.Equal((1, ""), (code, output));
        Assert.Contains("p/b.ts:1:14: error TS1134", errors, StringComparison.Ordinal);
        Assert.Contains("@s/p has no score", errors, StringComparison.Ordinal);
        Assert.Equal(2, (await cli.RunAsync("score", "nowhere")).Code);
    }
}
