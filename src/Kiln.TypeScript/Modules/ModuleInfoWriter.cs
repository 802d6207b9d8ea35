using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Kiln.TypeScript.Modules;

/// <summary>Writes a <see cref="ModuleInfo"/> as the wire has it: keys in a fixed order, defaults left out.</summary>
public static class ModuleInfoWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string ToJson(ModuleInfo info)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            Write(writer, info);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static void Write(Utf8JsonWriter writer, ModuleInfo info)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(info);
        writer.WriteStartObject();
        if (info.IsScript)
        {
            writer.WriteBoolean("script"u8, true);
        }

        if (info.Dependencies.Count > 0)
        {
            writer.WriteStartArray("dependencies"u8);
            foreach (var dependency in info.Dependencies)
            {
                WriteDependency(writer, dependency);
            }

            writer.WriteEndArray();
        }

        if (info.TypeScriptReferences.Count > 0)
        {
            writer.WriteStartArray("tsReferences"u8);
            foreach (var reference in info.TypeScriptReferences)
            {
                writer.WriteStartObject();
                writer.WriteString("type"u8, reference.IsPath ? "path"u8 : "types"u8);
                WriteMembers(writer, reference.Specifier);
                WriteResolutionMode(writer, reference.ResolutionMode);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        WriteSpecifier(writer, "selfTypesSpecifier"u8, info.SelfTypes);
        WriteSpecifier(writer, "jsxImportSource"u8, info.JsxImportSource);
        WriteSpecifier(writer, "jsxImportSourceTypes"u8, info.JsxImportSourceTypes);
        if (info.JsDocImports.Count > 0)
        {
            writer.WriteStartArray("jsdocImports"u8);
            foreach (var import in info.JsDocImports)
            {
                writer.WriteStartObject();
                WriteMembers(writer, import.Specifier);
                WriteResolutionMode(writer, import.ResolutionMode);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        WriteSpecifier(writer, "sourceMapUrl"u8, info.SourceMapUrl);
        writer.WriteEndObject();
    }

    private static void WriteDependency(Utf8JsonWriter writer, ModuleDependency dependency)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, dependency.IsDynamic ? "dynamic"u8 : "static"u8);
        if (dependency.Kind != ModuleDependencyKind.DynamicImport)
        {
            writer.WriteString("kind"u8, NameOf(dependency.Kind));
        }

        WriteSpecifier(writer, "typesSpecifier"u8, dependency.Types);
        if (dependency.IsDynamic)
        {
            if (dependency.Specifier is not null)
            {
                writer.WriteString("argument"u8, dependency.Specifier);
            }
            else if (dependency.Template is not null)
            {
                WriteTemplate(writer, dependency.Template);
            }

            WriteRange(writer, "argumentRange"u8, dependency.Range);
        }
        else
        {
            writer.WriteString("specifier"u8, dependency.Specifier);
            WriteRange(writer, "specifierRange"u8, dependency.Range);
        }

        if (dependency.IsSideEffect)
        {
            writer.WriteBoolean("sideEffect"u8, true);
        }

        WriteAttributes(writer, dependency.Attributes);
        writer.WriteEndObject();
    }

    private static ReadOnlySpan<byte> NameOf(ModuleDependencyKind kind) => kind switch
    {
        ModuleDependencyKind.Import => "import"u8,
        ModuleDependencyKind.ImportDefer or ModuleDependencyKind.DynamicImportDefer => "importDefer"u8,
        ModuleDependencyKind.ImportSource or ModuleDependencyKind.DynamicImportSource => "importSource"u8,
        ModuleDependencyKind.ImportType => "importType"u8,
        ModuleDependencyKind.ImportEquals => "importEquals"u8,
        ModuleDependencyKind.Export => "export"u8,
        ModuleDependencyKind.ExportType => "exportType"u8,
        ModuleDependencyKind.ExportEquals => "exportEquals"u8,
        ModuleDependencyKind.MaybeTsModuleAugmentation => "maybeTsModuleAugmentation"u8,
        ModuleDependencyKind.Require => "require"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static void WriteTemplate(Utf8JsonWriter writer, TemplatePart[] parts)
    {
        writer.WriteStartArray("argument"u8);
        foreach (var part in parts)
        {
            writer.WriteStartObject();
            if (part.Value is null)
            {
                writer.WriteString("type"u8, "expr"u8);
            }
            else
            {
                writer.WriteString("type"u8, "string"u8);
                writer.WriteString("value"u8, part.Value);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteAttributes(Utf8JsonWriter writer, ModuleImportAttributes? attributes)
    {
        if (attributes is null)
        {
            return;
        }

        if (attributes.Known is null)
        {
            writer.WriteString("importAttributes"u8, "unknown"u8);
            return;
        }

        writer.WriteStartObject("importAttributes"u8);
        writer.WriteStartObject("known"u8);
        foreach (var (name, value) in attributes.Known)
        {
            writer.WriteString(name, value);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteSpecifier(Utf8JsonWriter writer, ReadOnlySpan<byte> name, SpecifierWithRange? specifier)
    {
        if (specifier is not null)
        {
            writer.WriteStartObject(name);
            WriteMembers(writer, specifier);
            writer.WriteEndObject();
        }
    }

    private static void WriteMembers(Utf8JsonWriter writer, SpecifierWithRange specifier)
    {
        writer.WriteString("text"u8, specifier.Text);
        WriteRange(writer, "range"u8, specifier.Range);
    }

    private static void WriteResolutionMode(Utf8JsonWriter writer, ResolutionMode mode)
    {
        if (mode != ResolutionMode.Unspecified)
        {
            writer.WriteString("resolutionMode"u8, mode == ResolutionMode.Import ? "import"u8 : "require"u8);
        }
    }

    private static void WriteRange(Utf8JsonWriter writer, ReadOnlySpan<byte> name, PositionRange range)
    {
        writer.WriteStartArray(name);
        writer.WriteStartArray();
        writer.WriteNumberValue(range.StartLine);
        writer.WriteNumberValue(range.StartColumn);
        writer.WriteEndArray();
        writer.WriteStartArray();
        writer.WriteNumberValue(range.EndLine);
        writer.WriteNumberValue(range.EndColumn);
        writer.WriteEndArray();
        writer.WriteEndArray();
    }
}
