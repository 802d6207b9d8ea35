namespace Kiln.Documentation.Site;

public sealed class SourceFilePlanTests
{
    [Theory]
    [InlineData(0, "src/a.ts.html")]
    [InlineData(99, "src/a.ts.html")]
    [InlineData(100, "src/a.ts=p2.html")]
    [InlineData(249, "src/a.ts=p2.html")]
    [InlineData(250, "src/a.ts=p3.html")]
    [InlineData(9999, "src/a.ts=p3.html")]
    public void A_line_is_on_the_page_that_starts_before_it(int line, string expected) => Assert.Equal(expected, new SourceFilePlan("src/a.ts.html", [0, 100, 250]).PartOf(line));
}
