using System.Text.Json;
using Kiln.Tooling;

namespace Kiln.TypeScript.RegularExpressions;

/// <summary>Asks V8 (the node on the path) and TypeScript what they make of literals.</summary>
internal static class RegularExpressionOracle
{
    private static readonly JsonSerializerOptions Camel = new(JsonSerializerDefaults.Web);

    /// <summary>The features that this V8 has, and its verdict on each literal in order.</summary>
    public static async Task<(HashSet<string> Features, IReadOnlyList<Verdict> Verdicts)> AskAsync(IReadOnlyCollection<string> literals, bool withTypeScript = false)
    {
        string[] arguments = [Path.Combine(ToolPaths.Scripts, "regexp-oracle.mjs"), .. withTypeScript ? [ToolPaths.ClientModules] : Array.Empty<string>()];
        var run = await Child.RunAsync(ToolPaths.Node, arguments, input: string.Join('\n', literals.Select(l => JsonSerializer.Serialize(l))), seconds: 300);
        var lines = run.MustSucceed().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(literals.Count + 1, lines.Length);
        var features = JsonSerializer.Deserialize<Dictionary<string, bool>>(lines[0])!.Where(f => f.Value).Select(f => f.Key);
        return (features.ToHashSet(StringComparer.Ordinal), [.. lines.Skip(1).Select(l => JsonSerializer.Deserialize<Verdict>(l, Camel)!)]);
    }

    /// <param name="Engine">V8 parses it.</param>
    /// <param name="TypeScript">Codes in order; null when TypeScript was not asked.</param>
    internal sealed record Verdict(bool Engine, int[]? TypeScript);
}
