using System.Text.Json;
using Kiln.Analysis.Docs.Model;
using Kiln.TypeScript.JsDoc;

namespace Kiln.Analysis.Docs.Json;

/// <summary>Comments and their tags.</summary>
internal sealed partial class DocJsonReader
{
    private static readonly Dictionary<string, JsDocTagKind> TagKinds = Enum.GetValues<JsDocTagKind>().ToDictionary(DocJsonNames.Of, StringComparer.Ordinal);

    private DocComment? ReadComment(JsonElement json) => ReadComment(json, "jsDoc"u8);

    private DocComment? ReadComment(JsonElement json, ReadOnlySpan<byte> name) => json.TryGetProperty(name, out var comment)
        ? new DocComment { Text = OptionalText(comment, "doc"u8), Tags = ReadList(comment, "tags"u8, ReadTag) }
        : null;

    private DocTag ReadTag(JsonElement json)
    {
        var word = Text(json, "kind"u8);
        if (!TagKinds.TryGetValue(word, out var kind))
        {
            throw new FormatException($"Unknown tag \"{word}\".");
        }

        return kind switch
        {
            JsDocTagKind.Unsupported => new DocTag { Kind = kind, Text = Text(json, "value"u8) },
            JsDocTagKind.Default => new DocTag { Kind = kind, Default = Text(json, "value"u8), Text = OptionalText(json, "doc"u8) },
            JsDocTagKind.Tags => new DocTag { Kind = kind, Items = ReadList(json, "tags"u8, static item => item.GetString()!) },
            JsDocTagKind.Priority => new DocTag { Kind = kind, Priority = json.GetProperty("priority"u8).GetInt32() },
            _ => new DocTag
            {
                Kind = kind,
                Name = OptionalText(json, "name"u8),
                Type = OptionalType(json, "tsType"u8),
                IsOptional = Flag(json, "optional"u8),
                Default = OptionalText(json, "default"u8),
                Text = OptionalText(json, "doc"u8),
            },
        };
    }
}
