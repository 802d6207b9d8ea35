namespace Kiln.Packages.Scoring;

/// <summary>Whether Markdown shows code, as the registry's score understands it (registry.md §6, 2): by marks alone, without parsing.</summary>
internal static class ReadmeExamples
{
    private static readonly byte[][] Fences = [[.. "```"u8], [.. "~~~"u8]];

    /// <summary>The one-based line of the first code block, fenced or indented; 0 when there is none.</summary>
    public static int LineOfFirst(ReadOnlySpan<byte> markdown)
    {
        var fence = FirstFence(markdown);
        var indented = FirstIndented(markdown);
        return fence < 0 ? LineOf(markdown, indented) : LineOf(markdown, indented < 0 ? fence : Math.Min(fence, indented));
    }

    public static bool HasFence(string text) => text.Contains("```", StringComparison.Ordinal) || text.Contains("~~~", StringComparison.Ordinal);

    private static int FirstFence(ReadOnlySpan<byte> markdown)
    {
        var first = -1;
        foreach (var fence in Fences)
        {
            var at = markdown.IndexOf(fence);
            first = at >= 0 && (first < 0 || at < first) ? at : first;
        }

        return first;
    }

    /// <summary>A line that is indented by four spaces or a tab behind an empty one. The first line has none before it.</summary>
    private static int FirstIndented(ReadOnlySpan<byte> markdown)
    {
        var at = 0;
        var afterBlank = false;
        while (at < markdown.Length)
        {
            var end = markdown[at..].IndexOf((byte)'\n');
            var line = end < 0 ? markdown[at..] : markdown.Slice(at, end);
            var isBlank = line.TrimEnd("\r \t"u8).IsEmpty;
            if (afterBlank && !isBlank && (line.StartsWith("    "u8) || line[0] == '\t'))
            {
                return at;
            }

            afterBlank = isBlank;
            at = end < 0 ? markdown.Length : at + end + 1;
        }

        return -1;
    }

    private static int LineOf(ReadOnlySpan<byte> markdown, int at) => at < 0 ? 0 : markdown[..at].Count((byte)'\n') + 1;
}
