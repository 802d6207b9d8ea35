using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Kiln.Analysis.Docs.Definitions;
using Kiln.Analysis.Docs.Model;

namespace Kiln.Analysis.Docs.Collection;

/// <summary>The type of a JSON file's contents (docs.md §4).</summary>
internal static class DataReader
{
    private const int MaxDepth = 128;

    private static readonly DocLocation Nowhere = new("", 0, 0, 0);

    /// <summary>Null for what is no JSON.</summary>
    public static DocType? Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json.Span.StartsWith(Encoding.UTF8.Preamble) ? json[3..] : json, new JsonDocumentOptions { MaxDepth = MaxDepth });
            return TypeOf(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static DocType TypeOf(JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                return new DocTypeLiteral { Members = new DocTypeMembers { Properties = Properties(json) } };
            case JsonValueKind.Array:
                return new DocArrayType { Repr = "unknown[]", Element = new DocKeywordType { Repr = "unknown", Name = "unknown" } };
            case JsonValueKind.String:
                var text = json.GetString()!;
                return new DocLiteralType { Repr = text, Kind = DocLiteralKind.String, Text = text };
            case JsonValueKind.Number:
                var number = json.GetDouble();
                return new DocLiteralType { Repr = RustNumber.Format(number), Kind = DocLiteralKind.Number, Number = number };
            case JsonValueKind.True:
            case JsonValueKind.False:
                var isTrue = json.GetBoolean();
                return new DocLiteralType { Repr = isTrue ? "true" : "false", Kind = DocLiteralKind.Boolean, IsTrue = isTrue };
            default:
                return new DocKeywordType { Repr = "null", Name = "null" };
        }
    }

    /// <summary>Of two members of one name the place of the first and the value of the last count.</summary>
    private static ImmutableArray<DocPropertySignature> Properties(JsonElement json)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var properties = ImmutableArray.CreateBuilder<DocPropertySignature>();
        foreach (var member in json.EnumerateObject())
        {
            var property = new DocPropertySignature { Name = member.Name, Location = Nowhere, Type = TypeOf(member.Value) };
            if (places.TryAdd(member.Name, properties.Count))
            {
                properties.Add(property);
            }
            else
            {
                properties[places[member.Name]] = property;
            }
        }

        return properties.DrainToImmutable();
    }
}
