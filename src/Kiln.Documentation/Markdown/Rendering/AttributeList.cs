using System.Text;
using Kiln.Documentation.Html;
using Kiln.Documentation.Pages;

namespace Kiln.Documentation.Markdown.Rendering;

/// <summary>Attributes of one tag as markup with a blank in front of each.</summary>
internal sealed class AttributeList
{
    /// <summary>security.md B7.</summary>
    public const string OutsideLink = "nofollow ugc noopener";

    private readonly StringBuilder markup = new();
    private readonly HashSet<string> names = new(StringComparer.Ordinal);

    /// <summary>The first of one name counts; null adds nothing. The name is one of ours, the value any text.</summary>
    public AttributeList AddOnce(string name, string? value)
    {
        if (value is not null && names.Add(name))
        {
            markup.Append(' ').Append(name).Append("=\"");
            HtmlText.Append(markup, value);
            markup.Append('"');
        }

        return this;
    }

    /// <summary>An address that <see cref="Addresses"/> or the page made: only those may begin with the base.</summary>
    public AttributeList AddAddress(string name, string? address)
    {
        if (address is not null && names.Add(name))
        {
            markup.Append(' ').Append(name).Append("=\"");
            if (address.StartsWith(DocAddresses.Base, StringComparison.Ordinal))
            {
                markup.Append(DocAddresses.Base[0]);
            }

            HtmlText.Append(markup, address);
            markup.Append('"');
        }

        return this;
    }

    public AttributeList AddLink(string? address)
    {
        AddAddress("href", address);
        return address is not null && Addresses.LeadsOutside(address) ? AddOnce("rel", OutsideLink) : this;
    }

    public override string ToString() => markup.ToString();
}
