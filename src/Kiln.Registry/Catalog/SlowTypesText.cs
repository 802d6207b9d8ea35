using System.Text.Json;
using Kiln.Packages.Publishing;

namespace Kiln.Registry.Catalog;

/// <summary>The column <c>slow_types</c>: <c>{"count", "first": [{"code", "path", "line", "column", "message", "hint"}]}</c>.</summary>
internal static class SlowTypesText
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static string Write(SlowTypes types) => JsonSerializer.Serialize(types, Options);

    public static SlowTypes Read(string text) => JsonSerializer.Deserialize<SlowTypes>(text, Options)!;
}
