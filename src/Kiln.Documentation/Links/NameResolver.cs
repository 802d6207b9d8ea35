using Kiln.Analysis.Docs.Model;
using Kiln.Documentation.Pages;
using Kiln.Documentation.Symbols;

namespace Kiln.Documentation.Links;

/// <summary>docs.md §10.6: enclosing namespaces from the innermost outward, the module, its imports, globals.</summary>
internal sealed class NameResolver(PackageIndex index, DocAddresses addresses)
{
    /// <summary>Longer targets of a link are text.</summary>
    private const int MaxTarget = 500;

    private readonly Dictionary<string, Dictionary<string, DocImport>> imports = new(StringComparer.Ordinal);

    public LinkTarget? Reference(DocTypeReference type, NameScope scope) => type.Resolution switch
    {
        { Kind: DocResolutionKind.TypeParameter } => null,
        { Kind: DocResolutionKind.Import, Specifier: { } specifier } => Imported(scope.File, Split(type.Name), specifier, type.Resolution.ImportedName),
        { Kind: DocResolutionKind.Local } => Local(Split(type.Name), scope),
        _ => Global(type.Name),
    };

    /// <summary>A name without a resolution: of <c>typeof</c>, of a base class, of a link.</summary>
    public LinkTarget? Name(string name, NameScope scope)
    {
        if (name.Length is 0 or > MaxTarget)
        {
            return null;
        }

        var parts = Split(name);
        return Local(parts, scope) ?? ByImport(parts, scope) ?? Global(name);
    }

    public LinkTarget? Import(string specifier, string? qualifier, NameScope scope) =>
        Imported(scope.File, qualifier is null ? [""] : ["", .. Split(qualifier)], specifier, null);

    /// <summary>The target of <c>{@link …}</c>.</summary>
    public LinkTarget? Link(string target, NameScope scope)
    {
        target = target.Trim();
        if (target.Length is 0 or > MaxTarget)
        {
            return null;
        }

        if (target[0] == '[' && target.IndexOf(']', StringComparison.Ordinal) is var end and > 1)
        {
            var module = target[1..end];
            var rest = target[(end + 1)..];
            if (EntryNamed(module) is { } entry && (rest.Length == 0 || rest[0] == '.'))
            {
                return rest.Length == 0 ? new LinkTarget(entry.Key) : InEntry(entry, Split(rest[1..]));
            }
        }

        var name = target.EndsWith("()", StringComparison.Ordinal) ? target[..^2] : target;
        return Name(name, scope) ?? Member(name, scope) ?? (name.Contains('#', StringComparison.Ordinal) ? Name(name.Replace('#', '.'), scope) : null) ?? Package(name);
    }

    /// <summary>A member of what the comment belongs to, or of what that is a member of.</summary>
    private static LinkTarget? Member(string name, NameScope scope) =>
        scope.Symbol is { Target: { } symbol } && symbol.Members.Find(name) is { } member ? new LinkTarget(symbol.Key, member.Anchor) : null;

    private LinkTarget? Package(string name) =>
        (name.StartsWith("npm:", StringComparison.Ordinal) || name.StartsWith("jsr:", StringComparison.Ordinal) || name.StartsWith("node:", StringComparison.Ordinal))
            && addresses.External(name, null) is { } address
            ? new LinkTarget(null, null, address)
            : null;

    private LinkTarget? Local(string[] parts, NameScope scope)
    {
        for (var at = scope.Symbol; at is not null; at = at.Parent)
        {
            if (at.Child(parts[0]) is { } child)
            {
                return Descend(child, parts, 1);
            }
        }

        var node = index.Declared(scope.File, parts[0]) ?? index.EntryOfModule(scope.File)?.Find(parts[0]) ?? scope.Entry?.Find(parts[0]);
        return node is null ? null : Descend(node, parts, 1);
    }

    private LinkTarget? ByImport(string[] parts, NameScope scope) =>
        ImportsOf(scope.File).TryGetValue(parts[0], out var import) ? Imported(scope.File, parts, import.Source, import.ExportedName) : null;

