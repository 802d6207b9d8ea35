namespace Kiln.Documentation.Highlighting;

/// <summary>Shell commands as they stand in READMEs: the program, its options, strings, variables and comments. A grammar would take half a second to load for <c>npm install</c>.</summary>
internal static class ShellTokens
{
    private static readonly HashSet<string> Keywords = new(StringComparer.Ordinal)
    {
        "if", "then", "elif", "else", "fi", "for", "in", "do", "done", "while", "until", "case", "esac", "function", "select", "time", "return", "exit", "export", "local", "set", "unset", "source", "alias",
    };

    public static CodeTokenList Read(string text)
    {
        var tokens = new CodeTokenList();
        var isCommand = true;
        for (var i = 0; i < text.Length;)
        {
            var start = i;
            var c = text[i];
            if (c is '\n' or ';' or '|' or '&' or '(' or '{')
            {
                isCommand = true;
                i++;
                tokens.Add(start, i, c is '|' or '&' or ';' ? CodeClass.Operator : CodeClass.Plain);
            }
            else if (char.IsWhiteSpace(c) || c is ')' or '}')
            {
                i++;
            }
            else if (c == '\\')
            {
                i = Math.Min(i + 2, text.Length); // also a line that goes on
            }
            else if (c == '#' && (i == 0 || char.IsWhiteSpace(text[i - 1])))
            {
                var end = text.IndexOf('\n', i);
                i = end < 0 ? text.Length : end;
                tokens.Add(start, i, CodeClass.Comment);
            }
            else if (c is '$' or '%' or '>' && isCommand && i + 1 < text.Length && text[i + 1] == ' ' && (i == 0 || text[i - 1] == '\n'))
            {
                i++; // a prompt
                tokens.Add(start, i, CodeClass.Comment);
            }
            else if (c is '"' or '\'')
            {
                i = QuoteEnd(text, i);
                tokens.Add(start, i, CodeClass.String);
                isCommand = false;
            }
            else if (c == '$')
            {
                i = VariableEnd(text, i);
                tokens.Add(start, i, CodeClass.Property);
                isCommand = false;
            }
            else if (c is '<' or '>' or '`')
            {
                isCommand |= c == '`';
                i++;
                tokens.Add(start, i, CodeClass.Operator);
            }
            else
            {
                i = WordEnd(text, i);
                var word = text.AsSpan(start, i - start);
                var assignment = word.IndexOf('=');
                if (isCommand && assignment > 0 && word[0] != '-')
                {
                    tokens.Add(start, start + assignment, CodeClass.Property);
                    tokens.Add(start + assignment, start + assignment + 1, CodeClass.Operator);
                }
                else if (isCommand)
                {
                    var isKeyword = word.Length < 10 && Keywords.Contains(word.ToString());
                    tokens.Add(start, i, isKeyword ? CodeClass.Keyword : CodeClass.Function);
                    isCommand = isKeyword && word is not ("for" or "case" or "in" or "export" or "local");
                }
                else
                {
                    tokens.Add(start, i, word.StartsWith("-") ? CodeClass.Attribute : word is "in" or "do" or "then" ? CodeClass.Keyword : CodeClass.Plain);
                    isCommand = word is "do" or "then";
                }
            }
        }

        return tokens;
    }

    private static int WordEnd(string text, int i)
    {
        while (i < text.Length && !char.IsWhiteSpace(text[i]) && text[i] is not (';' or '|' or '&' or '(' or ')' or '"' or '\'' or '$' or '<' or '>' or '`' or '\\'))
        {
            i++;
        }

        return i;
    }

    private static int QuoteEnd(string text, int start)
    {
        var i = start + 1;
        while (i < text.Length && text[i] != text[start])
        {
            i += text[i] == '\\' && text[start] == '"' ? 2 : 1;
        }

        return Math.Min(i + 1, text.Length);
    }

    private static int VariableEnd(string text, int start)
    {
        var i = start + 1;
        if (i < text.Length && text[i] == '{')
        {
            var end = text.AsSpan(i, Math.Min(200, text.Length - i)).IndexOf('}');
            return end < 0 ? i : i + end + 1;
        }

        while (i < text.Length && (char.IsAsciiLetterOrDigit(text[i]) || text[i] == '_'))
        {
            i++;
        }

        return i == start + 1 && i < text.Length && text[i] is '?' or '!' or '@' or '*' or '#' or '$' ? i + 1 : i;
    }
}
