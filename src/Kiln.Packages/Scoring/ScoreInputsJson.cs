using System.Buffers;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Kiln.Packages.Metadata;

namespace Kiln.Packages.Scoring;

/// <summary>How the inputs of a version's score are stored. What is not there is the default, so that members can be added.</summary>
internal static class ScoreInputsJson
{
    private const string Readme = "readme";
    private const string MainDocumentation = "mainDocumentation";
    private const string Examples = "examples";
    private const string EntryPoints = "entryPointsWithoutDocumentation";
    private const string Symbols = "symbols";
    private const string Documented = "documentedSymbols";
    private const string Undocumented = "undocumentedSymbols";
    private const string SlowTypes = "slowTypes";
    private const string FirstSlowTypes = "firstSlowTypes";

    public static byte[] Write(ScoreInputs inputs)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, JsonText.Compact))
        {
            writer.WriteStartObject();
            if (inputs.ReadmePath is not null)
            {
                writer.WriteString(Readme, inputs.ReadmePath);
            }

            writer.WriteBoolean(MainDocumentation, inputs.HasMainDocumentation);
            ScoreJson.WritePlaces(writer, Examples, inputs.Examples);
            ScoreJson.WritePlaces(writer, EntryPoints, inputs.EntryPointsWithoutDocumentation);
            writer.WriteNumber(Symbols, inputs.Symbols);
            writer.WriteNumber(Documented, inputs.DocumentedSymbols);
            ScoreJson.WritePlaces(writer, Undocumented, inputs.UndocumentedSymbols);
            writer.WriteNumber(SlowTypes, inputs.SlowTypes);
            ScoreJson.WritePlaces(writer, FirstSlowTypes, inputs.FirstSlowTypes);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    public static bool TryRead(ReadOnlyMemory<byte> json, [NotNullWhen(true)] out ScoreInputs? inputs)
    {
        inputs = null;
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                return false;
            }

            inputs = new ScoreInputs
            {
                ReadmePath = root.TryGetProperty(Readme, out var readme) ? readme.GetString() : null,
                HasMainDocumentation = root.TryGetProperty(MainDocumentation, out var main) && main.GetBoolean(),
                Examples = Places(root, Examples),
                EntryPointsWithoutDocumentation = Places(root, EntryPoints),
                Symbols = Number(root, Symbols),
                DocumentedSymbols = Number(root, Documented),
                UndocumentedSymbols = Places(root, Undocumented),
                SlowTypes = Number(root, SlowTypes),
                FirstSlowTypes = Places(root, FirstSlowTypes),
            };
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            // A member of another kind than expected is the second.
            return false;
        }
    }

    private static int Number(JsonElement element, string name) => element.TryGetProperty(name, out var number) ? number.GetInt32() : 0;

    private static ImmutableArray<ScorePlace> Places(JsonElement root, string name)
    {
        if (!root.TryGetProperty(name, out var array))
        {
            return [];
        }

        var places = ImmutableArray.CreateBuilder<ScorePlace>(array.GetArrayLength());
        foreach (var place in array.EnumerateArray())
        {
            places.Add(new ScorePlace(
                place.GetProperty("text").GetString() ?? "",
                place.TryGetProperty("path", out var path) ? path.GetString() : null,
                Number(place, "line"),
                Number(place, "column")));
        }

        return places.MoveToImmutable();
    }
}
