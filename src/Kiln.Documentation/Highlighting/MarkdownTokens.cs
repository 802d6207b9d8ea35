namespace Kiln.Documentation.Highlighting;

/// <summary>Markdown line by line: headings, fences, quotes, list marks, code, targets of links.</summary>
internal static class MarkdownTokens
{
    public static CodeTokenList Read(string text)
    {
        var tokens = new CodeTokenList();
        var fence = "";
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end;
            var line = text.AsSpan(start, end - start);
            var trimmed = line.TrimStart(' ');
            var mark = FenceOf(trimmed);
            if (fence.Length > 0)
            {
                tokens.Add(start, end, CodeClass.String);
                if (mark.Length >= fence.Length && mark[0] == fence[0] && trimmed[mark.Length..].IsWhiteSpace())
                {
                    fence = "";
                }
            }
            else if (mark.Length > 0)
            {
                fence = mark.ToString();
                tokens.Add(start, end, CodeClass.String);
            }
            else if (trimmed.StartsWith("#"))
            {
                tokens.Add(start, end, CodeClass.Heading);
            }
            else if (trimmed.StartsWith("<!--"))
            {
                tokens.Add(start, end, CodeClass.Comment);
            }
            else
            {
                ReadLine(text, start, end, tokens);
            }

            start = end + 1;
        }

        return tokens;
    }

    private static ReadOnlySpan<char> FenceOf(ReadOnlySpan<char> line)
    {
        if (line.IsEmpty || line[0] is not ('`' or '~'))
        {
            return default;
        }

        var end = line.IndexOfAnyExcept(line[0]);
        end = end < 0 ? line.Length : end;
        return end >= 3 && !(line[0] == '`' && line[end..].Contains('`')) ? line[..end] : default;
    }

    private static void ReadLine(string text, int start, int end, CodeTokenList tokens)
    {
        var i = start;
        while (i < end && text[i] is ' ' or '\t')
        {
            i++;
        }

        var mark = i;
        while (i < end && char.IsAsciiDigit(text[i]))
        {
            i++;
        }

        if (i < end && (text[i] == '>' || (i + 1 < end && text[i + 1] == ' ' && (i == mark ? text[i] is '-' or '*' or '+' : text[i] is '.' or ')'))))
        {
            i++;
            tokens.Add(mark, i, CodeClass.Keyword);
        }

        while (i < end)
        {
            var from = i;
            if (text[i] == '`')
            {
                var close = text.IndexOf('`', i + 1, end - i - 1);
                if (close < 0)
                {
                    return; // no other code in this line either
                }

                i = close + 1;
                tokens.Add(from, i, CodeClass.String);
            }
            else if (text[i] == ']' && i + 1 < end && text[i + 1] == '(')
            {
                var close = text.IndexOf(')', i + 2, end - i - 2);
                i = close < 0 ? end : close;
                tokens.Add(from + 2, i, CodeClass.Attribute);
            }
            else if (text[i] is '*' or '_' && i + 1 < end && text[i + 1] == text[i])
            {
                i += 2;
                tokens.Add(from, i, CodeClass.Operator);
            }
            else
            {
                i += text[i] == '\\' ? 2 : 1;
            }
        }
    }
}
