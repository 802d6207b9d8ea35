using System.Text.Json.Nodes;

namespace Kiln.TypeScript.JsDoc;

/// <summary>Prints a comment as the documentation format of the wire has it, with types as text.</summary>
internal static class JsDocRecord
{
    public static JsonNode? Of(JsDocComment comment)
    {
        if (comment.Has(JsDocTagKind.Ignore))
        {
            return "ignored";
        }

        if (comment.IsEmpty)
        {
            return null;
        }

        var record = new JsonObject();
        Add(record, "doc", comment.Description);
        if (!comment.Tags.IsEmpty)
        {
            record["tags"] = new JsonArray([.. comment.Tags.Select(Of)]);
        }

        return record;
    }

    private static JsonObject Of(JsDocTag tag)
    {
        var record = new JsonObject { ["kind"] = tag.Kind == JsDocTagKind.Returns ? "return" : tag.Kind.ToString().ToLowerInvariant() };
        Add(record, "name", tag.Name?.Value);
        Add(record, "tsType", tag.Type?.Value);
        if (tag.IsOptional)
        {
            record["optional"] = true;
        }

        Add(record, tag.Kind == JsDocTagKind.Default ? "value" : "default", tag.Default?.Value);
        Add(record, tag.Kind == JsDocTagKind.Unsupported ? "value" : "doc", tag.Description);
        if (tag.Kind == JsDocTagKind.Tags)
        {
            record["tags"] = new JsonArray([.. tag.Items.Select(i => (JsonNode)i)]);
        }

        if (tag.Kind == JsDocTagKind.Priority)
        {
            record["priority"] = tag.Priority;
        }

        return record;
    }

    private static void Add(JsonObject record, string name, string? value)
    {
        if (value is not null)
        {
            record[name] = value;
        }
    }
}
