namespace Kiln.Documentation.Comments;

/// <summary>Authors begin with whatever level they like; on a page the levels go on from those around.</summary>
internal static class Headings
{
    /// <summary>How much deeper the headings of a text have to be for the highest to stand right below a level.</summary>
    /// <param name="markdown">Looked at line by line: a guess is enough, and Markdown is parsed once.</param>
    /// <param name="level">Of the heading above the text.</param>
    public static int Offset(string markdown, int level)
    {
        var highest = 7;
        var isFenced = false;
        foreach (var line in markdown.AsSpan().EnumerateLines())
        {
            var text = line.TrimStart(' ');
            if (text.StartsWith("```", StringComparison.Ordinal) || text.StartsWith("~~~", StringComparison.Ordinal))
            {
                isFenced = !isFenced;
            }

            if (isFenced || text.Length == 0)
            {
                continue;
            }

            var marks = text.IndexOfAnyExcept('#');
            if (marks is > 0 and < 7 && text[marks] == ' ')
            {
                highest = Math.Min(highest, marks);
            }
            else if (text.IndexOfAnyExcept('=') < 0)
            {
                highest = 1;
            }
        }

        return highest == 7 ? level : Math.Max(0, level + 1 - highest);
    }
}
