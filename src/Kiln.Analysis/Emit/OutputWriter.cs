using System.Buffers;
using System.Globalization;

namespace Kiln.Analysis.Emit;

/// <summary>Where a piece of the output came from.</summary>
/// <param name="Output">Offset in the output.</param>
/// <param name="Source">Offset in the source.</param>
/// <param name="Length">Copied length; 0 marks one position.</param>
internal readonly record struct CopiedRange(int Output, int Source, int Length);

/// <summary>
/// The growing output. Knows what was copied from where, keeps tokens apart when something between them was deleted, and keeps lines: the line
/// breaks of source that is not written come back in front of what is copied next.
/// </summary>
internal sealed class OutputWriter(string source, bool track)
{
    /// <summary>Larger buffers are left to the collector: the pool would keep them.</summary>
    private const int MaxPooled = 1 << 20;

    private char[] buffer = Rent(Math.Max(256, source.Length + (source.Length >> 3)));
    private readonly int limit = (int)Math.Min(1_000_000L + (10L * source.Length), 1_000_000_000);
    private const int MaxIndent = 64;

    private bool seam;
    private int reached;

    /// <summary>Line breaks that the source has up to <see cref="reached"/> and the output does not. Negative when generated text has more.</summary>
    private int owedLines;
    private string? lineBreak;

    /// <summary>
    /// The output would be more than ten times the source, and more than small files may ever need. Only source written for that purpose gets here (a long namespace name used a million times);
    /// the rest is left out.
    /// </summary>
    public bool Overflowed { get; private set; }

    public int Length { get; private set; }
    public List<CopiedRange> Ranges { get; } = [];

    /// <summary>False while source is written out of order.</summary>
    public bool KeepsLines { get; set; } = true;

    /// <summary>False for output whose lines are its own from beginning to end: then nothing is counted.</summary>
    public bool CountsLines { get; init; } = true;
    public ReadOnlySpan<char> Written => buffer.AsSpan(0, Length);
    public char Last => Length > 0 ? buffer[Length - 1] : '\n';

    public void Copy(int start, int end)
    {
        if (end <= start)
        {
            return;
        }

        Reach(start);
        var span = source.AsSpan(start, end - start);
        if (KeepsLines)
        {
            reached = Math.Max(reached, end);
        }
        else if (CountsLines)
        {
            owedLines -= CountLineBreaks(span);
        }

        CloseSeam(span);
        if (track)
        {
            Ranges.Add(new CopiedRange(Length, start, span.Length));
        }

        Put(span);
    }

    public void Write(ReadOnlySpan<char> text)
    {
        // What no longer fits need not be looked through.
        if (text.Length > 0 && !Overflowed)
        {
            owedLines -= CountsLines ? CountLineBreaks(text) : 0;
            CloseSeam(text);
            Put(text);
        }
    }

