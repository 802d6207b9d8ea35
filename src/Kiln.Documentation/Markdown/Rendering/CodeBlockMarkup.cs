using System.Text;
using Kiln.Documentation.Html;
using Kiln.Documentation.Highlighting;

namespace Kiln.Documentation.Markdown.Rendering;

/// <summary>
/// <c>div.code-block</c> with <c>pre.highlight &gt; code</c> and <c>button.copy</c>. Lines that begin with <c># </c> in JavaScript and TypeScript are not shown but copied
/// (docs.md §12); then the whole text stands in the button's <c>data-copy</c>, else a script copies what the <c>code</c> holds.
/// </summary>
internal static class CodeBlockMarkup
{
    public static string Of(string code, string info)
    {
        var end = info.AsSpan().IndexOfAny(", \t{");
        var language = (end < 0 ? info : info[..end]).Trim();
        code = HtmlText.Clean(code);
        var (shown, whole) = HidesLines(language) ? SplitHidden(code) : (code, null);
        var markup = new StringBuilder("<div class=\"code-block\"><pre class=\"highlight\" tabindex=\"0\"><code>");
        markup.Append(CodeHighlighter.Highlight(shown, language).ToString());
        markup.Append("</code></pre><button class=\"copy\" type=\"button\"").Append(new AttributeList().AddOnce("data-copy", whole)).Append(">Copy</button></div>");
        return markup.ToString();
    }

    private static bool HidesLines(string language) => language.ToLowerInvariant() is "js" or "javascript" or "mjs" or "cjs" or "jsx" or "ts" or "typescript" or "mts" or "cts" or "tsx";

    /// <summary>What is shown, and everything; the second is null where nothing is hidden.</summary>
    private static (string Shown, string? Whole) SplitHidden(string code)
    {
        if (!code.Contains('#', StringComparison.Ordinal))
        {
            return (code, null);
        }

        var shown = new StringBuilder(code.Length);
        var whole = new StringBuilder(code.Length);
        var isHidden = false;
        foreach (var line in code.AsSpan().EnumerateLines())
        {
            if (line is "#" || line.StartsWith("# "))
            {
                isHidden = true;
                whole.Append(line.Length > 2 ? line[2..] : "").Append('\n');
                continue;
            }

            var text = line.StartsWith("##") ? line[1..] : line;
            shown.Append(text).Append('\n');
            whole.Append(text).Append('\n');
        }

        return (Trim(shown), isHidden ? Trim(whole) : null);

        static string Trim(StringBuilder text) => text.ToString().TrimEnd('\n');
    }
}
