namespace Kiln.Documentation.Highlighting;

internal static class TomlTokens
{
    public static CodeTokenList Read(string text)
    {
        var tokens = new CodeTokenList();
        var isKey = true;
        for (var i = 0; i < text.Length;)
        {
            var start = i;
            var c = text[i];
            switch (c)
            {
                case '\n':
                    isKey = true;
                    i++;
                    break;
                case '#':
                    var lineEnd = text.IndexOf('\n', i);
                    i = lineEnd < 0 ? text.Length : lineEnd;
                    tokens.Add(start, i, CodeClass.Comment);
                    break;
                case '[' when isKey:
                    var headerEnd = text.AsSpan(i).IndexOfAny('\n', '#');
                    i = headerEnd < 0 ? text.Length : i + headerEnd;
                    tokens.Add(start, i, CodeClass.Heading);
                    break;
                case '=':
                    isKey = false;
                    i++;
                    tokens.Add(start, i, CodeClass.Operator);
                    break;
                case '{' or ',':
                    isKey |= c == '{';
                    i++;
                    break;
                case '"' or '\'':
                    i = StringEnd(text, i);
                    tokens.Add(start, i, isKey ? CodeClass.Property : CodeClass.String);
                    break;
                default:
                    if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-' or '+'))
                    {
                        i++;
                        break;
                    }

                    while (i < text.Length && (char.IsAsciiLetterOrDigit(text[i]) || text[i] is '_' or '-' or '+' or '.' or ':'))
                    {
                        i++;
                    }

                    var word = text.AsSpan(start, i - start);
                    tokens.Add(start, i, isKey ? CodeClass.Property : word is "true" or "false" ? CodeClass.Constant : CodeClass.Number);
                    break;
            }
        }

        return tokens;
    }

    /// <summary>Three quotes reach over lines, one does not.</summary>
    private static int StringEnd(string text, int start)
    {
        var quote = text[start];
        var isLong = text.AsSpan(start).StartsWith(new string(quote, 3));
        if (isLong)
        {
            var end = text.IndexOf(new string(quote, 3), start + 3, StringComparison.Ordinal);
            return end < 0 ? text.Length : end + 3;
        }

        var i = start + 1;
        while (i < text.Length && text[i] != quote && text[i] != '\n')
        {
            i += text[i] == '\\' && quote == '"' ? 2 : 1;
        }

        return i < text.Length && text[i] == quote ? i + 1 : Math.Min(i, text.Length);
    }
}
