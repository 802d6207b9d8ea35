using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Kiln.Documentation.Pages;

namespace Kiln.Registry.Docs;

/// <summary>
/// The addresses of documentation pages behind that of their package (docs.md §10.1): <c>/doc</c>, <c>/doc/entry</c>, <c>/doc/entry/~/Symbol</c>, <c>/doc/all_symbols</c>. What a
/// proxy or this server's own border might read differently (<c>% \ / ~</c>, control characters, dot segments) is written <c>~hh</c>; the rest as usual.
/// </summary>
public static class DocPaths
{
    private const string AllSymbols = "all_symbols";
    private const string Separator = "~";

    /// <summary>Starts with a slash, or is empty for the overview. A further part of a page has <c>?part=2</c>.</summary>
    public static string Of(DocPageKey page) => page.Part == 0 ? PathOf(page) : string.Create(CultureInfo.InvariantCulture, $"{PathOf(page)}?part={page.Part + 1}");

    /// <summary>Reads what stands behind <c>/doc</c>, decoded once as a web server does it (all but <c>%2F</c>), without the slash in front. False where no page can be.</summary>
    public static bool TryParse(string rest, [NotNullWhen(true)] out DocPageKey? page)
    {
        ArgumentNullException.ThrowIfNull(rest);
        page = null;
        if (rest == AllSymbols)
        {
            page = new DocPageKey(DocPageKind.AllSymbols);
            return true;
        }

        if (rest == Separator)
        {
            page = new DocPageKey(DocPageKind.Entry);
            return true;
        }

        var at = rest.StartsWith(Separator + "/", StringComparison.Ordinal) ? 0 : rest.IndexOf($"/{Separator}/", StringComparison.Ordinal) + 1;
        var hasSymbol = rest.StartsWith(Separator + "/", StringComparison.Ordinal) || at > 0;
        if (!hasSymbol)
        {
            // A symbol that was cut off: the entry is meant.
            var entry = rest.EndsWith("/" + Separator, StringComparison.Ordinal) ? rest[..^2] : rest;
            return Decode(entry, out var key) && Set(new DocPageKey(DocPageKind.Entry, key), out page);
        }

        return Decode(at == 0 ? "" : rest[..(at - 1)], out var name) && Decode(rest[(at + 2)..], out var symbol) && symbol.Length > 0
            && Set(new DocPageKey(DocPageKind.Symbol, name, symbol), out page);
    }

    private static string PathOf(DocPageKey page) => page.Kind switch
    {
        DocPageKind.Overview => "",
        DocPageKind.AllSymbols => "/doc/" + AllSymbols,
        DocPageKind.Entry => "/doc" + EntryOf(page.Entry),
        DocPageKind.Symbol => $"/doc{EntryOf(page.Entry)}/{Separator}/{Encode(page.Symbol)}",
        _ => throw new ArgumentOutOfRangeException(nameof(page)),
    };

    private static bool Set(DocPageKey value, out DocPageKey? page)
    {
        page = value;
        return true;
    }

    private static string EntryOf(string entry)
    {
        if (entry.Length == 0)
        {
            return "";
        }

        var path = "/" + string.Join('/', entry.Split('/').Select(Encode));
        return path == "/" + AllSymbols ? "/~61ll_symbols" : path;
    }

    private static string Encode(string text)
    {
        var isDots = text is "." or "..";
        var result = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii)
            {
                var c = (char)rune.Value;
                if (char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '$' || (c == '.' && !isDots))
                {
                    result.Append(c);
                }
                else if (c is '%' or '\\' or '/' or '~' or '.' || char.IsControl(c))
                {
                    result.Append(CultureInfo.InvariantCulture, $"~{(int)c:x2}");
                }
                else
                {
                    result.Append(CultureInfo.InvariantCulture, $"%{(int)c:X2}");
                }
            }
            else
            {
                result.Append(Uri.EscapeDataString(rune.ToString()));
            }
        }

        return result.ToString();
    }

    private static bool Decode(string text, out string decoded)
    {
        decoded = text;
        if (!text.AsSpan().ContainsAny('~', '%'))
        {
            return true;
        }

        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && text.AsSpan(i).StartsWith("%2F", StringComparison.OrdinalIgnoreCase))
            {
                result.Append('/');
                i += 2;
            }
            else if (text[i] != '~')
            {
                result.Append(text[i]);
            }
            else if (i + 2 < text.Length && byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) && code < 128)
            {
                result.Append((char)code);
                i += 2;
            }
            else
            {
                return false;
            }
        }

        decoded = result.ToString();
        return true;
    }
}
