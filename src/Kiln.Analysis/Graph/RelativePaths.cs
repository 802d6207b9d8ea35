using System.Text;

namespace Kiln.Analysis.Graph;

/// <summary>Relative specifiers between files of a package.</summary>
public static class RelativePaths
{
    /// <summary>How <paramref name="from"/> (a file) names <paramref name="to"/>; starts with <c>./</c> or <c>../</c>. Both are absolute package paths.</summary>
    /// <remarks>Characters that a URL would read otherwise (<c>%</c>, <c>?</c>, <c>#</c>) are escaped.</remarks>
    public static string Get(string from, string to)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        var common = 0;
        for (var i = 0; i < from.Length && i < to.Length && from[i] == to[i]; i++)
        {
            if (from[i] == '/')
            {
                common = i + 1;
            }
        }

        var result = new StringBuilder();
        foreach (var c in from.AsSpan(common))
        {
            if (c == '/')
            {
                result.Append("../");
            }
        }

        if (result.Length == 0)
        {
            result.Append("./");
        }

        foreach (var c in to.AsSpan(common))
        {
            _ = c switch
            {
                '%' => result.Append("%25"),
                '?' => result.Append("%3F"),
                '#' => result.Append("%23"),
                _ => result.Append(c),
            };
        }

        return result.ToString();
    }
}
