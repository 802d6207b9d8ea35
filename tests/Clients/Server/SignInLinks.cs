using System.Text.RegularExpressions;

namespace Kiln.Clients.Server;

/// <summary>The link that the server prints at its first start.</summary>
internal static partial class SignInLinks
{
    private static readonly SemaphoreSlim Gate = new(1);
    private static readonly Dictionary<KilnServer, string> Sessions = [];

    /// <summary>Opens the one-time link.</summary>
    public static async Task OpenAsync(Browser browser, KilnServer server)
    {
        var link = Link().Match(server.Said);
        Assert.True(link.Success, $"No sign-in link was printed:\n{server.Said}");
        await browser.OpenAsync(link.Value);
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+/(auth/)?(sign-?in|login|auth/link)\S+", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Link();
}
