using System.Text;
using Kiln.Analysis.Docs.Model;

namespace Kiln.Analysis.Tests.Docs;

/// <summary>Declarations that were written to hurt: each has an answer that makes sense, and takes no more than linear time and no stack.</summary>
public sealed class DefinitionLimitTests
{
    [Fact]
    public void Arrays_of_arrays_end_in_text()
    {
        var type = ((DocTypeAlias)Define($"export type A = string{Repeat("[]", 50_000)};")).Type;
        var depth = 0;
        for (; type is DocArrayType array; depth++)
        {
            type = array.Element;
        }

        Assert.InRange(depth, 100, 1_000);
        Assert.StartsWith("string[][]", Assert.IsType<DocUnsupportedType>(type).Repr, StringComparison.Ordinal);
    }

    [Fact]
    public void Accesses_of_accesses_end_in_text()
    {
        var type = ((DocTypeAlias)Define($"export type A = T{Repeat("[\"a\"]", 20_000)};")).Type;
        while (type is DocIndexedAccessType access)
        {
            type = access.Object;
        }

        Assert.IsType<DocUnsupportedType>(type);
    }

    [Fact]
    public void Nested_literals_on_a_small_stack()
    {
        DocDefinition? definition = null;
        var thread = new Thread(() => definition = Define($"export const a = {Repeat("[{ a: ", 120)}1{Repeat("}]", 120)};"), 256 * 1024);
        thread.Start();
        thread.Join();
        Assert.IsType<DocArrayType>(((DocVariable)definition!).Type);
    }

    [Theory]
    [InlineData("x", "!", null)]
    [InlineData("1", " satisfies number", null)]
    [InlineData("1", " as number", "number")]
    [InlineData("1", " - 1", "number")]
    [InlineData("1", " + 1", null)]
    [InlineData("x", ".y", null)]
    [InlineData("x", "()", null)]
    public void Long_chains_of_expressions(string start, string link, string? type)
    {
        var variable = (DocVariable)Define($"export const a = {start}{Repeat(link, 50_000)};");
        Assert.Equal(type, (variable.Type as DocKeywordType)?.Name);
    }

    [Fact]
    public void A_long_path_as_default()
    {
        var function = (DocFunction)Define($"export function f(a = x{Repeat(".y", 50_000)}) {{}}");
        Assert.Equal(Repeat("[", 50_000) + "x" + Repeat(".y]", 50_000), Assert.IsType<DocAssignParameter>(function.Parameters[0]).Right);
    }

    [Fact]
    public void A_long_dotted_name()
    {
        var reference = Assert.IsType<DocTypeReference>(((DocTypeAlias)Define($"export type A = N{Repeat(".N", 50_000)};")).Type);
        Assert.Equal(100_001, reference.Name.Length);
    }

    [Fact]
    public void Many_elements_that_all_differ()
    {
        var elements = string.Join(", ", Enumerable.Range(0, 20_000).Select(i => $"{{ a{i}: 1 }}"));
        var array = Assert.IsType<DocArrayType>(((DocVariable)Define($"export const a = [{elements}];")).Type);
        Assert.Equal(20_000, Assert.IsType<DocUnionType>(array.Element).Types.Length);
    }

    [Fact]
    public void Variables_that_spread_each_other_twice()
    {
        var text = new StringBuilder("const v0 = [1];\n");
        for (var i = 1; i <= 60; i++)
        {
            text.Append("const v").Append(i).Append(" = [...v").Append(i - 1).Append(", ...v").Append(i - 1).Append("];\n");
        }

        var array = Assert.IsType<DocArrayType>(((DocVariable)Define(text + "export const a = [...v60];")).Type);
        Assert.Equal("number", Assert.IsType<DocKeywordType>(array.Element).Name);
    }

    [Fact]
    public void Many_parameters_that_are_looked_for()
    {
        var parameters = string.Join(", ", Enumerable.Range(0, 20_000).Select(i => $"a{i}: Unknown{i}"));
        var function = (DocFunction)Define($"export declare function f({parameters}): void;");
        Assert.Null(Assert.IsType<DocTypeReference>(function.Parameters[19_999].Type).Resolution);
    }

    [Fact]
    public void Many_type_parameters_that_are_looked_for()
    {
        var names = string.Join(", ", Enumerable.Range(0, 20_000).Select(i => "T" + i));
        var alias = (DocTypeAlias)Define($"export type A<{names}> = [{names}];");
        Assert.All(Assert.IsType<DocTupleType>(alias.Type).Elements, type => Assert.Equal("A", ((DocTypeReference)type).Resolution?.DeclaringName));
    }

    [Fact]
    public void Many_mapped_types_in_one_scope()
    {
        var types = string.Join(" | ", Enumerable.Range(0, 20_000).Select(i => $"{{ [K{i} in X{i}]: Y{i} }}"));
        Assert.Equal(20_000, Assert.IsType<DocUnionType>(((DocTypeAlias)Define($"export type A = {types};")).Type).Types.Length);
    }

    [Fact]
    public void Interfaces_that_extend_each_other()
    {
        var text = new StringBuilder("interface I0 {\n/** of the first */\nm(): void }\n");
        for (var i = 1; i <= 10_000; i++)
        {
            text.Append("interface I").Append(i).Append(" extends I").Append(i - 1).Append(" {}\n");
        }

        // What is near is found, what is ten thousand steps away is not.
        var docs = Build(text + "export class Near implements I100 { m() {} }\nexport class Far implements I10000 { m() {} }");
        Assert.Equal("of the first", MethodOf("Near").Comment?.Text);
        Assert.Null(MethodOf("Far").Comment);

        DocClassMethod MethodOf(string name) => ((DocClass)docs.Symbols.First(s => s.Name == name).Declarations[0].Definition).Methods[0];
    }

    [Fact]
    public void Interfaces_in_a_circle()
    {
        var docs = Build("interface A extends B {}\ninterface B extends A {\n/** of B */\nm(): void }\nexport class C implements A { m() {} }");
        Assert.Equal("of B", ((DocClass)docs.Symbols[0].Declarations[0].Definition).Methods[0].Comment?.Text);
    }

    [Fact]
    public void Many_members_on_one_line()
    {
        var members = string.Join(" ", Enumerable.Range(0, 50_000).Select(i => $"/*é\t*/ a{i}: 1;"));
        var definition = (DocInterface)Define($"export interface I {{ {members} }}");
        var (line, column, bytes) = (definition.Members.Properties[^1].Location.Line, definition.Members.Properties[^1].Location.Column, definition.Members.Properties[^1].Location.ByteIndex);
        Assert.Equal(0, line);

        // Each comment has a tab, which is one column more, and an é, which is one byte more.
        var position = $"export interface I {{ {members} }}".LastIndexOf("a49999", StringComparison.Ordinal);
        Assert.Equal((position + 50_000, position + 50_000), (column, bytes));
    }

    [Fact]
    public void A_library_in_a_string()
    {
        var variable = (DocVariable)Define($"export const a = \"{Repeat("\\n\\u{1F600}x", 200_000)}\", b = \"{Repeat("\\u{000078}", 99)}\";");
        Assert.Equal("string", Assert.IsType<DocKeywordType>(variable.Type).Name);
    }

    [Fact]
    public void A_bigint_of_a_million_digits()
    {
        var variable = (DocVariable)Define($"export const a = 0x{Repeat("F", 1_000_000)}n;");
        Assert.Equal(1_000_002, Assert.IsType<DocLiteralType>(variable.Type).Text.Length);
    }

    [Fact]
    public void A_type_of_a_tag_that_nests_too_deep()
    {
        var docs = Build($"/** @type {{{Repeat("(", 5_000)}string{Repeat(")", 5_000)}}} */\nexport const a = 1;");
        Assert.IsType<DocUnsupportedType>(docs.Symbols[0].Declarations[0].Comment?.Tags[0].Type);
    }

    private static string Repeat(string text, int count) => new StringBuilder().Insert(0, text, count).ToString();

    private static DocDefinition Define(string text) => Build(text).Symbols[0].Declarations[0].Definition;

    /// <summary>Written too: the writer must get through whatever is built.</summary>
    private static DocModule Build(string text)
    {
        var docs = DocCase.Build([KeyValuePair.Create("mod.ts", text)], ["mod.ts"], includesPrivate: false, path => "file://" + path);
        Assert.NotEmpty(DocCase.Write(docs));
        return docs.Modules[0];
    }
}
