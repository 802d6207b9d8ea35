namespace Kiln.Documentation.Markdown;

/// <summary>
/// The bounds of security.md P8 and P9. What is beyond one is shown as it was written. They are counts and never times, so that a text is shown alike on every machine;
/// docs/hostile-input.md has the times that they lead to.
/// </summary>
public static class MarkdownLimits
{
    /// <summary>Characters of a README, and of any file that is shown as one.</summary>
    public const int Readme = 512 * 1024;

    /// <summary>Characters of a documentation comment.</summary>
    public const int Comment = 64 * 1024;

    /// <summary>Columns of a table.</summary>
    public const int Columns = 100;

    /// <summary>Cells of all tables.</summary>
    public const int Cells = 20_000;

    /// <summary>Link reference definitions, and as many terms of description lists: the parser takes quadratic time for both.</summary>
    public const int Definitions = 1_000;

    /// <summary>Characters of markup.</summary>
    public const int Output = 4 * 1024 * 1024;

    /// <summary>Quotes, and twice the lists, inside each other. A deeper one is text.</summary>
    public const int BlockDepth = 100;

    /// <summary>Emphasis and links inside each other. What is deeper loses its marks.</summary>
    public const int InlineDepth = 100;

    /// <summary>Elements that an author wrote as HTML inside each other. A deeper one loses its tags.</summary>
    public const int HtmlDepth = 100;

    /// <summary>
    /// The sum of ten and the depth over all elements, ours included, of the pieces that have an author's HTML in them: the sanitizer takes some 20 µs for an element, and
    /// more for a deep one. Thirty thousand flat ones.
    /// </summary>
    public const int SanitizerWork = 300_000;

    /// <summary>Underlined headings: the parser looks for each among all blocks before it.</summary>
    public const int UnderlinedHeadings = 5_000;

    /// <summary>
    /// The sum over all paragraphs, headings and cells of their length times the marks in them (brackets, asterisks, backquotes …). The parser may look from every mark to
    /// the end of the paragraph. The READMEs of some thousand packages stay below a hundredth of it.
    /// </summary>
    public const long InlineWork = 150_000_000;

    /// <summary>Characters of an address.</summary>
    public const int Address = 4_096;
}
