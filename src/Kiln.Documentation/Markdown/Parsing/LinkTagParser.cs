using Markdig.Helpers;
using Markdig.Parsers;

namespace Kiln.Documentation.Markdown.Parsing;

/// <summary>
/// JSDoc's links as an inline of its own (docs.md §10.6), so that code spans and fences keep the text as it is; the reference replaces them before it reads Markdown. Stands
/// before the parser of links, which would take the brackets of a label.
/// </summary>
internal sealed class LinkTagParser : InlineParser
{
    /// <summary>Characters of a tag; a label in front of it may have as many. Bounds how far is looked for an end that is not there.</summary>
    private const int MaximumLength = 1_000;

    public LinkTagParser() => OpeningCharacters = ['{', '['];

    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        var text = slice.AsSpan();
        string? outerLabel = null;
        var start = 0;
        if (text[0] == '[')
        {
            var window = text[1..Math.Min(text.Length, MaximumLength)];
            var end = window.IndexOfAny('[', ']');
            if (end < 0 || window[end] == '[' || !window[(end + 1)..].StartsWith("{@link", StringComparison.Ordinal))
            {
                return false;
            }

            outerLabel = Collapse(window[..end]);
            start = end + 2;
        }

        if (!text[start..].StartsWith("{@link", StringComparison.Ordinal))
        {
            return false;
        }

        var tag = text[start..Math.Min(text.Length, start + MaximumLength)];
        var close = tag.IndexOf('}');
        if (close < 0)
        {
            return false;
        }

        var body = tag["{@link".Length..close];
        var isCode = body.StartsWith("code", StringComparison.Ordinal);
        body = isCode ? body[4..] : body.StartsWith("plain", StringComparison.Ordinal) ? body[5..] : body;
        if (body.IsEmpty || !char.IsWhiteSpace(body[0]))
        {
            return false;
        }

        body = body.Trim();
        if (body.IsEmpty)
        {
            return false;
        }

        var separator = Separator(body);
        var target = separator < 0 ? body : body[..separator].TrimEnd();
        var label = separator < 0 ? default : body[(separator + 1)..].Trim().TrimStart('|').TrimStart();
        if (target.IsEmpty)
        {
            return false;
        }

        processor.Inline = new LinkTagInline(target.ToString(), label.IsEmpty ? (string.IsNullOrEmpty(outerLabel) ? null : outerLabel) : Collapse(label), isCode);
        slice.Start += start + close + 1;
        return true;
    }

    /// <summary>The first blank or pipe that is not inside a module's brackets.</summary>
    private static int Separator(ReadOnlySpan<char> body)
    {
        var from = 0;
        if (body[0] == '[' && body.IndexOf(']') is var close and > 0)
        {
            from = close;
        }

        for (var i = from; i < body.Length; i++)
        {
            if (body[i] == '|' || char.IsWhiteSpace(body[i]))
            {
                return i;
            }
        }

        return -1;
    }

    private static string Collapse(ReadOnlySpan<char> text) => string.Join(' ', text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
