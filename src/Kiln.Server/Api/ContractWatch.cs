using System.Collections.Concurrent;
using Kiln.Server.Api.Routes;

namespace Kiln.Server.Api;

/// <summary>
/// Compares every reply with what its route declares. Tests register one and want it empty: what the table of routes, and with it the OpenAPI document, says is then what clients get.
/// A server that runs has none.
/// </summary>
internal sealed class ContractWatch
{
    private readonly ConcurrentDictionary<string, bool> breaches = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Breaches => [.. breaches.Keys.Order(StringComparer.Ordinal)];

    public void Check(ApiRoute route, ApiReply reply)
    {
        if (reply.Error is { } error)
        {
            if (!route.AllErrors.Contains(error.Code))
            {
                breaches[$"{route.Name} answers with {error.Code}, which it does not declare."] = true;
            }
        }
        else if (reply.Type is null ? route.Replies.Count > 0 : !route.Replies.Any(t => t.IsAssignableFrom(reply.Type)))
        {
            breaches[$"{route.Name} answers with {reply.Type?.ToString() ?? "nothing"}, which it does not declare."] = true;
        }
    }
}
