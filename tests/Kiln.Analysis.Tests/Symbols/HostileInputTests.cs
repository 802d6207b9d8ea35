using System.Globalization;
using System.Text;
using Kiln.Analysis.FastCheck;
using Kiln.Analysis.Symbols;
using Kiln.Analysis.Tests.Graph;
using Kiln.TypeScript;

namespace Kiln.Analysis.Tests.Symbols;

/// <summary>
/// Input that is made to cost: each case would take minutes, or the stack, where the work were not linear. The suite's own time limit is the judge of that;
/// what is asserted is that the answer is right.
/// </summary>
public sealed class HostileInputTests
{
    private const int Many = 50_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Types_as_deep_as_the_parser_allows()
    {
        var text = new StringBuilder("interface Bottom {}\nexport type T = ");
        text.Insert(text.Length, "(x: { y: [", 100).Append("Bottom").Insert(text.Length, "] }) => void", 100).Append(';');

        Assert.Contains("interface Bottom", List(text.ToString()));
    }

    [Fact]
    public void A_long_chain_of_members_and_operators()
    {
        var text = new StringBuilder("const a: any = 1; const b: number = 1;\nexport const c = a");
        text.Insert(text.Length, ".m", Many).Append(";\nexport const d = b").Insert(text.Length, " + b", Many).Append(';');

        var entries = List(text.ToString());
        Assert.Contains("variable a", entries);
        Assert.Contains("variable b", entries);
    }

    [Fact]
    public void Many_members_of_a_union()
    {
        var text = new StringBuilder("export type T = never");
        for (var i = 0; i < Many; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $" | I{i}");
        }

