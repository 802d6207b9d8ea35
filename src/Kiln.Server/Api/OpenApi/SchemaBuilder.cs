using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Kiln.Registry.Catalog;
using Kiln.Server.Api.Routes;
using Microsoft.OpenApi;

namespace Kiln.Server.Api.OpenApi;

/// <summary>The schemas of what the API's serializer writes, by the serializer's own account of each type. Every record is a component under its name.</summary>
internal sealed class SchemaBuilder(OpenApiDocument document)
{
    private readonly Dictionary<string, Type> components = new(StringComparer.Ordinal);

    public IOpenApiSchema Of(Type type, bool isNullable = false)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        var none = isNullable || bare != type ? JsonSchemaType.Null : default;
        if (Simple(bare) is var (kind, format) && kind != default)
        {
            return new OpenApiSchema { Type = kind | none, Format = format };
        }

        if (bare == typeof(object) || bare == typeof(JsonNode))
        {
            return new OpenApiSchema(); // anything
        }

        if (bare.IsEnum)
        {
            return new OpenApiSchema { Type = JsonSchemaType.String | none, Enum = [.. Enum.GetNames(bare).Select(n => (JsonNode)JsonNamingPolicy.CamelCase.ConvertName(n))] };
        }

        if (bare == typeof(JsonObject) || bare == typeof(JsonElement))
        {
            return new OpenApiSchema { Type = JsonSchemaType.Object | none, AdditionalPropertiesAllowed = true };
        }

        if (ElementOf(bare, typeof(IReadOnlyDictionary<,>)) is [_, var value])
        {
            return new OpenApiSchema { Type = JsonSchemaType.Object | none, AdditionalProperties = Of(value) };
        }

        if (bare != typeof(string) && ElementOf(bare, typeof(IEnumerable<>)) is [var element])
        {
            return new OpenApiSchema { Type = JsonSchemaType.Array | none, Items = Of(element) };
        }

        var reference = new OpenApiSchemaReference(Component(bare), document);
        return none == default ? reference : new OpenApiSchema { Type = JsonSchemaType.Object | none, AllOf = [reference] }; // OpenAPI 3.0 ignores what stands beside a reference
    }

    public OpenApiSchema Of(BodyShape body) => new()
    {
        Type = JsonSchemaType.Object,
        Properties = body.Members.ToDictionary(m => m.Name, m => Of(m.Type, isNullable: !m.IsRequired), StringComparer.Ordinal),
        Required = body.Rule == BodyRule.All ? body.Members.Where(m => m.IsRequired).Select(m => m.Name).ToHashSet(StringComparer.Ordinal) : null,
        MinProperties = body.Rule == BodyRule.All ? null : 1,
        MaxProperties = body.Rule == BodyRule.ExactlyOne ? 1 : null,
        AdditionalPropertiesAllowed = body.Rule != BodyRule.ExactlyOne,
    };

    private static (JsonSchemaType Kind, string? Format) Simple(Type type) => type switch
    {
        _ when type == typeof(string) => (JsonSchemaType.String, null),
        _ when type == typeof(bool) => (JsonSchemaType.Boolean, null),
        _ when type == typeof(int) => (JsonSchemaType.Integer, "int32"),
        _ when type == typeof(long) => (JsonSchemaType.Integer, "int64"),
        _ when type == typeof(float) || type == typeof(double) => (JsonSchemaType.Number, null),
        _ when type == typeof(Guid) => (JsonSchemaType.String, "uuid"),
        _ when type == typeof(DateTimeOffset) => (JsonSchemaType.String, "date-time"),
        _ => default,
    };

    private static Type[]? ElementOf(Type type, Type shape) =>
        type.GetInterfaces().Append(type).FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == shape)?.GetGenericArguments();

    /// <summary><c>ScopeShape</c> is the component <c>Scope</c>, <c>Page&lt;ScopeShape&gt;</c> is <c>ScopePage</c>, <c>DocsApi.SearchShape</c> is <c>DocsSearch</c>.</summary>
    private static string NameOf(Type type)
    {
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Page<>))
        {
            return NameOf(type.GetGenericArguments()[0]) + "Page";
        }

        var name = type.Name.EndsWith("Shape", StringComparison.Ordinal) ? type.Name[..^"Shape".Length] : type.Name;
        return type.DeclaringType?.Name is { } owner && owner.EndsWith("Api", StringComparison.Ordinal) ? owner[..^"Api".Length] + name : name;
    }

    private string Component(Type type)
    {
        var name = NameOf(type);
        if (components.TryGetValue(name, out var known))
        {
            return known == type ? name : throw new InvalidOperationException($"{type} and {known} would both be the schema '{name}'.");
        }

        components.Add(name, type); // before its members: a type may contain itself
        var info = ApiJson.Compact.GetTypeInfo(type);
        if (info.Kind != JsonTypeInfoKind.Object)
        {
            throw new InvalidOperationException($"{type} is written by a converter that no schema is known for.");
        }

        document.Components!.Schemas![name] = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Properties = info.Properties.Where(IsWritten).ToDictionary(p => p.Name, p => Of(p.PropertyType, p.IsGetNullable && !MayBeMissing(p)), StringComparer.Ordinal),
            Required = info.Properties.Where(p => IsWritten(p) && !MayBeMissing(p)).Select(p => p.Name).ToHashSet(StringComparer.Ordinal),
        };
        return name;
    }

    private static bool IsWritten(JsonPropertyInfo property) => property.Get is not null && IgnoreOf(property) is not JsonIgnoreCondition.Always;

    private static bool MayBeMissing(JsonPropertyInfo property) => IgnoreOf(property) is JsonIgnoreCondition.WhenWritingNull or JsonIgnoreCondition.WhenWritingDefault;

    private static JsonIgnoreCondition? IgnoreOf(JsonPropertyInfo property) =>
        property.AttributeProvider?.GetCustomAttributes(typeof(JsonIgnoreAttribute), inherit: true) is [JsonIgnoreAttribute ignore, ..] ? ignore.Condition : null;
}
