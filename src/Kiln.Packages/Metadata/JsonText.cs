using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Kiln.Packages.Metadata;

/// <summary>How documents are spelt: bytes that clients hash must not depend on who writes them.</summary>
internal static class JsonText
{
    /// <summary>The documents are served as <c>application/json</c> with <c>nosniff</c>, so HTML characters need no escapes.</summary>
    public static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Two spaces and LF on every system.</summary>
    public static readonly JsonWriterOptions Indented = Compact with { Indented = true, NewLine = "\n" };

    /// <summary>RFC 3339 in UTC with milliseconds: <c>2026-01-31T12:00:00.000Z</c>.</summary>
    public static string Timestamp(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
