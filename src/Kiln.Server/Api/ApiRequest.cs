using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kiln.Packages.Names;
using Kiln.Packages.Versions;
using Kiln.Registry;
using Kiln.Registry.Catalog;
using Kiln.Registry.Identity;
using Kiln.Server.Api.Routes;

namespace Kiln.Server.Api;

/// <summary>A request to the API after its credential has been read. Reading a parameter either gives a typed value or throws the refusal (<see cref="RefusedException"/>).</summary>
internal sealed class ApiRequest(HttpContext context, Principal principal, ApiRoute route)
{
    public const string Latest = "latest";

    public HttpContext Http => context;

    public Principal Principal => principal;

    public CancellationToken Aborted => context.RequestAborted;

    public string Scope => Name("scope", ScopeName.TryParse(Route("scope"), out _, out var why), why);

    public string Package => Name("package", PackageName.TryParse(Route("package"), out _, out var why), why);

    /// <summary>A version, never <c>latest</c>.</summary>
    public string Version => Name("version", PackageVersion.TryParse(Route("version"), out _, out var why), why);

    /// <summary>A version from a parameter of another name.</summary>
    public string VersionNamed(string parameter) => PackageVersion.TryParse(Route(parameter), out _, out var why) ? Route(parameter) : throw Malformed($"'{Route(parameter)}' is not a version: {why}");

    public string VersionOrLatest => Route("version") == Latest ? Latest : Version;

    public T Service<T>()
        where T : notnull => context.RequestServices.GetRequiredService<T>();

    public string Route(string name) => (string?)context.Request.RouteValues[name] ?? "";

    public Guid Id(string name) => Guid.TryParseExact(Route(name), "D", out var id) ? id : throw Malformed($"'{Route(name)}' is not a UUID.");

    /// <summary>A query parameter that the route declares; null when it is not given.</summary>
    public string? Query(string name) => route.Query.All(q => q.Name != name) ? throw new InvalidOperationException($"{route.Name} does not declare the query parameter '{name}'.") : context.Request.Query[name] is [{ } value, ..] ? value : null;

    /// <summary><c>page</c> and <c>limit</c>; what cannot be read means the default.</summary>
    public PageRequest Page() => new(Math.Clamp(Number("page", 1), 1, 1_000_000), Math.Clamp(Number("limit", 100), 1, 100));

    public int Number(string name, int otherwise) => int.TryParse(Query(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : otherwise;

    /// <summary>The body as an object with the members that the route declares; 400 when it is anything else.</summary>
    public async Task<ApiBody> BodyAsync()
    {
        var shape = route.Body ?? throw new InvalidOperationException($"{route.Name} does not declare a body.");
        try
        {
            var node = await JsonNode.ParseAsync(context.Request.Body, documentOptions: ApiJson.Reading, cancellationToken: Aborted);
            return new ApiBody(node as JsonObject ?? throw Malformed("The body must be a JSON object."), shape);
        }
        catch (JsonException e)
        {
            throw Malformed($"The body is not valid JSON: {e.Message}");
        }
        catch (InvalidOperationException)
        {
            // A member name with half a surrogate pair cannot be compared with the others.
            throw Malformed("The body is not valid JSON: a name in it is not valid Unicode.");
        }
    }

    public static RefusedException Malformed(string message) => new(new ApiError(ApiErrors.MalformedRequest, message));

    private string Name(string name, bool valid, string? why) => valid ? Route(name) : throw Malformed($"'{Route(name)}' is not a {name}: {why}");
}

/// <summary>Ends a request with an answer that its parameters deserve. It is caught in one place, by the endpoint that called the handler.</summary>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "It exists to carry an error.")]
internal sealed class RefusedException(ApiError error) : Exception(error.Message)
{
    public ApiError Error { get; } = error;
}

/// <summary>A JSON object from a client. Unknown members are ignored; a member of the wrong type is a malformed request.</summary>
internal sealed class ApiBody(JsonObject json, BodyShape shape)
{
    /// <summary>The one member that a body with exactly one key has (registry.md §11 no. 10).</summary>
    public string OnlyKey() => json.Count == 1 && json.First().Key is var name && shape.Has(name)
        ? name
        : throw ApiRequest.Malformed($"The body must have exactly one of the keys {string.Join(", ", shape.Members.Select(m => $"'{m.Name}'"))}.");

    public string Text(string name) => TextOrNull(name) ?? throw ApiRequest.Malformed($"'{name}' is required and must be a string.");

    public string? TextOrNull(string name) => Read<string>(name, "a string");

    public bool Flag(string name) => Read<bool?>(name, "true or false") ?? throw ApiRequest.Malformed($"'{name}' is required and must be true or false.");

    public bool? FlagOrNull(string name) => Read<bool?>(name, "true or false");

    public int? NumberOrNull(string name) => Read<int?>(name, "a whole number");

    public Guid Id(string name) => Guid.TryParseExact(Text(name), "D", out var id) ? id : throw ApiRequest.Malformed($"'{name}' must be a UUID.");

    /// <summary>Anything that can be written again.</summary>
    public JsonNode? NodeOrNull(string name)
    {
        var node = json[Declared(name)];
        try
        {
            _ = node?.ToJsonString();
            return node;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, somewhere in it: there is no text that says so.
            throw ApiRequest.Malformed($"'{name}' has a text that is not valid Unicode.");
        }
    }

    public DateTimeOffset? TimeOrNull(string name) => Read<DateTimeOffset?>(name, "an RFC 3339 time");

    public T? ObjectOrNull<T>(string name)
        where T : class => Read<T>(name, "of the documented shape");

    private T? Read<T>(string name, string kind)
    {
        try
        {
            return json[Declared(name)] is { } node ? node.Deserialize<T>(ApiJson.Compact) : default;
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            throw ApiRequest.Malformed($"'{name}' must be {kind}.");
        }
    }

    private string Declared(string name) => shape.Has(name) ? name : throw new InvalidOperationException($"The route does not declare the member '{name}' of its body.");
}
