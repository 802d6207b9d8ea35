namespace Kiln.TypeScript.RegularExpressions;

/// <summary>Where V8 differs from ECMA-262, and Kiln follows ECMA-262.</summary>
internal static class EngineDifferences
{
    private const string Saturates = "V8 reads numbers of a quantifier up to 2³¹-1 only, so two larger ones are equal to it.";
    private const string LaterAlternative = "V8 13 compares with the alternative that a name stands in, not with those around it: both groups take part in a match.";

    /// <summary>Invalid literals that V8 accepts, with the reason.</summary>
    public static IReadOnlyDictionary<string, string> Accepted { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["/a{99999999999999999999,99999999999999999998}/"] = Saturates,
        ["/(?<a>x)(?:y|(?<a>z))/"] = LaterAlternative,
        ["/(?<b>y)|(?<a>x)(?:c|(?:d|(?<a>z)))/"] = LaterAlternative,
        ["/a{2147483648,2147483647}/"] = Saturates,
    };
}
