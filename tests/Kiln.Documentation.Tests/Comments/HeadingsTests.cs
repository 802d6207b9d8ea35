namespace Kiln.Documentation.Comments;

public sealed class HeadingsTests
{
    [Theory]
    [InlineData("text", 2, 2)]
    [InlineData("# One", 1, 1)]
    [InlineData("## Two\n\n### Three", 1, 0)]
    [InlineData("## Two\n\n# One", 2, 2)]
    [InlineData("### Three", 1, 0)]
    [InlineData("One\n===\n\n## Two", 1, 1)]
    [InlineData("```sh\n# no heading\n```\n\n## Two", 2, 1)]
    [InlineData("#no heading", 2, 2)]
    public void The_highest_heading_stands_right_below_the_level_around(string markdown, int level, int expected) => Assert.Equal(expected, Headings.Offset(markdown, level));
}
