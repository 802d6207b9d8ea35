using Kiln.Analysis.Docs.Model;
using Kiln.Documentation.Support;

namespace Kiln.Documentation.Types;

public sealed class TypePrinterTests
{
    private sealed class NoLinks : ITypeLinks
    {
        public string? Reference(DocTypeReference type) => null;

        public string? Name(string name) => null;

        public string? Import(string specifier, string? qualifier) => null;

        public string? TypeParameter(string name) => null;
    }

    private static string Print(string name)
    {
        var symbol = Garden.Docs().Modules.Modules.Single(m => m.Specifier == "file:///mod.ts").Symbols.Single(s => s.Name == name);
        return new TypePrinter(new NoLinks()).Declaration(name, symbol.Declarations[0].Definition).Layout.ToPlainText();
    }

    [Theory]
    [InlineData("Fn", "type Fn = new (a: string, ...rest: unknown[]) => Readable")]
    [InlineData("Predicate", "type Predicate = (x: unknown) => x is Plant")]
    [InlineData("Asserts", "type Asserts = (x: unknown) => asserts x")]
    [InlineData("Lit", "type Lit =\n  | 1\n  | -2.5\n  | 10n\n  | true\n  | \"a\\\"b\\n<script>\"\n  | `x${string}y\\``")]
    [InlineData("Typeof", "type Typeof = typeof water | typeof import(\"./tools.ts\")")]
    [InlineData("Imported", "type Imported =\n  | import(\"./tools.ts\").Spade\n  | z.ZodType<string>")]
    [InlineData("Long", "type Long =\n  | \"aaaaaaaaaaaaaaaa\"\n  | \"bbbbbbbbbbbbbbbbbb\"\n  | \"cccccccccccccccccc\"\n  | \"dddddddddddddddd\"")]
    [InlineData("Cond", "type Cond<T> = T extends string\n  ? \"text\"\n  : T extends number\n  ? \"number\"\n  : T extends (infer U)[]\n  ? Cond<U>\n  : never")]
    [InlineData("Mapped", "type Mapped<T> = {\n  readonly [K in keyof T as `get${Capitalize<string & K>}`]-?: () => T[K];\n}")]
    [InlineData("Deep", "type Deep = {\n  a: {\n    b: {\n      c: {\n        d: Array<\n          Record<\n            string,\n            Map<\n              number,\n              Set<Promise<ReadonlyArray<Options>>>\n            >\n          >\n        >;\n      };\n    };\n  };\n}")]
    [InlineData("merged", "function merged(): void")]
    [InlineData("weed", "const weed: string")]
    [InlineData("Month", "enum Month")]
    [InlineData("Rooted", "interface Rooted extends Living<void>, Iterable<string>")]
    [InlineData("Plant", "abstract class Plant<T extends string | number = string>\n  implements Living<void>")]
    [InlineData("Tree", "class Tree extends Plant<string> implements Rooted")]
    [InlineData("water", "async function water<P extends Plant<any>>(\n  plant: P,\n  { litres = …, ...rest }?: {\n    litres?: number;\n    slowly?: boolean;\n    colours: \"red\" | \"green\";\n  },\n  times: number = 2,\n  ...others: readonly P[]\n): Promise<boolean>")]
    public void Declarations_are_printed_as_their_author_wrote_them_in_sixty_columns(string name, string expected) => Assert.Equal(expected, Print(name));

    [Fact]
    public void Inferred_types_get_the_parentheses_that_they_need()
    {
        DocType text = new DocKeywordType { Name = "string" };
        DocType union = new DocUnionType { Types = [text, new DocKeywordType { Name = "null" }] };
        Assert.Equal("(string | null)[]", Plain(new DocArrayType { Element = union }));
        Assert.Equal("(() => string) | null", Plain(new DocUnionType { Types = [new DocFunctionType { ReturnType = text }, new DocKeywordType { Name = "null" }] }));
        Assert.Equal("(keyof string)[]", Plain(new DocArrayType { Element = new DocTypeOperator { Operator = "keyof", Type = text } }));
        Assert.Equal("keyof (string | null)", Plain(new DocTypeOperator { Operator = "keyof", Type = union }));
        Assert.Equal("(string | null) & string", Plain(new DocIntersectionType { Types = [union, text] }));
        static string Plain(DocType type) => new TypePrinter(new NoLinks()).Type(type).Layout.ToPlainText();
    }

    [Theory]
    [InlineData(1.0, "1")]
    [InlineData(-2.5, "-2.5")]
    [InlineData(1e21, "1e+21")]
    [InlineData(1e-7, "1e-7")]
    [InlineData(123456789012, "123456789012")]
    public void Numbers_are_written_as_JavaScript_does(double number, string expected) => Assert.Equal(expected, Names.Number(number));

    [Fact]
    public void Depth_and_size_have_an_end()
    {
        DocType deep = new DocKeywordType { Name = "string" };
        for (var i = 0; i < 100_000; i++)
        {
            deep = new DocArrayType { Element = deep };
        }

        Assert.Contains('…', new TypePrinter(new NoLinks()).Type(deep).Layout.ToPlainText());

        DocType chain = new DocKeywordType { Name = "never" };
        for (var i = 0; i < 1000; i++)
        {
            chain = new DocConditionalType { Check = new DocKeywordType { Name = "any" }, Extends = new DocKeywordType { Name = "string" }, True = new DocKeywordType { Name = "null" }, False = chain };
        }

        var printed = new TypePrinter(new NoLinks()).Type(chain).Layout.ToPlainText();
        Assert.Contains("any extends string", printed, StringComparison.Ordinal);
        Assert.InRange(printed.Length, 1000, 100_000);

        var wide = new DocUnionType { Types = [.. Enumerable.Repeat<DocType>(new DocKeywordType { Name = "string" }, 200_000)] };
        Assert.InRange(new TypePrinter(new NoLinks()).Type(wide).Layout.ToPlainText().Length, 1000, 100_000);
    }
}
