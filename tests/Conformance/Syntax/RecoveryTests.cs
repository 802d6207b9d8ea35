using System.Text;
using Kiln.Tooling;

namespace Kiln.Conformance.Syntax;

/// <summary>
/// What people really break, in <c>BrokenFiles.txt</c> (<c>=== name</c>, then the file): Kiln must find the same mistake in the same place as typescript,
/// say it in the same words, show the same related place, and not drown it in consequences.
/// </summary>
public sealed class RecoveryTests
{
    /// <summary>Files where later diagnostics differ from typescript's, and why. The first is the same, and there are not more of them.</summary>
    private static readonly Dictionary<string, string> OtherConsequences = new(StringComparer.Ordinal)
    {
        ["reserved-name.ts"] = "a second variable that starts with a number ends the list at once",
        ["unterminated-single-quote.js"] = "one diagnostic a position: the comma missing before an unterminated string is not reported besides",
        ["unterminated-template-hole.ts"] = "one diagnostic a position, as above",
    };

    [Fact]
    public async Task Finds_the_mistake_that_typescript_finds()
    {
        var files = Read();
        Assert.True(files.Count > 50);
        var typescript = await SyntaxOracle.AskTypeScriptAsync(files.Select(f => (f.Key, f.Value)));
        var report = new StringBuilder();
        foreach (var (name, text) in files)
        {
            var expected = typescript[name];
            var actual = SyntaxOracle.AskKiln(name, text);
            Assert.NotEmpty(expected);
            var same = actual.Select(e => (e.Code, e.Line)).SequenceEqual(expected.Select(e => (e.Code, e.Line)));
            if (actual.Length == 0 || actual[0] with { Related = null } != expected[0] with { Related = null })
            {
                report.AppendLine($"{name}: first is {actual.FirstOrDefault()}, typescript says {expected[0]}");
            }
            else if (!RelatedPlaces(expected).IsSubsetOf(RelatedPlaces(actual)) && same)
            {
                report.AppendLine($"{name}: related places differ");
            }
            else if (same == OtherConsequences.ContainsKey(name) || actual.Length > expected.Length)
            {
                report.AppendLine($"{name}:\n  {string.Join("\n  ", actual.Select(e => e.ToString()))}\n typescript:\n  {string.Join("\n  ", expected.Select(e => e.ToString()))}");
            }
        }

        Assert.True(report.Length == 0, report.ToString());
    }

    /// <summary>Every kind of bracket that is never closed is shown, also where typescript shows only some.</summary>
    [Theory]
    [InlineData("{", 0)]
    [InlineData("f(a", 1)]
    [InlineData("x = [a", 4)]
    [InlineData("x = {a: 1", 4)]
    [InlineData("a[b", 1)]
    [InlineData("x = (a", 4)]
    [InlineData("if (a", 3)]
    [InlineData("switch (a) {", 11)]
    [InlineData("function f(a", 10)]
    [InlineData("function f() {", 13)]
    [InlineData("class A {", 8)]
    [InlineData("class A { m() {", 14)]
    [InlineData("interface A {", 12)]
    [InlineData("enum A {", 7)]
    [InlineData("namespace A {", 12)]
    [InlineData("type A = {", 9)]
    [InlineData("type A = [a", 9)]
    [InlineData("let {a", 4)]
    [InlineData("let [a", 4)]
    [InlineData("import {a", 7)]
    [InlineData("export {a", 7)]
    [InlineData("x = `a${b", 6)]
    [InlineData("x = `abc", 4)]
    [InlineData("x = `a${b}c", 4)]
    [InlineData("x = 'abc", 4)]
    [InlineData("a\n/* b", 2)]
    public void Shows_what_is_never_closed(string text, int opener)
    {
        var file = TypeScript.Parser.Parse(text, TypeScript.Language.TypeScript);
        Assert.Contains(file.Diagnostics, d => d.Related is { Code: 1007 } related && related.Span.Start == opener);
    }

    private static HashSet<(int Code, int Line, int Column)> RelatedPlaces(SyntaxError[] errors) =>
        [.. errors.SelectMany(e => e.Related ?? []).Select(r => (r.Code, r.Line, r.Column))];

    private static Dictionary<string, string> Read() =>
        ("\n" + File.ReadAllText(Path.Combine(ToolPaths.Root, "tests", "Conformance", "Syntax", "BrokenFiles.txt"))).Split("\n=== ").Skip(1)
            .ToDictionary(p => p[..p.IndexOf('\n', StringComparison.Ordinal)], p => p[(p.IndexOf('\n', StringComparison.Ordinal) + 1)..] + "\n", StringComparer.Ordinal);
}
