using Kiln.Analysis.FastCheck;
using Kiln.Analysis.Tests.Graph;

namespace Kiln.Analysis.Tests.FastCheck;

/// <summary>Orders and verdicts are those that deno 2.9.6 printed for the same modules.</summary>
public sealed class PackageTypesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Problems_are_sorted_by_code_then_path_then_position()
    {
        var types = Analyze(new TestPackage().Export(".", "/mod.ts").Export("./a", "/b2.ts")
            .File("/mod.ts", "export function f(x) { return 1; }\nexport const a = parseInt(\"1\");\n")
            .File("/b2.ts", "export const zzz = mk();\nexport function f(x) { return 1; }\ndeclare function mk(): number;\n"));

        Assert.False(types.Passes);
        Assert.Equal(
            [
                "missing-explicit-return-type /b2.ts 41",
                "missing-explicit-return-type /mod.ts 16",
                "missing-explicit-type /b2.ts 13",
                "missing-explicit-type /b2.ts 43",
                "missing-explicit-type /mod.ts 18",
                "missing-explicit-type /mod.ts 48",
            ],
            types.Problems.Select(p => $"{p.Problem.Code} {p.Path} {p.Problem.Start}"));
    }

    [Fact]
    public void A_module_with_a_problem_of_the_trace_has_no_others()
    {
        var types = Analyze(new TestPackage().Export(".", "/mod.ts")
            .File("/mod.ts", "import { A } from \"./a.ts\";\nexport type T = A.Missing;\nexport const slow = mk();\ndeclare function mk(): number;\n")
            .File("/a.ts", "export namespace A { export type X = 1 }\nexport const slow = mk();\ndeclare function mk(): number;\n"));

        Assert.Equal(["missing-explicit-type /mod.ts", "not-found-reference /a.ts"], types.Problems.Select(p => $"{p.Problem.Code} {p.Path}"));
    }

    [Fact]
    public void An_untyped_entrypoint_is_a_warning_that_hides_the_rest()
    {
        var types = Analyze(new TestPackage().Export(".", "/mod.ts").Export("./b", "/b.js")
            .File("/mod.ts", "export const a = mk();\ndeclare function mk(): number;\n")
            .File("/b.js", "export const x = 1;\n"));

        Assert.True(types.Passes);
        var problem = Assert.Single(types.Problems);
        Assert.Equal(("/b.js", FastCheckCodes.UnsupportedJavaScriptEntrypoint), (problem.Path, problem.Problem.Code));
        Assert.Equal(["/mod.ts"], types.Modules.Select(m => m.Module.Module.Path));
    }

    [Fact]
    public void Declarations_are_written_also_where_there_are_problems()
    {
        var types = Analyze(TestPackage.With("/mod.ts", "export const a = mk();\nfunction mk(): number { return 1; }\n"));

        Assert.False(types.Passes);
        Assert.Contains("a: any", Assert.Single(types.Modules).Declarations.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_code_has_its_words()
    {
        foreach (var field in typeof(FastCheckCodes).GetFields())
        {
            var code = (string)field.GetValue(null)!;
            Assert.NotEmpty(FastCheckMessages.Explain(new FastCheckDiagnostic(code, 0, 0, "", "")));
        }
    }

    private static PackageTypes Analyze(TestPackage package) => PackageTypes.Analyze(package.Pass(), Cancellation);
}
