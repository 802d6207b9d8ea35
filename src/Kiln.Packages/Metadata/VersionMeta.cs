using System.Buffers;
using System.Text.Json;
using Kiln.Analysis.Graph;
using Kiln.Packages.Configuration;
using Kiln.TypeScript.Modules;

namespace Kiln.Packages.Metadata;

/// <summary>
/// <c>&lt;version&gt;_meta.json</c> (registry.md §1.6): the manifest of the files, what each module imports, and the exports. Written once; lock files and
/// provenance hash its bytes.
/// </summary>
public static class VersionMeta
{
    /// <param name="files">All files of the package, in any order.</param>
    /// <param name="modules">The modules that the exports reach; those that were not parsed are left out, clients read them themselves.</param>
    /// <param name="exports">In the order of the configuration file, which is kept.</param>
    public static byte[] Write(IEnumerable<PackageFile> files, IEnumerable<ModuleEntry> modules, IEnumerable<PackageExport> exports)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(modules);
        ArgumentNullException.ThrowIfNull(exports);
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer, JsonText.Compact))
        {
            json.WriteStartObject();
            json.WriteStartObject("manifest");
            foreach (var file in files.OrderBy(f => f.Path.Value, StringComparer.Ordinal))
            {
                json.WriteStartObject(file.Path.Value);
                json.WriteNumber("size", file.Size);
                json.WriteString("checksum", "sha256-" + file.Sha256);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteStartObject("moduleGraph2");
            foreach (var module in modules.OrderBy(m => m.Path, StringComparer.Ordinal))
            {
                if (module.IsParsed)
                {
                    json.WritePropertyName(module.Path);
                    ModuleInfoWriter.Write(json, module.Info);
                }
            }

            json.WriteEndObject();
            json.WriteStartObject("exports");
            foreach (var export in exports)
            {
                json.WriteString(export.Key, export.Target);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
