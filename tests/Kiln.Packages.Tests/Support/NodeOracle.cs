using System.Text.Json;

namespace Kiln.Packages.Tests.Support;

/// <summary>Runs node with the `semver` package that npm itself uses: the judge of what a range means to npm.</summary>
internal static class NodeOracle
{
    /// <summary>Standard output of a script in which <c>semver</c> is bound and <c>input</c> is the text given.</summary>
    public static async Task<string> SemverAsync(string script, string input)
    {
        var root = Tools.Find("npm") is null || Tools.Find("node") is null ? null : (await Tools.RunAsync("npm", ["root", "-g"])).Trim();
        var semver = root is null ? null : Path.Combine(root, "npm", "node_modules", "semver");
        if (semver is null || !Directory.Exists(semver))
        {
            Tools.Missing("node and npm");
        }

        var program = $"const semver = require({JsonSerializer.Serialize(semver)}); const input = require('fs').readFileSync(0, 'utf8'); {script}";
        return await Tools.RunAsync("node", ["-e", program], input);
    }
}
