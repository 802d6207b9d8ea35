using System.Text.Json;
using Kiln.Packages.Configuration;
using Kiln.Packages.Files;

namespace Kiln.Packages.Unfurling;

/// <summary>What an import map says to a specifier.</summary>
/// <param name="Target">A path (it starts with <c>/</c>) or a URL; null when the map blocks the specifier.</param>
internal readonly record struct MappedImport(string? Target);

/// <summary>
/// The imports of one configuration file, for the modules of one folder (the import maps specification, and Deno's dialect of it: an entry for a
/// <c>jsr:</c> or <c>npm:</c> package also stands for what lies below it).
/// </summary>
internal sealed class ImportMap
{
    private readonly List<(string Key, string? Target)> prefixes = [];
    private readonly Dictionary<string, string?> exact = new(StringComparer.Ordinal);

    /// <param name="scope">The folder whose modules it is for; a path with a slash at its end, or one file.</param>
    private ImportMap(string scope) => Scope = scope;

    public string Scope { get; }

    /// <summary>Some key is a path, so that relative specifiers may mean something else.</summary>
    public bool HasPaths { get; private set; }

    public bool Covers(string referrer) => Scope.EndsWith('/') ? referrer.StartsWith(Scope, StringComparison.Ordinal) : referrer == Scope;

    /// <summary>The maps of a file's <c>imports</c> (the last one) and <c>scopes</c>.</summary>
    /// <param name="file">A configuration file or an import map.</param>
    /// <param name="expands">It is a configuration file, whose entries for packages stand for their sub paths too.</param>
    public static IEnumerable<ImportMap> Read(ConfigurationFile file, string scope, bool expands)
    {
        if (file.Root.Find("scopes") is { Kind: JsonValueKind.Object } scopes)
        {
            foreach (var member in scopes.Members)
            {
                if (ToPath(file.Folder, member.Name) is { } path && member.Value.Kind == JsonValueKind.Object)
                {
                    yield return Create(path, file.Folder, member.Value, expands);
                }
            }
        }

        if (file.Root.Find("imports") is { Kind: JsonValueKind.Object } imports)
        {
            yield return Create(scope, file.Folder, imports, expands);
        }
    }

    /// <param name="specifier">As written, or the path that a relative one means.</param>
    public bool TryResolve(string specifier, out MappedImport mapped)
    {
        mapped = default;
        if (exact.TryGetValue(specifier, out var target))
        {
            mapped = new MappedImport(target);
            return true;
        }

        foreach (var (key, prefixTarget) in prefixes)
        {
            if (specifier.StartsWith(key, StringComparison.Ordinal))
            {
                mapped = new MappedImport(prefixTarget is null ? null : Append(prefixTarget, specifier[key.Length..]));
                return true;
            }
        }

        return false;
    }

    /// <summary>Bare names that map to exactly this package, for example <c>@types/react</c>; the requirement, or null.</summary>
    public string? FindExact(string key) => exact.GetValueOrDefault(key);

    private static ImportMap Create(string scope, string folder, JsoncValue entries, bool expands)
    {
        var map = new ImportMap(scope);
        foreach (var member in entries.Members)
        {
            map.Add(folder, member.Name, member.Value);
        }

        if (expands)
        {
            foreach (var member in entries.Members)
            {
                map.Expand(member.Name, member.Value.Text, entries);
            }
        }

        // The longest key decides.
        map.prefixes.Sort(static (a, b) => a.Key.Length != b.Key.Length ? b.Key.Length.CompareTo(a.Key.Length) : string.CompareOrdinal(a.Key, b.Key));
        return map;
    }

    private void Add(string folder, string key, JsoncValue value)
    {
        if (key.Length == 0)
        {
            return;
        }

        var isPath = IsPathLike(key);
        HasPaths |= isPath;
        key = isPath ? ToPath(folder, key) ?? key : key;
        var target = value.Text is { } text ? ToPath(folder, text) ?? (HasScheme(text) ? text : null) : null;
        if (key.EndsWith('/') && target?.EndsWith('/') == false)
        {
            target = null;
        }

        exact[key] = target;
        if (key.EndsWith('/'))
        {
            prefixes.Add((key, target));
        }
    }

    private void Expand(string key, string? value, JsoncValue entries)
    {
        if (value is null || key.EndsWith('/') || entries.Members.Any(m => m.Name == key + "/"))
        {
            return;
        }

        foreach (var scheme in (ReadOnlySpan<string>)["npm:", "jsr:"])
        {
            if (value.StartsWith(scheme, StringComparison.Ordinal))
            {
                prefixes.Add((key + "/", $"{scheme}/{value[scheme.Length..].TrimStart('/')}/"));
            }
        }
    }

    private static string Append(string target, string rest) =>
        target.StartsWith('/') ? TreePath.Resolve(target, rest) + (rest.EndsWith('/') ? "/" : "") : target + rest;

    private static bool IsPathLike(string text) =>
        text.StartsWith("./", StringComparison.Ordinal) || text.StartsWith("../", StringComparison.Ordinal) || text.StartsWith('/') || text.StartsWith("file://", StringComparison.Ordinal);

    /// <summary>Null when the text is neither relative nor absolute. A slash at the end stays.</summary>
    internal static string? ToPath(string folder, string text)
    {
        if (!IsPathLike(text))
        {
            return null;
        }

        var path = text.StartsWith("file://", StringComparison.Ordinal) ? text["file://".Length..] : text;
        var resolved = TreePath.Resolve(folder, path);
        return path.EndsWith('/') && resolved != "/" ? resolved + "/" : resolved;
    }

    internal static bool HasScheme(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && char.IsAsciiLetter(text[0]) && !text.AsSpan(0, colon).ContainsAnyExcept(SchemeCharacters);
    }

    private static readonly System.Buffers.SearchValues<char> SchemeCharacters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-.");
}
