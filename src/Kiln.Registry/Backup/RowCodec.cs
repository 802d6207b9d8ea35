using System.Data;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Kiln.Registry.Backup;

/// <summary>A row as one line: a JSON array of its values in the order of the columns. The same row gives the same line, whichever engine it comes from.</summary>
internal static class RowCodec
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static void Write(Stream output, IDataRecord row, IReadOnlyList<ColumnShape> columns)
    {
        using (var json = new Utf8JsonWriter(output, Compact))
        {
            json.WriteStartArray();
            for (var i = 0; i < columns.Count; i++)
            {
                if (row.IsDBNull(i))
                {
                    json.WriteNullValue();
                    continue;
                }

                var value = row.GetValue(i);
                switch (columns[i].Kind)
                {
                    case ColumnKind.Text:
                        json.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture));
                        break;
                    case ColumnKind.Integer:
                        json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                        break;
                    case ColumnKind.Boolean:
                        json.WriteBooleanValue(Convert.ToBoolean(value, CultureInfo.InvariantCulture));
                        break;
                    case ColumnKind.Real:
                        json.WriteNumberValue(Convert.ToDouble(value, CultureInfo.InvariantCulture));
                        break;
                    case ColumnKind.Bytes:
                        json.WriteBase64StringValue((byte[])value);
                        break;
                    default:
                        throw new ArgumentOutOfRangeException(nameof(columns));
                }
            }

            json.WriteEndArray();
        }

        output.WriteByte((byte)'\n');
    }

    /// <exception cref="InvalidDataException">The line is not a row of these columns.</exception>
    public static object?[] Read(string line, IReadOnlyList<ColumnKind> columns)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            if (document.RootElement.GetArrayLength() != columns.Count)
            {
                throw new InvalidDataException("A row has another number of values than its table has columns.");
            }

            return [.. document.RootElement.EnumerateArray().Select((value, i) => Read(value, columns[i]))];
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            throw new InvalidDataException($"A row of the backup cannot be read: {e.Message}", e);
        }
    }

    private static object? Read(JsonElement value, ColumnKind kind) => value.ValueKind == JsonValueKind.Null ? null : kind switch
    {
        ColumnKind.Text => value.GetString(),
        ColumnKind.Integer => value.GetInt64(),
        ColumnKind.Boolean => value.GetBoolean(),
        ColumnKind.Real => value.GetDouble(),
        ColumnKind.Bytes => value.GetBytesFromBase64(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
