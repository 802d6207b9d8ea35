using System.Diagnostics.CodeAnalysis;

namespace Kiln.Registry;

/// <summary>
/// The operator's own words about names: a text file with one line for each name, <c>reserved NAME</c> (only staff can give it), <c>forbidden NAME</c> (nobody gets it) or <c>allowed NAME</c>
/// (takes a name off Kiln's own reserved list). What follows <c>#</c> is a comment.
/// </summary>
public sealed record NameList(IReadOnlyList<string> Reserved, IReadOnlyList<string> Forbidden)
{
    /// <summary>A longer file is a mistake.</summary>
    private const int MaxLines = 100_000;

    public static NameList Default { get; } = new(RegistryOptions.DefaultReservedScopes, []);

    /// <param name="problem">Names the line.</param>
    public static bool TryParse(IEnumerable<string> lines, [NotNullWhen(true)] out NameList? list, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var reserved = new SortedSet<string>(RegistryOptions.DefaultReservedScopes, StringComparer.Ordinal);
        var forbidden = new SortedSet<string>(StringComparer.Ordinal);
        var number = 0;
        list = null;
        foreach (var line in lines)
        {
            number++;
            if (number > MaxLines)
            {
                problem = $"has more than {MaxLines} lines";
                return false;
            }

            switch (line.Split('#')[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            {
                case []:
                    break;
                case ["reserved", var name] when IsName(name):
                    reserved.Add(name);
                    break;
                case ["forbidden", var name] when IsName(name):
                    forbidden.Add(name);
                    break;
                case ["allowed", var name] when IsName(name):
                    reserved.Remove(name);
                    break;
                default:
                    problem = $"line {number}: write reserved, forbidden or allowed, and a name of lower-case letters, digits and hyphens";
                    return false;
            }
        }

        list = new NameList([.. reserved], [.. forbidden]);
        problem = null;
        return true;
    }

    private static bool IsName(string text) => text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
