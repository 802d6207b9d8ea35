using System.Buffers;
using System.Globalization;
using System.Text;
using Kiln.Documentation.Pages;

namespace Kiln.Documentation.Html;

/// <summary>
/// Builds markup. What is given to <see cref="Raw(string)"/> is written in this project; everything that a package says goes through <see cref="Text"/>,
/// <see cref="Attribute(string, string)"/> or <see cref="Address"/>.
/// </summary>
internal sealed class HtmlWriter
{
    /// <summary>All that is not copied as it stands: what means something in HTML, controls (HTML allows three of them), and halves of pairs.</summary>
    private static readonly SearchValues<char> Special = SearchValues.Create(
        [.. "&<>\"'\uFFFE\uFFFF".AsSpan(), .. Range(0, 0x20), .. Range(0x7F, 0x21), .. Range(0xD800, 0x800)]);

    private readonly StringBuilder markup = new();

    public int Length => markup.Length;

    public HtmlWriter Raw(string text)
    {
        markup.Append(text);
        return this;
    }

    public HtmlWriter Raw(TrustedHtml html)
    {
        markup.Append(html.ToString());
        return this;
    }

    public HtmlWriter Number(int number)
    {
        markup.Append(CultureInfo.InvariantCulture, $"{number}");
        return this;
    }

    /// <summary>Text in an element or in a quoted attribute. Characters that HTML cannot contain, <see cref="DocAddresses.Base"/> among them, are left out.</summary>
    public HtmlWriter Text(ReadOnlySpan<char> text)
    {
        while (text.IndexOfAny(Special) is var at and >= 0)
        {
            markup.Append(text[..at]);
            var taken = 1;
            switch (text[at])
            {
                case '&':
                    markup.Append("&amp;");
                    break;
                case '<':
                    markup.Append("&lt;");
                    break;
                case '>':
                    markup.Append("&gt;");
                    break;
                case '"':
                    markup.Append("&quot;");
                    break;
                case '\'':
                    markup.Append("&#39;");
                    break;
                case '\n' or '\t':
                    markup.Append(text[at]);
                    break;
                case var c when char.IsHighSurrogate(c) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]):
                    markup.Append(text.Slice(at, 2));
                    taken = 2;
                    break;
                case var c when char.IsSurrogate(c):
                    markup.Append('\uFFFD');
                    break;
            }

            text = text[(at + taken)..];
        }

        markup.Append(text);
        return this;
    }

    /// <summary>With the space in front of it.</summary>
    public HtmlWriter Attribute(string name, string value) => Raw(" ").Raw(name).Raw("=\"").Text(value).Raw("\"");

    /// <summary>An attribute whose value may start with <see cref="DocAddresses.Base"/>, which stays.</summary>
    public HtmlWriter Address(string name, string address)
    {
        Raw(" ").Raw(name).Raw("=\"");
        if (address.StartsWith(DocAddresses.Base, StringComparison.Ordinal))
        {
            Raw(DocAddresses.Base);
        }

        return Text(address).Raw("\"");
    }

    public TrustedHtml ToHtml() => TrustedHtml.FromMarkup(markup.ToString());

    public override string ToString() => markup.ToString();

    private static char[] Range(int start, int count) => [.. Enumerable.Range(start, count).Select(c => (char)c)];
}
