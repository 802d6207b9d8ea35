using System.Diagnostics.CodeAnalysis;
using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace Kiln.Server.Hosting;

/// <summary>
/// Whose <c>X-Forwarded-For</c> is believed: addresses and networks that the operator names, nobody by default. From the last entry on, addresses of trusted proxies are skipped; the first that
/// is none is the client (security.md H7).
/// </summary>
internal static class TrustedProxies
{
    public static bool TryParse(string text, [NotNullWhen(true)] out IReadOnlyList<IPNetwork>? networks, [NotNullWhen(false)] out string? problem)
    {
        var found = new List<IPNetwork>();
        networks = null;
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (IPAddress.TryParse(part, out var address))
            {
                found.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            }
            else if (IPNetwork.TryParse(part, out var network))
            {
                found.Add(network);
            }
            else
            {
                problem = $"'{part}' is neither an address nor a network, for example 10.0.0.7,10.1.0.0/16";
                return false;
            }
        }

        networks = found;
        problem = null;
        return true;
    }

    public static void UseTrustedProxies(this IApplicationBuilder app, IReadOnlyList<IPNetwork> networks)
    {
        if (networks.Count == 0)
        {
            return;
        }

        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor, ForwardLimit = null };
        options.KnownProxies.Clear(); // the framework trusts the local machine unasked
        options.KnownIPNetworks.Clear();
        foreach (var network in networks)
        {
            options.KnownIPNetworks.Add(network);
        }

        app.UseForwardedHeaders(options);
    }
}
