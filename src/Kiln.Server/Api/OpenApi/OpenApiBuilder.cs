using System.Globalization;
using System.Text.Json.Nodes;
using Kiln.Registry;
using Kiln.Server.Api.Routes;
using Microsoft.OpenApi;

namespace Kiln.Server.Api.OpenApi;

/// <summary>The OpenAPI document, made of the table of routes: nothing in it is written by hand a second time.</summary>
internal static class OpenApiBuilder
{
    private const string Bearer = "bearer";
    private const string Session = "session";

    /// <param name="publicUrl">Of the registry; ends with a slash.</param>
    public static OpenApiDocument Build(Uri publicUrl)
    {
        var document = new OpenApiDocument
        {
            Info = new OpenApiInfo
            {
                Title = "Kiln",
                Version = typeof(OpenApiBuilder).Assembly.GetName().Version?.ToString(3) ?? "0.0.0",
                Description = "The management API of a Kiln registry. Modules and npm packages are read from other addresses, which need no API.",
            },
            Servers = [new OpenApiServer { Url = new Uri(publicUrl, "api").ToString() }],
            Components = new OpenApiComponents
            {
                Schemas = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal),
                SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
                {
                    [Bearer] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A personal or device token." },
                    [Session] = new OpenApiSecurityScheme
                    {
                        Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Cookie, Name = Credentials.SessionCookie, Description = "A session in a browser; it wins over a bearer token.",
                    },
                },
            },
            Paths = [],
            Tags = new HashSet<OpenApiTag>(ApiRoutes.Groups.Select(g => new OpenApiTag { Name = g.Title })),
        };
        var schemas = new SchemaBuilder(document);
        foreach (var (title, routes) in ApiRoutes.Groups)
        {
            foreach (var route in routes)
            {
                var path = "/" + route.Template;
                if (!document.Paths.TryGetValue(path, out var item))
                {
                    document.Paths[path] = item = new OpenApiPathItem();
                }

                ((OpenApiPathItem)item).AddOperation(new HttpMethod(route.Method), OperationOf(document, schemas, title, route));
            }
        }

        return document;
    }

    private static OpenApiOperation OperationOf(OpenApiDocument document, SchemaBuilder schemas, string title, ApiRoute route)
    {
        var operation = new OpenApiOperation
        {
            OperationId = IdOf(route),
            Summary = route.Summary,
            Description = $"For {route.Policy.Meaning}." + (route.IsOurs ? " The reference registry does not have it." : ""),
            Tags = new HashSet<OpenApiTagReference> { new(title, document) },
            Parameters =
            [
                .. route.Parameters.Select(name => new OpenApiParameter { Name = name, In = ParameterLocation.Path, Required = true, Schema = ParameterSchema(name) }),
                .. route.Query.Select(q => new OpenApiParameter
                {
                    Name = q.Name, In = ParameterLocation.Query, Required = q.IsRequired, Description = q.Meaning, Schema = schemas.Of(q.Type),
                }),
                .. route.BodyEncoding is { } encoding
                    ? [new OpenApiParameter { Name = "Content-Encoding", In = ParameterLocation.Header, Required = true, Schema = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [encoding] } }]
                    : Array.Empty<OpenApiParameter>(),
            ],
            RequestBody = BodyOf(schemas, route),
            Responses = [],
            Security = SecurityOf(document, route),
        };
        operation.Responses[route.Replies.Count == 0 ? "204" : "200"] = SuccessOf(schemas, route);
        foreach (var status in ApiErrors.All.Where(e => route.AllErrors.Contains(e.Code)).GroupBy(e => e.Status))
        {
            operation.Responses[status.Key.ToString(CultureInfo.InvariantCulture)] = RefusalOf(schemas, status);
        }

        return operation;
    }

    /// <summary><c>getScopesScopeMembers</c>.</summary>
    private static string IdOf(ApiRoute route) => route.Method.ToLowerInvariant() + string.Concat(route.Template.Split(['/', '_', '-', '.', '{', '}'], StringSplitOptions.RemoveEmptyEntries)
        .Select(p => char.ToUpperInvariant(p[0]) + p[1..]));

    private static OpenApiSchema ParameterSchema(string name) => new() { Type = JsonSchemaType.String, Format = name is "id" or "userId" ? "uuid" : null };

    private static OpenApiRequestBody? BodyOf(SchemaBuilder schemas, ApiRoute route)
    {
        if (route.Body is { } body)
        {
            return new OpenApiRequestBody { Required = true, Content = Content("application/json", schemas.Of(body)) };
        }

        return route.BodyType is { } type
            ? new OpenApiRequestBody { Required = true, Content = Content(type, new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" }) }
            : null;
    }

    private static OpenApiResponse SuccessOf(SchemaBuilder schemas, ApiRoute route)
    {
        if (route.Replies.Count == 0)
        {
            return new OpenApiResponse { Description = "Done." };
        }

        if (route.ReplyType != "application/json")
        {
            return new OpenApiResponse { Description = route.Summary, Content = Content(route.ReplyType, new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" }) };
        }

        return new OpenApiResponse
        {
            Description = route.Summary,
            Content = Content("application/json", route.Replies.Count == 1 ? schemas.Of(route.Replies[0]) : new OpenApiSchema { AnyOf = [.. route.Replies.Select(r => schemas.Of(r))] }),
        };
    }

    private static OpenApiResponse RefusalOf(SchemaBuilder schemas, IGrouping<int, ApiErrorCode> codes)
    {
        var schema = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
            {
                ["code"] = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. codes.Select(c => (JsonNode)c.Code)] },
                ["message"] = new OpenApiSchema { Type = JsonSchemaType.String },
                ["ray"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "The name of the request, as in x-deno-ray." },
            },
            Required = new HashSet<string>(["code", "message", "ray"], StringComparer.Ordinal),
        };
        if (codes.Any(c => c.Code == ApiErrors.DuplicateVersionPublish))
        {
            schema.Properties["task"] = schemas.Of(typeof(Kiln.Registry.Publishing.PublishingTask));
        }

        return new OpenApiResponse
        {
            Description = string.Join(' ', codes.Select(c => $"`{c.Code}`: {c.Meaning}")),
            Content = Content("application/json", schema),
            Headers = codes.Key is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable
                ? new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal)
                {
                    ["Retry-After"] = new OpenApiHeader { Description = "Seconds after which it is worth another try.", Schema = new OpenApiSchema { Type = JsonSchemaType.Integer } },
                }
                : null,
        };
    }

    private static List<OpenApiSecurityRequirement> SecurityOf(OpenApiDocument document, ApiRoute route)
    {
        List<OpenApiSecurityRequirement> either =
        [
            new() { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] },
            new() { [new OpenApiSecuritySchemeReference(Session, document)] = [] },
        ];
        return route.Policy == RoutePolicy.Public ? [new OpenApiSecurityRequirement(), .. either] : either;
    }

    private static Dictionary<string, IOpenApiMediaType> Content(string type, IOpenApiSchema schema) =>
        new(StringComparer.Ordinal) { [type] = new OpenApiMediaType { Schema = schema } };
}
