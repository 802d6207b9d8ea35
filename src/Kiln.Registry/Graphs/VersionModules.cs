using System.Text.Json;

namespace Kiln.Registry.Graphs;

/// <summary>What a version's manifest says of its modules (registry.md §1.6).</summary>
internal sealed class VersionModules
{
    private readonly Dictionary<string, long> sizes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<string>> specifiers = new(StringComparer.Ordinal);
    private readonly List<KeyValuePair<string, string>> exports = [];
    private readonly Dictionary<string, string> paths = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> entries = new(StringComparer.Ordinal);

    private VersionModules(string scope, string package, string version) => (Scope, Package, Version) = (scope, package, version);

    public string Scope { get; }

    public string Package { get; }

    public string Version { get; }

    /// <summary>Keys and absolute paths, in their order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Exports => exports;

    /// <summary>The path that an export key leads to.</summary>
    public string? PathOf(string entry) => paths.GetValueOrDefault(entry);

    /// <summary>The first export key that leads to a path.</summary>
    public string? EntryOf(string path) => entries.GetValueOrDefault(path);

    /// <exception cref="InvalidDataException">It is no such document.</exception>
    public static VersionModules Read(string scope, string package, string version, ReadOnlyMemory<byte> manifest)
    {
        var modules = new VersionModules(scope, package, version);
        try
        {
            using var json = JsonDocument.Parse(manifest, new JsonDocumentOptions { MaxDepth = 64 });
            modules.Read(json.RootElement);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"The manifest of @{scope}/{package}@{version} cannot be read: {e.Message}", e);
        }

        return modules;
    }

    public long? SizeOf(string path) => sizes.TryGetValue(path, out var size) ? size : null;

    /// <summary>What a module imports, in the order of its text; nothing for what is no module.</summary>
    public IReadOnlyList<string> SpecifiersOf(string path) => specifiers.GetValueOrDefault(path) ?? [];

    private void Read(JsonElement root)
    {
        foreach (var file in root.GetProperty("manifest").EnumerateObject())
        {
            sizes[file.Name] = file.Value.GetProperty("size").GetInt64();
        }

        foreach (var export in root.GetProperty("exports").EnumerateObject())
        {
            var target = export.Value.GetString() ?? "";
            var path = target.StartsWith('.') ? target[1..] : target;
            exports.Add(new(export.Name, path));
            paths.TryAdd(export.Name, path);
            entries.TryAdd(path, export.Name);
        }

        if (!root.TryGetProperty("moduleGraph2", out var graph))
        {
            return; // It may be missing: then only the entry points are known.
        }

        foreach (var module in graph.EnumerateObject())
        {
            if (module.Value.TryGetProperty("dependencies", out var dependencies))
            {
                specifiers[module.Name] = [.. dependencies.EnumerateArray().Select(SpecifierOf).OfType<string>().Distinct(StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>Null for a dynamic import whose argument only the run knows.</summary>
    private static string? SpecifierOf(JsonElement dependency) =>
        dependency.TryGetProperty("specifier", out var specifier) || dependency.TryGetProperty("argument", out specifier)
            ? specifier.ValueKind == JsonValueKind.String ? specifier.GetString() : null
            : null;
}
