using Kiln.Analysis.Declarations;
using Kiln.Analysis.Symbols;
using Kiln.Analysis.Tests.Emit;
using Kiln.Analysis.Tests.FastCheck;
using Kiln.Tooling;
using Kiln.TypeScript;

namespace Kiln.Analysis.Tests.Declarations;

/// <summary>
/// Sources and what <c>tsc -d</c> makes of them (<c>tests/tools/declaration-cases.mjs</c> wrote it). A part <c>kiln</c> says what Kiln writes instead, and a part
/// <c>why</c> the reason.
/// </summary>
public sealed class DeclarationCaseTests
{
    private static readonly string Folder = Path.Combine(ToolPaths.Root, "tests", "Kiln.Analysis.Tests", "Declarations", "Cases");

    public static TheoryData<string, string> Cases()
    {
        var data = new TheoryData<string, string>();
        foreach (var path in Directory.GetFiles(Folder, "*.txt").Order(StringComparer.Ordinal))
        {
            foreach (var one in CaseFile.Read(path))
            {
                data.Add(Path.GetFileNameWithoutExtension(path), one.Name);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Writes_what_tsc_writes(string file, string name)
    {
        var one = CaseFile.Read(Path.Combine(Folder, file + ".txt")).Single(c => c.Name == name);
        var parsed = Parser.Parse(one.Source, name.EndsWith(".tsx", StringComparison.Ordinal) ? Language.Tsx : Language.TypeScript, ParseOptions.Module);
        Assert.Empty(parsed.Diagnostics);
        var text = DeclarationEmitter.Emit(parsed, new DeclarationOptions { Public = PublicApi.TraceFile(parsed) }).Text;

        var expected = DeclarationTokens.Of(one.Parts["tsc"]);
        if (one.Parts.TryGetValue("kiln", out var other))
        {
            Assert.False(string.IsNullOrWhiteSpace(one.Parts["why"]));
            Assert.NotEqual(expected, DeclarationTokens.Of(other));
            expected = DeclarationTokens.Of(other);
        }

        Assert.Equal(expected, DeclarationTokens.Of(text));
        Assert.Empty(SyntaxChecker.Check(Parser.Parse(text, Language.Declaration)));
    }
}
