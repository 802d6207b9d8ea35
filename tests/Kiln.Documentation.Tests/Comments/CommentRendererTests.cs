namespace Kiln.Documentation.Comments;

public sealed class CommentRendererTests
{
    /// <summary>docs.md §10.8: the title is what stands before the first empty line or fence.</summary>
    [Theory]
    [InlineData("Title\n\nBody", "Title", "Body")]
    [InlineData("Title\n```ts\ncode\n```", "Title", "```ts\ncode\n```")]
    [InlineData("Title\n~~~\ncode\n~~~", "Title", "~~~\ncode\n~~~")]
    [InlineData("```ts\ncode\n```", null, "```ts\ncode\n```")]
    [InlineData("\n```ts\ncode\n```\n", null, "```ts\ncode\n```")]
    [InlineData("Two\nlines\n\nBody", "Two lines", "Body")]
    [InlineData("Only a title", "Only a title", "")]
    public void An_example_begins_with_its_title(string text, string? title, string body) => Assert.Equal((title, body), CommentRenderer.SplitTitle(text));
}
