using System.Text;
using Kiln.Analysis.Docs.Json;
using Kiln.Analysis.Docs.Model;

namespace Kiln.Analysis.Tests.Docs;

public sealed class DocJsonTests
{
    /// <summary>What serde_json prints, asked of deno: <c>export type N = …</c>.</summary>
    [Theory]
    [InlineData(0.0, "0.0")]
    [InlineData(1e21, "1e21")]
    [InlineData(1e15, "1000000000000000.0")]
    [InlineData(1e16, "1e16")]
    [InlineData(123456789012345678, "1.2345678901234568e17")]
    [InlineData(0.00001, "0.00001")]
    [InlineData(0.000001, "1e-6")]
    [InlineData(1.5e-7, "1.5e-7")]
    [InlineData(5e-324, "5e-324")]
    [InlineData(0.1, "0.1")]
    [InlineData(100000, "100000.0")]
    [InlineData(1.7976931348623157e308, "1.7976931348623157e308")]
    [InlineData(123456789.125, "123456789.125")]
    [InlineData(-1, "-1.0")]
    [InlineData(0.00012345, "0.00012345")]
    [InlineData(1234567890123456.7, "1234567890123456.8")]
    [InlineData(12345678901234567, "1.2345678901234568e16")]
    [InlineData(1.2e20, "1.2e20")]
    [InlineData(-0.0, "-0.0")]
    [InlineData(9007199254740993, "9007199254740992.0")]
    [InlineData(double.PositiveInfinity, "null")]
    public void Numbers(double value, string expected)
    {
        var json = DocCase.Write(Set(new DocLiteralType { Kind = DocLiteralKind.Number, Number = value }));
        Assert.Contains($"\"value\":{{\"kind\":\"number\",\"number\":{expected}}}", json, StringComparison.Ordinal);
        Assert.Equal(json, DocCase.Write(DocJson.Read(Encoding.UTF8.GetBytes(json))));
    }

    /// <summary>Asked of deno: <c>export const s = "…"</c>.</summary>
    [Fact]
    public void Strings()
    {
        var json = DocCase.Write(Set(new DocLiteralType { Kind = DocLiteralKind.String, Text = "\0\u001f\u007f\u2028\U0001F600\ud800x\b\t\n\f\r\"\\/<>&'é" }));
        Assert.Contains("\"string\":\"\\u0000\\u001f\u007f\u2028\U0001F600\uFFFDx\\b\\t\\n\\f\\r\\\"\\\\/<>&'é\"", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Deep_types_are_written_and_read()
    {
        DocType type = new DocKeywordType { Name = "string", Repr = "string" };
        for (var i = 0; i < 3000; i++)
        {
            type = new DocArrayType { Element = type };
        }

        var json = DocCase.Write(Set(type));
        Assert.Equal(json, DocCase.Write(DocJson.Read(Encoding.UTF8.GetBytes(json))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"version\":1,\"nodes\":{}}")]
    [InlineData("{\"version\":2}")]
    [InlineData("{\"version\":2,\"nodes\":{\"a\":{\"symbols\":[{\"name\":\"x\",\"declarations\":[{\"kind\":\"function\"}]}]}}}")]
    [InlineData("{\"version\":2,\"nodes\":{\"a\":{\"symbols\":[{\"name\":5}]}}}")]
    public void What_is_no_documentation_is_refused(string json) => Assert.Throws<FormatException>(() => DocJson.Read(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Nesting_beyond_any_source_is_refused()
    {
        var json = string.Concat(Enumerable.Repeat("{\"version\":", 10_000));
        Assert.Throws<FormatException>(() => DocJson.Read(Encoding.UTF8.GetBytes(json)));
    }

    private static DocSet Set(DocType type) => new()
    {
        Modules =
        [
            new DocModule
            {
                Specifier = "file:///mod.ts",
                Symbols = [new DocSymbol { Name = "N", Declarations = [new DocDeclaration { Location = new("file:///mod.ts", 0, 0, 0), Visibility = DocVisibility.Export, Definition = new DocTypeAlias { Type = type } }] }],
            },
        ],
    };
}
