using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kiln.Server.Api;

/// <summary>How the API writes and reads JSON (registry.md §2.1): camelCase, optional values as null, times RFC 3339 UTC with <c>Z</c>; compact, errors pretty.</summary>
internal static class ApiJson
{
    public static JsonSerializerOptions Compact { get; } = Create(indented: false);

    public static JsonSerializerOptions Pretty { get; } = Create(indented: true);

    /// <summary>Unknown members are ignored, members given twice are not: two readers could take different ones.</summary>
    public static JsonDocumentOptions Reading { get; } = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    private static JsonSerializerOptions Create(bool indented)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            WriteIndented = indented,
            MaxDepth = 64,
            AllowDuplicateProperties = false,
            NumberHandling = JsonNumberHandling.Strict,
        };
        options.Converters.Add(new TimeConverter());
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    private sealed class TimeConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset().ToUniversalTime();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
    }
}
