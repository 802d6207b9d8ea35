using System.Buffers;
using System.Text.Json;
using Kiln.Packages.Metadata;
using Kiln.Packages.Names;
using Kiln.Packages.Versions;

namespace Kiln.Packages.Npm;

/// <summary>The conditions of one key of <c>exports</c>; a path starts with <c>./</c>, null leaves the condition out.</summary>
public readonly record struct NpmExport(string Key, string? Types, string? Default);

/// <summary>The generated <c>package.json</c> of an npm tarball: publishing.md §5.5, exactly these keys in this order.</summary>
public static class PackageJson
{
    /// <summary>Clients of the reference system see here how new the emitter was; 11 is the one whose layout ours has.</summary>
    public const int Revision = 11;

    /// <param name="registryUrl">The registry's root with a trailing slash.</param>
    /// <param name="dependencies">In ordinal order of the names.</param>
    /// <param name="exports">In the order of the configuration file.</param>
    public static byte[] Write(
        PackageReference package,
        PackageVersion version,
        string registryUrl,
        IReadOnlyList<KeyValuePair<string, string>> dependencies,
        IReadOnlyList<NpmExport> exports)
    {
        ArgumentNullException.ThrowIfNull(package);
        ArgumentNullException.ThrowIfNull(version);
        ArgumentNullException.ThrowIfNull(dependencies);
        ArgumentNullException.ThrowIfNull(exports);
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, JsonText.Indented))
        {
            json.WriteStartObject();
            json.WriteString("name", package.NpmName);
            json.WriteString("version", version.Value);
            json.WriteString("homepage", $"{registryUrl}{package}");
            json.WriteString("type", "module");
            json.WriteStartObject("dependencies");
            foreach (var (name, range) in dependencies)
            {
                json.WriteString(name, range);
            }

            json.WriteEndObject();
            json.WriteStartObject("exports");
            foreach (var export in exports)
            {
                json.WriteStartObject(export.Key);
                if (export.Types is not null)
                {
                    // TypeScript takes the first condition that fits, so it must come before `default`.
                    json.WriteString("types", export.Types);
                }

                if (export.Default is not null)
                {
                    json.WriteString("default", export.Default);
                }

                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteNumber("_jsr_revision", Revision);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
