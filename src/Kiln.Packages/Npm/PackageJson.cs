using System.Buffers;
using System.Text.Json;
using Kiln.Analysis;
using Kiln.Packages.Metadata;
using Kiln.Packages.Names;
using Kiln.Packages.Versions;

namespace Kiln.Packages.Npm;

/// <summary>The conditions of one key of <c>exports</c>; a path starts with <c>./</c>, null leaves the condition out.</summary>
public readonly record struct NpmExport(string Key, string? Types, string? Default);

/// <summary>What <c>package.json</c> is made from.</summary>
/// <param name="Exports">In the order of the configuration file.</param>
public sealed record PackageJsonInput(PackageReference Package, PackageVersion Version, NpmManifest Manifest, IReadOnlyList<NpmExport> Exports)
{
    /// <summary>Null: every module may have some. Else the files that have, as <c>package.json</c> spells them.</summary>
    public IReadOnlyList<string>? SideEffects { get; init; }
}

/// <summary>
/// The generated <c>package.json</c> of an npm tarball. The keys of publishing.md §5.5 stand in its order; what people and older tools need besides
/// stands between them.
/// </summary>
public static class PackageJson
{
    /// <summary>Clients of the reference system see here how new the emitter was; 11 is the one whose layout ours has.</summary>
    public const int Revision = 11;

    public static byte[] Write(PackageJsonInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, JsonText.Indented))
        {
            json.WriteStartObject();
            json.WriteString("name", input.Package.NpmName);
            json.WriteString("version", input.Version.Value);
            input.Manifest.WriteAbout(json);
            json.WriteString("type", "module");
            WriteMain(json, input.Exports);
            WriteSideEffects(json, input.SideEffects);
            input.Manifest.WriteInstall(json);
            WriteExports(json, input.Exports);
            WriteTypesVersions(json, input.Exports);
            json.WriteNumber("_jsr_revision", Revision);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The main module once more for tools that do not read <c>exports</c>: TypeScript with <c>moduleResolution: node10</c>, older bundlers.</summary>
    private static void WriteMain(Utf8JsonWriter json, IReadOnlyList<NpmExport> exports)
    {
        foreach (var export in exports)
        {
            if (export.Key == ".")
            {
                WriteCondition(json, "main", export.Default);
                WriteCondition(json, "types", export.Types);
            }
        }
    }

    private static void WriteSideEffects(Utf8JsonWriter json, IReadOnlyList<string>? files)
    {
        switch (files)
        {
            case null:
                break;
            case []:
                json.WriteBoolean("sideEffects", false);
                break;
            default:
                json.WriteStartArray("sideEffects");
                foreach (var file in files)
                {
                    json.WriteStringValue(file);
                }

                json.WriteEndArray();
                break;
        }
    }

    private static void WriteExports(Utf8JsonWriter json, IReadOnlyList<NpmExport> exports)
    {
        json.WriteStartObject("exports");
        foreach (var export in exports)
        {
            json.WriteStartObject(export.Key);

            // TypeScript takes the first condition that fits, so this one must come before `default`.
            WriteCondition(json, "types", export.Types);
            WriteCondition(json, "default", export.Default);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <summary>
    /// Where TypeScript finds the types of <c>@jsr/s__n/sub</c> with <c>moduleResolution: node10</c>, which takes sub paths for files. Whoever reads
    /// <c>exports</c> does not look here.
    /// </summary>
    private static void WriteTypesVersions(Utf8JsonWriter json, IReadOnlyList<NpmExport> exports)
    {
        var subPaths = exports.Where(e => e.Key != "." && HasTypes(e.Types ?? e.Default)).ToList();
        if (subPaths.Count == 0)
        {
            return;
        }

        json.WriteStartObject("typesVersions");
        json.WriteStartObject("*");
        foreach (var export in subPaths)
        {
            json.WriteStartArray(export.Key[2..]);
            json.WriteStringValue(export.Types ?? export.Default);
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static bool HasTypes(string? path) => path is not null && MediaTypes.FromPath(path) is var type && (type == MediaType.Json || MediaTypes.GetLanguage(type) is not null);

    private static void WriteCondition(Utf8JsonWriter json, string name, string? path)
    {
        if (path is not null)
        {
            json.WriteString(name, path);
        }
    }
}
