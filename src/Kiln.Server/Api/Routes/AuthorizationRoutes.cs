using Kiln.Registry;
using Kiln.Registry.Identity;
using Kiln.Server.Hosting.RateLimiting;

namespace Kiln.Server.Api.Routes;

/// <summary>How a command line gets a token from a person at a browser (registry.md §3.4).</summary>
internal static class AuthorizationRoutes
{
    public static IReadOnlyList<ApiRoute> All { get; } =
    [
        new("POST", "authorizations", RoutePolicy.Public, AuthorizationsApi.CreateAsync, "Ask for a token; a person approves it at the address in the reply.")
        {
            Body = BodyShape.Of(BodyMember.Text("challenge"), BodyMember.Optional<Permission[]>("permissions")),
            Rate = RateClass.Authorize,
            Replies = [typeof(Wire.NewAuthorizationShape)],
            Errors = [ApiErrors.TooManyAuthorizations],
            NotAudited = "It changes nothing that belongs to anybody, and strangers could fill the log.",
        },
        new("POST", "authorizations/exchange", RoutePolicy.Public, AuthorizationsApi.ExchangeAsync, "Get the token, once it has been approved.")
        {
            Body = BodyShape.Of(BodyMember.Text("exchangeToken"), BodyMember.Text("verifier")),
            Rate = RateClass.Read, // it is polled
            Replies = [typeof(ExchangedAuthorization)],
            Errors =
            [
                ApiErrors.AuthorizationNotFound, ApiErrors.AuthorizationExpired, ApiErrors.AuthorizationPending, ApiErrors.AuthorizationDenied, ApiErrors.AuthorizationInvalidVerifier,
            ],
            Actions = ["create_token"],
        },
        new("GET", "authorizations/details/{code}", RoutePolicy.Public, AuthorizationsApi.DetailsAsync, "What a command line asks for.")
        {
            Cache = CachePolicy.NoStore,
            Replies = [typeof(Wire.AuthorizationShape)],
            Errors = [ApiErrors.AuthorizationNotFound, ApiErrors.TooManyAttempts],
        },
        new("POST", "authorizations/approve/{code}", RoutePolicy.Web, AuthorizationsApi.ApproveAsync, "Give a command line what it asks for.")
        {
            Errors = [ApiErrors.AuthorizationNotFound, ApiErrors.TooManyAttempts],
            Actions = ["approve_authorization"],
        },
        new("POST", "authorizations/deny/{code}", RoutePolicy.Web, AuthorizationsApi.DenyAsync, "Refuse a command line what it asks for.")
        {
            Errors = [ApiErrors.AuthorizationNotFound, ApiErrors.TooManyAttempts],
            Actions = ["deny_authorization"],
        },
    ];
}