    /// <param name="parts">The first is the local name of the import.</param>
    private LinkTarget? Imported(string file, string[] parts, string specifier, string? exportedName)
    {
        // The model knows what the imports of entry points resolve to; of other modules there is only what is written.
        if (!ModuleSpecifiers.IsRelative(specifier) && ImportsOf(file).TryGetValue(parts[0], out var import))
        {
            specifier = import.Source;
        }

        var names = exportedName is null ? parts[1..] : [exportedName, .. parts[1..]];
        if (!ModuleSpecifiers.IsRelative(specifier))
        {
            if (OwnEntry(specifier) is { } own)
            {
                return names.Length == 0 ? new LinkTarget(own.Key) : InEntry(own, names);
            }

            return addresses.External(specifier, names.Length == 0 ? null : string.Join('.', names)) is { } address ? new LinkTarget(null, null, address) : null;
        }

        var module = ModuleSpecifiers.Resolve(file, specifier, index.Knows);
        if (names.Length == 0)
        {
            return module is not null && index.EntryOfModule(module) is { } entry ? new LinkTarget(entry.Key) : null;
        }

        // A module between may hand the name on; a name that the package has only once can be no other.
        var node = (module is null ? null : index.Declared(module, names[0]) ?? index.EntryOfModule(module)?.Find(names[0])) ?? (names[0] == "default" ? null : index.Named(names[0]));
        return node is null ? null : Descend(node, names, 1);
    }

    private static LinkTarget? InEntry(EntryNode entry, string[] names) => (entry.SameAs ?? entry).Find(names[0]) is { } node ? Descend(node, names, 1) : null;

    private static LinkTarget? Descend(SymbolNode node, string[] names, int from)
    {
        while (from < names.Length && node.Child(names[from]) is { } child)
        {
            node = child;
            from++;
        }

        if (node.Target is not { } target)
        {
            return null;
        }

        var rest = from == names.Length ? null : string.Join('.', names[from..]);
        if (rest is null or "prototype")
        {
            return new LinkTarget(target.Key);
        }

        return target.Members.Find(rest) is { } member ? new LinkTarget(target.Key, member.Anchor) : null;
    }

    private static LinkTarget? Global(string name) => GlobalNames.Address(name) is { } address ? new LinkTarget(null, null, address) : null;

    /// <summary>By path, by what is imported, or by the name that its <c>@module</c> gives.</summary>
    private EntryNode? EntryNamed(string name)
    {
        if (name is ".")
        {
            return index.Main;
        }

        var key = name.StartsWith("./", StringComparison.Ordinal) ? name[2..] : name;
        return index.Entry(key) ?? OwnEntry(name) ?? ByModuleName(name);
    }

    private EntryNode? ByModuleName(string name)
    {
        entriesByModuleName ??= ModuleNames();
        return entriesByModuleName.GetValueOrDefault(name);
    }

    private Dictionary<string, EntryNode>? entriesByModuleName;

    private Dictionary<string, EntryNode> ModuleNames()
    {
        var names = new Dictionary<string, EntryNode>(StringComparer.Ordinal);
        foreach (var entry in index.Entries)
        {
            if (entry.Module?.Comment?.Tags.FirstOrDefault(t => t.Kind == TypeScript.JsDoc.JsDocTagKind.Module)?.Name is { } name)
            {
                names.TryAdd(name.Trim(), entry);
            }
        }

        return names;
    }

    /// <summary>The package imports itself: <c>@scope/name/sub</c>, <c>jsr:@scope/name@1/sub</c>.</summary>
    private EntryNode? OwnEntry(string specifier)
    {
        var name = specifier.StartsWith("jsr:", StringComparison.Ordinal) ? specifier[4..].TrimStart('/') : specifier;
        var own = index.Docs.Name;
        if (!name.StartsWith(own, StringComparison.Ordinal) || own.Length == 0)
        {
            return null;
        }

        var rest = name[own.Length..];
        if (rest.StartsWith('@'))
        {
            var slash = rest.IndexOf('/', StringComparison.Ordinal);
            rest = slash < 0 ? "" : rest[slash..];
        }

        return rest.Length == 0 ? index.Main : rest[0] == '/' ? index.Entry(rest[1..]) : null;
    }

    private Dictionary<string, DocImport> ImportsOf(string file)
    {
        if (!imports.TryGetValue(file, out var known))
        {
            known = new Dictionary<string, DocImport>(StringComparer.Ordinal);
            foreach (var import in index.EntryOfModule(file)?.Module?.Imports ?? [])
            {
                known.TryAdd(import.LocalName, import);
            }

            imports[file] = known;
        }

        return known;
    }

    /// <summary>At dots, except within brackets: <c>Class.prototype.[Symbol.iterator]</c>.</summary>
    private static string[] Split(string name)
    {
        if (!name.Contains('[', StringComparison.Ordinal))
        {
            return name.Split('.');
        }

        var parts = new List<string>();
        var (start, depth) = (0, 0);
        for (var i = 0; i < name.Length; i++)
        {
            depth += name[i] == '[' ? 1 : name[i] == ']' ? -1 : 0;
            if (name[i] == '.' && depth <= 0)
            {
                parts.Add(name[start..i]);
                start = i + 1;
            }
        }

        parts.Add(name[start..]);
        return [.. parts];
    }
}
