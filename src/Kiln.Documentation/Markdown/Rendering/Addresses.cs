using System.Buffers;
using System.Text;
using Kiln.Documentation.Html;
using Kiln.Documentation.Pages;

namespace Kiln.Documentation.Markdown.Rendering;

/// <summary>
/// Which addresses links and images may have: <c>http:</c>, <c>https:</c> and <c>mailto:</c> for links, <c>https:</c> with a name for images (security.md B9), and what the page
/// makes of relative ones. The parser of the library decides nothing here (§0.5).
/// </summary>
internal static class Addresses
{
    private static readonly SearchValues<char> Unsafe = SearchValues.Create(" \t\n\r\"'<>\\^`{|}");

    /// <summary>Null drops the link. Fragments are the caller's.</summary>
    public static string? Link(string url, MarkdownContext context)
    {
        var address = Normalize(url);
        if (address is null)
        {
            return null;
        }

        return Scheme(address) switch
        {
            "" when IsNetworkPath(address) => Http("https:" + address),
            "" => Resolve(address, isImage: false, context),
            "http" or "https" => Http(address),
            "mailto" => Mail(address),
            _ => null,
        };
    }

    /// <summary>The address of something that a page loads by itself; null drops it.</summary>
    public static string? Image(string url, MarkdownContext context)
    {
        var address = Normalize(url);
        if (address is null || address[0] == '#')
        {
            return null;
        }

        return Scheme(address) switch
        {
            "" when !IsNetworkPath(address) => Resolve(address, isImage: true, context),
            "https" => Http(address) is { } https && HasName(https) ? https : null,
            _ => null,
        };
    }

    /// <summary>A bare <c>#fragment</c>: the part behind the mark, decoded. Null for every other address.</summary>
    public static string? Fragment(string url)
    {
        var trimmed = HtmlText.Clean(url).Trim();
        return trimmed.StartsWith('#') ? Uri.UnescapeDataString(trimmed[1..]) : null;
    }

    /// <summary>What may stand in an attribute of finished markup: the last look, after everything else.</summary>
    public static bool IsHarmless(string address) =>
        !address.AsSpan(address.StartsWith(DocAddresses.Base, StringComparison.Ordinal) ? DocAddresses.Base.Length : 0).ContainsAny('\u0001', '\\', '\n')
        && Scheme(address) is "" or "http" or "https" or "mailto"
        && !IsNetworkPath(address);

    public static bool LeadsOutside(string address) => Scheme(address).Length > 0;

    /// <summary>As browsers read it: blanks around it and line ends in it are not part of an address. Null for an empty one and for one that is too long.</summary>
    private static string? Normalize(string url)
    {
        var address = HtmlText.Clean(url).Trim();
        if (address.AsSpan().IndexOfAny('\t', '\n', '\r') >= 0)
        {
            address = address.Replace("\t", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal);
        }

        return address.Length is 0 or > MarkdownLimits.Address ? null : address;
    }

    /// <summary>In lower case; empty for a relative address.</summary>
    private static string Scheme(string address)
    {
        var colon = address.AsSpan().IndexOfAny(":/?#");
        if (colon <= 0 || address[colon] != ':' || !char.IsAsciiLetter(address[0]))
        {
            return "";
        }

        var scheme = address[..colon];
        return scheme.All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '-' or '.') ? scheme.ToLowerInvariant() : "";
    }

    /// <summary>Browsers take a backslash for a slash.</summary>
    private static bool IsNetworkPath(string address) => address.Length > 1 && address[0] is '/' or '\\' && address[1] is '/' or '\\';

    /// <summary>The scheme, two slashes and a host, or nothing.</summary>
    private static string? Http(string address)
    {
        var encoded = Encode(address);
        return Uri.TryCreate(encoded, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0
            && encoded.AsSpan(uri.Scheme.Length).StartsWith("://", StringComparison.Ordinal) && encoded[uri.Scheme.Length + 3] is not '/'
                ? encoded
                : null;
    }

    private static string? Mail(string address)
    {
        var encoded = Encode(address);
        return encoded.Contains('@', StringComparison.Ordinal) ? encoded : null;
    }

    /// <summary>A host that is a name with a dot, and no address of a machine: a page must not be a way to knock at a reader's own network.</summary>
    private static bool HasName(string address)
    {
        var uri = new Uri(address);
        var last = uri.Host[(uri.Host.LastIndexOf('.') + 1)..];

        // A host that ends in a number is an address, whatever its other parts look like.
        return uri.HostNameType == UriHostNameType.Dns && last.Length < uri.Host.Length && last.Length > 0 && !char.IsAsciiDigit(last[0])
            && !(last is "localhost" or "local" or "internal");
    }

    private static string? Resolve(string address, bool isImage, MarkdownContext context)
    {
        // A colon before the first slash would make a scheme of a file's name once the address stands alone.
        var resolved = context.ResolveUrl(Encode(address.Replace('\\', '/')), isImage);
        return resolved is not null && IsHarmless(resolved) ? resolved : null;
    }

    /// <summary>Percent-encodes what an address may not contain; what is encoded already stays.</summary>
    private static string Encode(string address)
    {
        if (address.AsSpan().IndexOfAny(Unsafe) < 0)
        {
            return address;
        }

        var encoded = new StringBuilder(address.Length + 16);
        foreach (var c in address)
        {
            if (Unsafe.Contains(c))
            {
                encoded.Append('%').Append(((int)c).ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
            }
            else
            {
                encoded.Append(c);
            }
        }

        return encoded.ToString();
    }
}
