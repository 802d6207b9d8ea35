using System.Diagnostics;
using Kiln.Analysis.Emit;

namespace Kiln.Analysis.Tests.Emit;

/// <summary>Sources written to cost more than they weigh.</summary>
public sealed class EmitLimitTests
{
    private static EmitResult Emit(string source, string fileName = "a.ts")
    {
        var watch = Stopwatch.StartNew();
        var result = CaseFile.Emit(source, fileName);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"took {watch.Elapsed}");
        return result;
    }

    private static string Repeat(int count, Func<int, string> part) => string.Concat(Enumerable.Range(0, count).Select(part));

    [Fact]
    public void Folds_constants_that_double_without_doubling_the_work()
    {
        var source = "const a0 = 1;" + Repeat(60, i => $"const a{i + 1} = a{i} + a{i};") + "enum E { A = a60 }";
        Assert.Contains("E[E[\"A\"] = 1152921504606847000] = \"A\";", Emit(source).Code, StringComparison.Ordinal);
    }

    [Fact]
    public void Does_not_fold_texts_that_double()
    {
        var source = "enum E { A0 = \"xxxxxxxxxx\"," + Repeat(60, i => $"A{i + 1} = A{i} + A{i},") + "}";
        Assert.True(Emit(source).Code.Length < 1_000_000);
    }

    [Fact]
    public void Uses_a_short_parameter_for_a_namespace_with_a_long_name()
    {
        var name = new string('n', 100_000);
        var code = Emit($"namespace {name} {{ export let x = 1; {Repeat(20_000, _ => "x;")} }}").Code;
        Assert.Contains("_container_1.x;_container_1.x;", code, StringComparison.Ordinal);
        Assert.True(code.Length < 1_500_000);
    }

    [Fact]
    public void Refuses_an_output_that_is_many_times_the_source()
    {
        var parameters = string.Join(",", Enumerable.Range(0, 3_000).Select(i => $"public p{i}"));
        var result = Emit($"class A extends B {{ constructor({parameters}) {{ f({Repeat(3_000, _ => "super(),")} 1) }} }}");
        Assert.Equal([91002], result.Diagnostics.Select(d => d.Code));
        Assert.Equal("", result.Code);
    }

    [Fact]
    public void Nests_transforms_as_deep_as_the_parser_allows()
    {
        const int Depth = 80;
        var jsx = Repeat(Depth, _ => "<a b={1}>") + Repeat(Depth, _ => "</a>");
        Assert.Empty(Emit("const x = " + jsx, "a.tsx").Diagnostics);
        Assert.Empty(Emit("const c = " + Repeat(Depth, _ => "@d class { x = ") + "1" + Repeat(Depth, _ => " }")).Diagnostics);
        Assert.Empty(Emit(Repeat(Depth, _ => "namespace N { export const x = 1;") + "x;" + Repeat(Depth, _ => "}")).Diagnostics);
    }

    [Fact]
    public void Many_erased_statements_comments_and_resources_take_linear_time()
    {
        Emit(Repeat(50_000, i => $"// c\ninterface I{i} {{}}\n"));
        Emit(Repeat(100_000, _ => "// c\n") + "interface I {}\n" + Repeat(20_000, i => $"import {{ a{i} }} from \"m\";\n"));
        Emit("using a = b;\n" + Repeat(30_000, i => $"interface I{i} {{}} f({i});\n"));
        Emit(Repeat(20_000, i => $"enum E{i} {{ A, B }}\n"));
    }
}
