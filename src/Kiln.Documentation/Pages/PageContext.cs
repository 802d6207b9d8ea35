using Kiln.Documentation.Html;
using Kiln.Documentation.Links;
using Kiln.Documentation.Markdown;
using Kiln.Documentation.Symbols;

namespace Kiln.Documentation.Pages;

/// <summary>A page while it is made.</summary>
internal sealed class PageContext(PackageIndex index, NameResolver names, DocAddresses addresses, DocPageKey key)
{
    /// <summary>A longer table of contents helps nobody.</summary>
    private const int MaxTocItems = 400;

    private readonly List<TocItem> toc = [];

    public PackageIndex Index => index;

    public DocPageKey Key => key;

    public PageLinks Links { get; } = new(names, addresses, key);

    /// <summary>The ids of the page.</summary>
    public AnchorNames Anchors { get; } = new();

    public DocBody Body { get; } = new();

    public IReadOnlyList<TocItem> Toc => toc;

    public void AddToToc(TocItem item)
    {
        if (toc.Count < MaxTocItems)
        {
            toc.Add(item);
        }
    }

    /// <summary>Markdown whose relative addresses start at a file of the package.</summary>
    /// <param name="scope">Where names in it are looked up.</param>
    /// <param name="path">Of the file that it stands in, absolute in the package.</param>
    public MarkdownContext Markdown(NameScope scope, string path, int headingOffset, int maximumLength = MarkdownLimits.Comment) => new()
    {
        Anchors = Anchors,
        HeadingOffset = headingOffset,
        MaximumLength = maximumLength,
        ResolveUrl = (address, isImage) => RelativeAddress(path, address, isImage),
        ResolveSymbol = target => Links.Address(names.Link(target, scope)) is { } address ? new SymbolLink(address, ModuleLabel(target)) : null,
    };

    /// <summary>Of a module's specifier the path in the package.</summary>
    public static string PathOf(string specifier) => specifier.StartsWith("file://", StringComparison.Ordinal) ? specifier["file://".Length..] : specifier;

    /// <summary><c>[module].Name</c> without the brackets.</summary>
    private static string? ModuleLabel(string target) =>
        target.StartsWith('[') && target.IndexOf(']', StringComparison.Ordinal) is var end and > 0 ? target[1..end] + target[(end + 1)..] : null;

    private string? RelativeAddress(string path, string address, bool isImage)
    {
        var end = address.AsSpan().IndexOfAny('?', '#');
        var relative = end < 0 ? address : address[..end];
        string target;
        try
        {
            target = Uri.UnescapeDataString(relative);
        }
        catch (UriFormatException)
        {
            return null;
        }

        var full = target.StartsWith('/') ? ModuleSpecifiers.Join("/", target) : ModuleSpecifiers.Join(path, target);

        // Files are shown as their text, in which a heading's fragment means nothing.
        return full is null ? null : Links.File(full, isImage);
    }
}
