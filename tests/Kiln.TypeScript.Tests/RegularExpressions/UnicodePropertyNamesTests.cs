namespace Kiln.TypeScript.RegularExpressions;

/// <summary>Every name of <c>PropertyNames.txt</c> in every place where a name may stand, and misspelt, with V8 as the judge.</summary>
public sealed class UnicodePropertyNamesTests
{
    /// <summary>The scripts that only engines with Unicode 17 know.</summary>
    private static readonly string[] Unicode17 = ["Berf", "Beria_Erfe", "Sidetic", "Sidt", "Tai_Yo", "Tayo", "Tolong_Siki", "Tols"];

    [Fact]
    public async Task V8_knows_the_same_names()
    {
        var names = await ReadNamesAsync();
        Assert.True(names.Length > 500, $"{names.Length}");
        var literals = names.SelectMany(UsesOf).Distinct(StringComparer.Ordinal).ToList();
        var (features, verdicts) = await RegularExpressionOracle.AskAsync(literals);
        var differences = new List<string>();
        var known = 0;
        for (var i = 0; i < literals.Count; i++)
        {
            var isKnown = Literals.FirstCode(literals[i]) == 0;
            known += isKnown ? 1 : 0;
            if (verdicts[i].Engine != isKnown && (features.Contains("unicode17") || !Unicode17.Any(n => literals[i].Contains(n, StringComparison.Ordinal))))
            {
                differences.Add($"{literals[i]} V8 {(verdicts[i].Engine ? "accepts" : "refuses")}");
            }
        }

        Assert.True(differences.Count == 0, string.Join("\n", differences));
        Assert.True(known > 1_000, $"{known}");
    }

    private static IEnumerable<string> UsesOf(string name)
    {
        string[] spellings = [name, name.ToLowerInvariant(), name.ToUpperInvariant(), name.Replace("_", "", StringComparison.Ordinal), name[..^1]];
        foreach (var spelling in spellings)
        {
            yield return $"/\\p{{{spelling}}}/u";
            yield return $"/\\P{{{spelling}}}/v";
            yield return $"/[^\\p{{{spelling}}}]/v";
            yield return $"/\\p{{gc={spelling}}}/u";
            yield return $"/\\p{{Script={spelling}}}/u";
            yield return $"/\\p{{scx={spelling}}}/v";
        }

        yield return $"/\\p{{{name}}}/v";
        yield return $"/\\p{{{name}=Latin}}/u";
        yield return $"/\\p{{{name}=L}}/u";
    }

    private static async Task<string[]> ReadNamesAsync()
    {
        var assembly = typeof(UnicodePropertyNamesTests).Assembly;
        var resource = assembly.GetManifestResourceNames().Single(n => n.EndsWith(".RegularExpressions.PropertyNames.txt", StringComparison.Ordinal));
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        var lines = (await reader.ReadToEndAsync()).Split('\n').Where(l => l.Length > 0 && l[0] != '#');
        return [.. lines.SelectMany(l => l.Split(' '))];
    }
}
