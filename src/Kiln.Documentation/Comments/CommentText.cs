using Kiln.Analysis.Docs.Model;
using Kiln.Documentation.Html;
using Kiln.Documentation.Markdown;
using Kiln.TypeScript.JsDoc;

namespace Kiln.Documentation.Comments;

/// <summary>Short forms of a comment.</summary>
internal static class CommentText
{
    /// <summary>Room for a summary; a longer one is no summary, and its Markdown is not worth the time.</summary>
    private const int MaxSummary = 4096;

    private static readonly MarkdownContext WithoutLinks = new() { MaximumLength = MarkdownLimits.Comment };

    /// <summary>The <c>@summary</c>, else the first block, as inline content without links.</summary>
    public static TrustedHtml Summary(DocComment? comment)
    {
        var text = Source(comment);
        return text is null ? TrustedHtml.Empty : MarkdownRenderer.RenderSummary(text, WithoutLinks);
    }

    /// <summary>The same as plain text of at most this many characters; empty without one.</summary>
    public static string Plain(DocComment? comment, int maxLength)
    {
        var text = Source(comment);
        return text is null ? "" : MarkdownRenderer.ToPlainText(text, maxLength);
    }

    private static string? Source(DocComment? comment)
    {
        var text = comment?.Tags.FirstOrDefault(t => t.Kind == JsDocTagKind.Summary)?.Text ?? comment?.Text;
        return string.IsNullOrWhiteSpace(text) ? null : FirstBlock(text);
    }

    /// <summary>Up to the first empty line outside a fence.</summary>
    private static string FirstBlock(string text)
    {
        text = text.Trim();
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        if (end > 0 && !text.AsSpan(0, end).Contains("```", StringComparison.Ordinal))
        {
            text = text[..end];
        }

        return text.Length > MaxSummary ? text[..MaxSummary] : text;
    }
}