        text.Append(';');
        for (var i = 0; i < Many; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"interface I{i} {{}}\n");
        }

        Assert.Equal(Many + 1, List(text.ToString()).Count);
    }

    [Fact]
    public void Many_exports()
    {
        var text = new StringBuilder();
        for (var i = 0; i < 2 * Many; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"export const v{i}: number = 1;\n");
        }

        Assert.Equal(2 * Many, List(text.ToString()).Count);
    }

    [Fact]
    public void Many_parameters_that_all_mention_each_other()
    {
        var text = new StringBuilder("const outside: number = 1;\nexport function f(first: typeof outside");
        for (var i = 0; i < Many; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $", p{i}: typeof p{Many - i - 1}");
        }

        text.Append("): void {}");
        Assert.Equal(["function f", "variable outside"], List(text.ToString()));
    }

    [Fact]
    public void Many_declarations_of_one_name()
    {
        var text = new StringBuilder("export function f(): void;\n");
        for (var i = 0; i < Many; i++)
        {
            text.Append("export interface f { x: number }\nexport namespace f { export interface X {} }\n");
        }

        text.Append("export { g as f };\ndeclare const g: f.X;\n").Insert(text.Length, "f.p = 1;\n", Many).Insert(text.Length, "export { g as f };\n", Many);
        Assert.Contains("variable g", List(text.ToString()));
    }

    [Fact]
    public void A_long_chain_of_aliases_in_one_module()
    {
        var text = new StringBuilder("namespace A0 { export type T = 1; export type U = 2; }\n");
        for (var i = 1; i <= 10_000; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"import A{i} = A{i - 1};\nexport type X{i} = A10000.T;\n");
        }

        var entries = List(text.ToString());
        Assert.Contains("type A0.T", entries);
        Assert.DoesNotContain("type A0.U", entries);
    }

    [Fact]
    public void Aliases_whose_paths_grow()
    {
        var text = new StringBuilder("import A = A.B;\nnamespace B0 { export import N = B0; export type T = 1; }\n");
        for (var i = 1; i <= 10_000; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"import B{i} = B{i - 1}.N;\n");
        }

        text.Append("export type X = A.C; export type Y = B10000.T;");
        Assert.Contains("type Y", List(text.ToString()));
    }

    [Fact]
    public void Many_names_through_many_aliases()
    {
        const int Each = 20_000;
        var text = new StringBuilder("namespace A0 {");
        for (var i = 0; i < Each; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $" export type T{i} = 1;");
        }

        text.Append("}\n");
        for (var i = 1; i <= Each; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"import A{i} = A{i - 1};\nexport type X{i} = A{Each}.T{i - 1};\n");
        }

        Assert.Contains($"type A0.T{Each - 1}", List(text.ToString()));
    }

    [Fact]
    public void Long_names_through_many_aliases()
    {
        var name = new string('n', 100_000);
        var text = new StringBuilder($"namespace A0 {{ export namespace {name} {{ export type T = 1; }} }}\n");
        for (var i = 1; i <= 10_000; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"import A{i} = A{i - 1};\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"export type X = A10000.{name}.T;");
        Assert.Contains($"type A0.{name}.T", List(text.ToString()));
    }

    [Fact]
    public void Names_that_messages_repeat()
    {
        var name = new string('n', 1_000_000);
        var text = new StringBuilder($"namespace {name} {{ export const short: number = 1; ");
        for (var i = 0; i < 20_000; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"export type T{i} = N.Missing;\n");
        }

        text.Append("}\nexport type X = N.T1;\n").Append(CultureInfo.InvariantCulture, $"export {{ {name} }};");

        text.Append($"import N = {name};");
        var api = PublicApi.Trace(TestPackage.With("/mod.ts", text.ToString()).Pass(), Cancellation);
        Assert.NotEmpty(api.Problems);
        Assert.All(api.Problems, problem => Assert.InRange(problem.Problem.Message.Length, 1, 1000));
    }

    [Fact]
    public void A_long_chain_of_modules()
    {
        const int Length = 2_000;
        var package = new TestPackage().Export(".", "/m0.ts");
        for (var i = 0; i < Length; i++)
        {
            package.File($"/m{i}.ts", $"export {{ x as x }} from \"./m{i + 1}.ts\";\nexport * from \"./m{i + 1}.ts\";\nimport * as ns from \"./m{i + 1}.ts\";\nexport type T{i} = ns.T{Length};\n");
        }

        package.File($"/m{Length}.ts", $"export const x: number = 1;\nexport type T{Length} = 1;\nexport type U = 1;");
        var api = PublicApi.Trace(package.Pass(), Cancellation);
        Assert.Equal(Length + 1, api.Modules.Count);
    }

    [Fact]
    public void Stars_in_a_large_circle()
    {
        const int Length = 500;
        var package = new TestPackage().Export(".", "/mod.ts");
        var names = string.Join(", ", Enumerable.Range(0, 200).Select(i => $"missing{i}"));
        package.File("/mod.ts", $"import {{ {names}, there }} from \"./m0.ts\";\nexport type T = [typeof there, {string.Join(", ", Enumerable.Range(0, 200).Select(i => $"typeof missing{i}"))}];");
        for (var i = 0; i < Length; i++)
        {
            package.File($"/m{i}.ts", $"export * from \"./m{(i + 1) % Length}.ts\";\nexport * from \"./m{(i * 7) % Length}.ts\";\nexport * from \"./m{(i * 13) % Length}.ts\";\n{(i == 400 ? "export const there: number = 1;" : "")}export const other: number = 1;");
        }

        var api = PublicApi.Trace(package.Pass(), Cancellation);
        var module = api.Modules.Single(m => m.Module.Path == "/m400.ts");
        Assert.Equal(["variable there"], PublicListing.Of(module.Module.SourceFile!, module));
    }

    [Fact]
    public void Many_members_of_a_class_that_are_all_named()
    {
        var text = new StringBuilder("class C {\n");
        for (var i = 0; i < Many; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"static s{i}: number = 1;\n");
        }

        text.Append("}\nexport type T = [never");
        for (var i = 0; i < Many; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $", typeof C.s{i}");
        }

        text.Append("];");
        var types = PackageTypes.Analyze(TestPackage.With("/mod.ts", text.ToString()).Pass(), Cancellation);
        Assert.Empty(types.Problems);
    }

    [Fact]
    public void Namespaces_as_deep_as_the_parser_allows()
    {
        var text = new StringBuilder();
        for (var i = 0; i < 200; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"export namespace N{i} {{ export type T{i} = T0; ");
        }

        text.Insert(text.Length, "}", 200);
        Assert.Equal(400, List(text.ToString()).Count);
    }

    private static IReadOnlyCollection<string> List(string text)
    {
        var file = Parser.Parse(text, Language.TypeScript);
        Assert.Empty(file.Diagnostics);
        return PublicListing.Of(file, PublicApi.TraceFile(file));
    }
}
