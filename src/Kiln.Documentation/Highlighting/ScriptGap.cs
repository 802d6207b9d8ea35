namespace Kiln.Documentation.Highlighting;

/// <summary>What lies between the leaves of a tree: keywords and operators; after an error also words, strings and numbers that are in no tree.</summary>
internal static class ScriptGap
{
    private static readonly HashSet<string> Keywords = new(StringComparer.Ordinal)
    {
        "break", "case", "catch", "class", "const", "continue", "debugger", "default", "delete", "do", "else", "enum", "export", "extends", "finally", "for", "function", "if",
        "import", "in", "instanceof", "new", "return", "super", "switch", "this", "throw", "try", "typeof", "var", "void", "while", "with", "implements", "interface", "let",
        "package", "private", "protected", "public", "static", "yield", "abstract", "accessor", "as", "asserts", "assert", "async", "await", "constructor", "declare", "defer", "get",
        "infer", "is", "keyof", "module", "namespace", "out", "readonly", "require", "satisfies", "set", "source", "type", "unique", "using", "from", "global", "override", "of", "meta", "target",
    };

    private static readonly HashSet<string> Constants = new(StringComparer.Ordinal) { "true", "false", "null", "undefined", "NaN", "Infinity" };

    public static void Read(string text, int start, int end, CodeTokenList tokens)
    {
        for (var i = start; i < end;)
        {
            var c = text[i];
            var from = i;
            if (char.IsLetter(c) || c is '_' or '$')
            {
                while (i < end && (char.IsLetterOrDigit(text[i]) || text[i] is '_' or '$'))
                {
                    i++;
                }

                var word = i - from > 16 ? "" : text[from..i];
                tokens.Add(from, i, Keywords.Contains(word) ? CodeClass.Keyword : Constants.Contains(word) ? CodeClass.Constant : CodeClass.Plain);
            }
            else if (c is '"' or '\'' or '`')
            {
                i++;
                while (i < end && text[i] != c && (text[i] != '\n' || c == '`'))
                {
                    i += text[i] == '\\' ? 2 : 1;
                }

                i = Math.Min(i + 1, end);
                tokens.Add(from, i, CodeClass.String);
            }
            else if (char.IsAsciiDigit(c))
            {
                while (i < end && (char.IsAsciiLetterOrDigit(text[i]) || text[i] is '_' or '.'))
                {
                    i++;
                }

                tokens.Add(from, i, CodeClass.Number);
            }
            else if (IsOperator(c))
            {
                while (i < end && IsOperator(text[i]))
                {
                    i++;
                }

                var run = text.AsSpan(from, i - from);
                var isPlain = run is "." or "?" or "?:" || (run.IndexOfAny('<', '>') >= 0 && run.IndexOfAnyExcept("<>/") < 0);
                tokens.Add(from, i, isPlain ? CodeClass.Plain : CodeClass.Operator);
            }
            else
            {
                i++;
            }
        }
    }

    private static bool IsOperator(char c) => c is '=' or '+' or '-' or '*' or '/' or '%' or '<' or '>' or '!' or '&' or '|' or '^' or '~' or '?' or '.';
}
