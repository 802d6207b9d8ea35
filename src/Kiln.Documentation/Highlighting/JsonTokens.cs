namespace Kiln.Documentation.Highlighting;

/// <summary>JSON with comments, and what people write as JSON.</summary>
internal static class JsonTokens
{
    public static CodeTokenList Read(string text)
    {
        var tokens = new CodeTokenList();
        for (var i = 0; i < text.Length;)
        {
            var start = i;
            var c = text[i];
            if (c is '"' or '\'')
            {
                i++;
                while (i < text.Length && text[i] != c && text[i] != '\n')
                {
                    i += text[i] == '\\' ? 2 : 1;
                }

                i = Math.Min(i + 1, text.Length);
                tokens.Add(start, i, IsBeforeColon(text, i) ? CodeClass.Property : CodeClass.String);
            }
            else if (c == '/' && i + 1 < text.Length && text[i + 1] is '/' or '*')
            {
                var isLine = text[i + 1] == '/';
                var end = isLine ? text.IndexOf('\n', i) : text.IndexOf("*/", i + 2, StringComparison.Ordinal);
                i = end < 0 ? text.Length : isLine ? end : end + 2;
                tokens.Add(start, i, CodeClass.Comment);
            }
            else if (char.IsAsciiLetterOrDigit(c) || c is '-' or '+' or '_' or '$')
            {
                while (i < text.Length && (char.IsAsciiLetterOrDigit(text[i]) || text[i] is '-' or '+' or '.' or '_' or '$'))
                {
                    i++;
                }

                var word = text.AsSpan(start, i - start);
                tokens.Add(start, i, word is "true" or "false" or "null" ? CodeClass.Constant
                    : char.IsAsciiDigit(word[0]) || word is ['-' or '+', _, ..] ? CodeClass.Number
                    : IsBeforeColon(text, i) ? CodeClass.Property : CodeClass.Plain);
            }
            else
            {
                i++;
            }
        }

        return tokens;
    }

    /// <summary>Looks only a little ahead: a thousand blanks are not looked through for each of a thousand words.</summary>
    private static bool IsBeforeColon(string text, int position)
    {
        var end = Math.Min(text.Length, position + 32);
        while (position < end && text[position] is ' ' or '\t')
        {
            position++;
        }

        return position < end && text[position] == ':';
    }
}
