using System.Text.RegularExpressions;

namespace Kiln.Faults.Harness;

/// <param name="Begin">The line on which it was called; later lines came later, whichever thread wrote them.</param>
/// <param name="End">The line on which it returned.</param>
/// <param name="Arguments">As strace prints them, descriptors with their paths.</param>
internal sealed record SystemCall(int Begin, int End, string Name, string Arguments, long Result);

/// <summary>Reads what <c>strace -f -y</c> wrote.</summary>
internal static partial class SystemCalls
{
    public static IReadOnlyList<SystemCall> Read(string log)
    {
        var calls = new List<SystemCall>();
        var open = new Dictionary<string, (int Line, string Text)>(StringComparer.Ordinal);
        var lines = log.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var space = lines[i].IndexOf(' ', StringComparison.Ordinal);
            if (space < 0)
            {
                continue;
            }

            var (thread, text, begin) = (lines[i][..space], lines[i][space..].Trim(), i);
            if (text.EndsWith("<unfinished ...>", StringComparison.Ordinal))
            {
                open[thread] = (i, text[..^"<unfinished ...>".Length].TrimEnd());
                continue;
            }

            if (Resumed().Match(text) is { Success: true } resumed)
            {
                if (!open.Remove(thread, out var start))
                {
                    continue; // Called before strace was attached.
                }

                (begin, text) = (start.Line, start.Text + text[resumed.Length..]);
            }

            if (Call().Match(text) is { Success: true } call)
            {
                calls.Add(new SystemCall(begin, i, call.Groups[1].Value, call.Groups[2].Value, long.Parse(call.Groups[3].ValueSpan, System.Globalization.CultureInfo.InvariantCulture)));
            }
        }

        return [.. calls.OrderBy(c => c.Begin)];
    }

    [GeneratedRegex(@"^<\.\.\. \w+ resumed>", RegexOptions.None, 1000)]
    private static partial Regex Resumed();

    [GeneratedRegex(@"^(\w+)\((.*)\)\s+= (-?\d+)", RegexOptions.Singleline, 5000)]
    private static partial Regex Call();
}