    public void Write(int number) => Write(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>Says that what is written next stems from a place in the source.</summary>
    public void Mark(int position)
    {
        Reach(position);
        if (track)
        {
            Ranges.Add(new CopiedRange(Length, position, 0));
        }
    }

    /// <summary>Brings the output to the line of a place in the source, unless it is there already or beyond.</summary>
    public void Reach(int position)
    {
        if (!KeepsLines)
        {
            return;
        }

        if (position <= reached && owedLines <= 0)
        {
            return;
        }

        var skipped = position > reached ? source.AsSpan(reached, position - reached) : default;
        owedLines += CountLineBreaks(skipped);
        reached = Math.Max(reached, position);

        if (owedLines > 0 && !IsBehindAsync(position))
        {
            BreakLines();

            // With the indentation of the line that goes on.
            var indent = skipped[(skipped.LastIndexOfAny("\n\r\u2028\u2029") + 1)..];
            if (indent.Length is > 0 and <= MaxIndent && indent.Length < skipped.Length && !indent.ContainsAnyExcept(' ', '\t'))
            {
                Put(indent);
            }
        }
    }

    /// <summary>Something was left out here: the next text must not fuse with the last token.</summary>
    public void Deleted() => seam = true;

    /// <summary>Takes back what was written since <see cref="Length"/> had this value. Not while lines are kept.</summary>
    public void Rewind(int length)
    {
        Length = length;
        while (Ranges.Count > 0 && Ranges[^1].Output >= length)
        {
            Ranges.RemoveAt(Ranges.Count - 1);
        }
    }

    /// <summary>Puts text at an earlier place and moves everything behind it.</summary>
    public void Insert(int position, string text)
    {
        if (text.Length == 0)
        {
            return;
        }

        EnsureRoom(text.Length);
        Array.Copy(buffer, position, buffer, position + text.Length, Length - position);
        text.CopyTo(buffer.AsSpan(position));
        Length += text.Length;
        for (var i = 0; i < Ranges.Count; i++)
        {
            var range = Ranges[i];
            if (range.Output >= position)
            {
                Ranges[i] = range with { Output = range.Output + text.Length };
            }
            else if (range.Output + range.Length > position)
            {
                var head = position - range.Output;
                Ranges[i] = range with { Length = head };
                Ranges.Insert(i + 1, new CopiedRange(position + text.Length, range.Source + head, range.Length - head));
                i++;
            }
        }
    }

    /// <summary>The output. Ends the writer.</summary>
    public string Take()
    {
        var result = new string(buffer, 0, Length);
        Return(buffer);
        buffer = [];
        return result;
    }

    private static char[] Rent(int length) => length <= MaxPooled ? ArrayPool<char>.Shared.Rent(length) : GC.AllocateUninitializedArray<char>(length);

    private static void Return(char[] buffer)
    {
        if (buffer.Length <= MaxPooled)
        {
            ArrayPool<char>.Shared.Return(buffer);
        }
    }

    /// <summary>No line may end between <c>async</c> and a name: <c>async override⏎f() {}</c>.</summary>
    private bool IsBehindAsync(int position) =>
        Written.EndsWith("async ", StringComparison.Ordinal) && position < source.Length && (IsIdentifierPart(source[position]) || source[position] is '[' or '*' or '"' or '\'' or '\\');

    private static int CountLineBreaks(ReadOnlySpan<char> text)
    {
        var count = 0;
        int next;
        while ((next = text.IndexOfAny("\n\r\u2028\u2029")) >= 0)
        {
            count++;
            text = text[(next + (text[next] == '\r' && next + 1 < text.Length && text[next + 1] == '\n' ? 2 : 1))..];
        }

        return count;
    }

    private void BreakLines()
    {
        while (Length > 0 && buffer[Length - 1] is (' ' or '\t'))
        {
            Length--;
        }

        // What was copied last may have been that space.
        for (var i = Ranges.Count - 1; i >= 0 && Ranges[i].Output + Ranges[i].Length > Length; i--)
        {
            var start = Math.Min(Ranges[i].Output, Length);
            Ranges[i] = Ranges[i] with { Output = start, Length = Math.Min(Ranges[i].Length, Length - start) };
        }

        lineBreak ??= source.AsSpan().IndexOf('\n') is > 0 and var first && source[first - 1] == '\r' ? "\r\n" : "\n";
        for (; owedLines > 0; owedLines--)
        {
            Put(lineBreak);
        }
    }

    private void Put(ReadOnlySpan<char> text)
    {
        if (Length + text.Length > limit)
        {
            Overflowed = true;
            return;
        }

        EnsureRoom(text.Length);
        text.CopyTo(buffer.AsSpan(Length));
        Length += text.Length;
    }

    private void EnsureRoom(int more)
    {
        if (Length + more > buffer.Length)
        {
            var larger = Rent(Math.Max(buffer.Length * 2, Length + more));
            Written.CopyTo(larger);
            Return(buffer);
            buffer = larger;
        }
    }

    private void CloseSeam(ReadOnlySpan<char> next)
    {
        if (!seam)
        {
            return;
        }

        seam = false;
        if (Length > 0 && Fuses(buffer[Length - 1], next[0]))
        {
            Put(" ");
        }
    }

    private bool Fuses(char last, char next) => last switch
    {
        '+' => next == '+',
        '-' => next is '-' or '>',
        '/' => next is '/' or '*',
        '*' => next is '/' or '*',
        '<' => next is '!' or '<',
        '?' => next is '.' or '?',
        _ when IsIdentifierPart(last) => IsIdentifierPart(next) || next == '\\' || (next == '.' && EndsWithInteger()),
        _ => false,
    };

    private static bool IsIdentifierPart(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '$' or '#' || (c > 127 && (char.IsLetterOrDigit(c) || char.IsSurrogate(c) || c is '\u200c' or '\u200d'));

    /// <summary><c>1!.toFixed()</c> must not become <c>1.toFixed()</c>.</summary>
    private bool EndsWithInteger()
    {
        var i = Length - 1;
        while (i >= 0 && (char.IsAsciiDigit(buffer[i]) || buffer[i] == '_'))
        {
            i--;
        }

        return i < Length - 1 && (i < 0 || !(IsIdentifierPart(buffer[i]) || buffer[i] == '.'));
    }
}
