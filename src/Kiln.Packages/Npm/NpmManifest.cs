using System.Buffers;
using System.Text;
using System.Text.Json;
using Kiln.Packages.Configuration;
using Kiln.Packages.Metadata;

namespace Kiln.Packages.Npm;

/// <summary>What <c>package.json</c> and the packument both say about a version. Lists are in the order in which they are written.</summary>
public sealed record NpmManifest
{
    public string? Description { get; init; }

    /// <summary>An SPDX expression.</summary>
    public string? License { get; init; }

    public IReadOnlyList<string> Keywords { get; init; } = [];

    public string? Homepage { get; init; }

    public NpmRepository? Repository { get; init; }

    /// <summary>Commands, and paths without <c>./</c>, as npm itself spells them.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Bin { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, string>> Engines { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, string>> Dependencies { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, string>> PeerDependencies { get; init; } = [];

    public IReadOnlyList<string> OptionalPeers { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, string>> OptionalDependencies { get; init; } = [];

    /// <summary>The members as one JSON object, the form in which a registry keeps them. Equal facts give equal text.</summary>
    public string ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, JsonText.Compact))
        {
            json.WriteStartObject();
            WriteAbout(json);
            WriteInstall(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Reads what <see cref="ToJson"/> wrote; members that are missing or unknown are left out.</summary>
    /// <exception cref="JsonException">The text is no JSON.</exception>
    public static NpmManifest FromJson(string json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        return new NpmManifest
        {
            Description = Text(root, "description"),
            License = Text(root, "license"),
            Keywords = root.TryGetProperty("keywords", out var keywords) ? [.. keywords.EnumerateArray().Select(k => k.GetString()!)] : [],
            Homepage = Text(root, "homepage"),
            Repository = root.TryGetProperty("repository", out var repository)
                ? new NpmRepository(Text(repository, "type")!, Text(repository, "url")!, Text(repository, "directory"))
                : null,
            Bin = Pairs(root, "bin"),
            Engines = Pairs(root, "engines"),
            Dependencies = Pairs(root, "dependencies"),
            PeerDependencies = Pairs(root, "peerDependencies"),
            OptionalPeers = root.TryGetProperty("peerDependenciesMeta", out var meta) ? [.. meta.EnumerateObject().Select(m => m.Name)] : [],
            OptionalDependencies = Pairs(root, "optionalDependencies"),
        };
    }

    /// <summary>What people read.</summary>
    internal void WriteAbout(Utf8JsonWriter json)
    {
        WriteText(json, "description", Description);
        WriteText(json, "license", License);
        if (Keywords.Count > 0)
        {
            json.WriteStartArray("keywords");
            foreach (var keyword in Keywords)
            {
                json.WriteStringValue(keyword);
            }

            json.WriteEndArray();
        }

        WriteText(json, "homepage", Homepage);
        WriteRepository(json, Repository);
    }

    /// <summary>What an install acts on; npm takes it from the packument, not from the tarball.</summary>
    internal void WriteInstall(Utf8JsonWriter json)
    {
        WritePairs(json, "bin", Bin);
        WritePairs(json, "engines", Engines);
        WritePairs(json, "dependencies", Dependencies, evenEmpty: true);
        WritePairs(json, "peerDependencies", PeerDependencies);
        if (OptionalPeers.Count > 0)
        {
            json.WriteStartObject("peerDependenciesMeta");
            foreach (var name in OptionalPeers)
            {
                json.WriteStartObject(name);
                json.WriteBoolean("optional", true);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        WritePairs(json, "optionalDependencies", OptionalDependencies);
    }

    internal static void WriteRepository(Utf8JsonWriter json, NpmRepository? repository)
    {
        if (repository is not null)
        {
            json.WriteStartObject("repository");
            json.WriteString("type", repository.Type);
            json.WriteString("url", repository.Url);
            WriteText(json, "directory", repository.Directory);
            json.WriteEndObject();
        }
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static void WritePairs(Utf8JsonWriter json, string name, IReadOnlyList<KeyValuePair<string, string>> pairs, bool evenEmpty = false)
    {
        if (pairs.Count > 0 || evenEmpty)
        {
            json.WriteStartObject(name);
            foreach (var (key, value) in pairs)
            {
                json.WriteString(key, value);
            }

            json.WriteEndObject();
        }
    }

    private static string? Text(JsonElement parent, string name) => parent.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static List<KeyValuePair<string, string>> Pairs(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) ? [.. value.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, p.Value.GetString()!))] : [];
}
