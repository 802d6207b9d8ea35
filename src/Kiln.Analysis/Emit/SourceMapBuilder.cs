using System.Globalization;
using System.Text;
using Kiln.Analysis.Rewriting;
using Kiln.TypeScript.Text;

namespace Kiln.Analysis.Emit;

/// <summary>Writes source maps, version 3: a segment at the start of every word and punctuator run of copied text, and at every line.</summary>
internal static class SourceMapBuilder
{
    private const string Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    public static string Build(ReadOnlySpan<char> output, List<CopiedRange> ranges, LineMap lines, string file, string sourcePath, RewrittenSource? shipped)
    {
        shipped = shipped is { IsChanged: true } ? shipped : null;
        var text = new StringBuilder();
        text.Append("{\"version\":3,\"file\":");
        AppendJson(text, file);
        text.Append(",\"sources\":[");
        if (ranges.Count > 0)
        {
            AppendJson(text, sourcePath);
        }

        text.Append("],\"names\":[],\"mappings\":\"");
        AppendMappings(text, output, ranges, shipped?.Lines ?? lines, shipped);
        return text.Append("\"}").ToString();
    }

    private static void AppendMappings(StringBuilder text, ReadOnlySpan<char> output, List<CopiedRange> ranges, LineMap lines, RewrittenSource? shipped)
    {
        var outputAt = 0;
        var lineStart = 0;
        var firstInLine = true;
        int lastColumn = 0, lastLine = 0, lastSourceColumn = 0;
        var sourceLine = 0;
        var nextLineStart = lines.LineCount > 1 ? lines.GetLineStart(1) : int.MaxValue;
        var previousSource = -1;
        foreach (var range in ranges)
        {
            // Lines of generated text.
            for (; outputAt < range.Output; outputAt++)
            {
                if (output[outputAt] == '\n')
                {
                    NewLine(text, outputAt + 1);
                }
            }

            if (range.Length == 0)
            {
                Segment(text, range.Source);
                continue;
            }

            var inWord = false;
            var fresh = true;
            for (var i = 0; i < range.Length; i++)
            {
                var c = output[outputAt];
                if (c == '\n')
                {
                    outputAt++;
                    NewLine(text, outputAt);
                    inWord = false;
                    fresh = true;
                    continue;
                }

                var word = char.IsAsciiLetterOrDigit(c) || c is '_' or '$' || c > 127;
                if (word ? !inWord : fresh && c is not (' ' or '\t' or '\r'))
                {
                    Segment(text, range.Source + i);
                    fresh = false;
                }
                else if (c is ' ' or '\t')
                {
                    fresh = true;
                }

                inWord = word;
                outputAt++;
            }
        }

        void NewLine(StringBuilder to, int start)
        {
            to.Append(';');
            lineStart = start;
            lastColumn = 0;
            firstInLine = true;
        }

        void Segment(StringBuilder to, int source)
        {
            source = shipped?.PlaceOf(source) ?? source;
            if (source < previousSource)
            {
                sourceLine = lines.GetLine(source);
                nextLineStart = sourceLine + 1 < lines.LineCount ? lines.GetLineStart(sourceLine + 1) : int.MaxValue;
            }

            while (source >= nextLineStart)
            {
                sourceLine++;
                nextLineStart = sourceLine + 1 < lines.LineCount ? lines.GetLineStart(sourceLine + 1) : int.MaxValue;
            }

            previousSource = source;
            if (!firstInLine)
            {
                to.Append(',');
            }

            firstInLine = false;
            var column = outputAt - lineStart;
            var sourceColumn = source - lines.GetLineStart(sourceLine);
            AppendVlq(to, column - lastColumn);
            to.Append('A');
            AppendVlq(to, sourceLine - lastLine);
            AppendVlq(to, sourceColumn - lastSourceColumn);
            lastColumn = column;
            lastLine = sourceLine;
            lastSourceColumn = sourceColumn;
        }
    }

    private static void AppendVlq(StringBuilder text, int value)
    {
        var rest = value < 0 ? ((uint)-value << 1) | 1 : (uint)value << 1;
        do
        {
            var digit = rest & 31;
            rest >>= 5;
            text.Append(Digits[(int)(rest > 0 ? digit | 32 : digit)]);
        }
        while (rest > 0);
    }

    private static void AppendJson(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
        {
            if (c is '"' or '\\')
            {
                text.Append('\\').Append(c);
            }
            else if (c < ' ')
            {
                text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            }
            else
            {
                text.Append(c);
            }
        }

        text.Append('"');
    }
}
