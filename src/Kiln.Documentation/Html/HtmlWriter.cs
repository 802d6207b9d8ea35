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
        HtmlText.Append(markup, text);
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
}
