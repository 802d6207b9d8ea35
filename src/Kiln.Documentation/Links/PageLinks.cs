using Kiln.Analysis.Docs.Model;
using Kiln.Documentation.Pages;
using Kiln.Documentation.Symbols;
using Kiln.Documentation.Types;

namespace Kiln.Documentation.Links;

/// <summary>Addresses as one page writes them.</summary>
internal sealed class PageLinks(NameResolver names, DocAddresses addresses, DocPageKey current)
{
    /// <summary>In addresses these stand for something else; dots and the like may stay.</summary>
    private static readonly System.Buffers.SearchValues<char> Plain =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~!$&'()*+,;=:@");

    public NameResolver Names => names;

    public DocPageKey Current => current;

    public string Page(DocPageKey to, string? anchor = null)
    {
        if (anchor is not null && to == current)
        {
            return "#" + Fragment(anchor);
        }

        var page = addresses.Page(current, to);
        return anchor is null ? page : $"{page}#{Fragment(anchor)}";
    }

    public string? Source(DocLocation location) => location.FileName.Length == 0 ? null : addresses.Source(current, location);

    public string? File(string path, bool isImage) => addresses.File(current, path, isImage);

    public string? Address(LinkTarget? target) => target is null ? null : target.Address ?? Page(target.Page!.Value, target.Anchor);

    public ITypeLinks For(NameScope scope, IReadOnlyDictionary<string, string>? typeParameters = null) => new ScopedLinks(this, scope, typeParameters);

    /// <summary>A fragment as a URL has it. Ids may hold letters of all scripts.</summary>
    public static string Fragment(string anchor) => anchor.AsSpan().ContainsAnyExcept(Plain) ? Uri.EscapeDataString(anchor) : anchor;

    private sealed class ScopedLinks(PageLinks page, NameScope scope, IReadOnlyDictionary<string, string>? typeParameters) : ITypeLinks
    {
        public string? Reference(DocTypeReference type) => page.Address(page.Names.Reference(type, scope));

        public string? Name(string name) => page.Address(page.Names.Name(name, scope));

        public string? Import(string specifier, string? qualifier) => page.Address(page.Names.Import(specifier, qualifier, scope));

        public string? TypeParameter(string name) => typeParameters is not null && typeParameters.TryGetValue(name, out var anchor) ? "#" + Fragment(anchor) : null;
    }
}
