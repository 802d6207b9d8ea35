namespace Kiln.Registry.Data;

/// <summary>Patterns for <c>LIKE … ESCAPE '\'</c>.</summary>
internal static class LikeText
{
    /// <summary>Finds the term anywhere; <c>%</c>, <c>_</c> and <c>\</c> in it mean themselves.</summary>
    public static string Contains(string term) =>
        "%" + term.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal) + "%";
}
