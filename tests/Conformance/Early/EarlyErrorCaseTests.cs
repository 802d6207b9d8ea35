using Kiln.Conformance.Syntax;
using Kiln.TypeScript.EarlyErrorTests;

namespace Kiln.Conformance.Early;

/// <summary>The TypeScript lines of the table of early errors, judged by typescript's whole one-file program.</summary>
public sealed class EarlyErrorCaseTests
{
    private const int FirstOwnCode = 90_000;

    [Fact]
    public async Task typescript_agrees_with_the_table()
    {
        var cases = EarlyErrorCase.Read("typescript").Select((test, i) => (Path: $"case{i}.ts", Test: test)).ToList();
        var theirs = await SyntaxOracle.AskTypeScriptForGrammarAsync(cases.Select(c => (c.Path, c.Test.Source)));
        var wrong = cases.Where(c => c.Test.Code == 0 ? theirs[c.Path].Length > 0 : theirs[c.Path].All(e => e.Code != c.Test.Code && c.Test.Code < FirstOwnCode))
            .Select(c => $"{c.Test}: {string.Join(", ", theirs[c.Path].Select(e => e.ToString()))}").ToList();
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }
}
