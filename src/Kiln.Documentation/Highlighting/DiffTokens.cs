namespace Kiln.Documentation.Highlighting;

internal static class DiffTokens
{
    public static CodeTokenList Read(string text)
    {
        var tokens = new CodeTokenList();
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end;
            var line = text.AsSpan(start, end - start);
            tokens.Add(start, end, line switch
            {
                ['@', '@', ..] => CodeClass.Heading,
                ['+', '+', '+', ..] or ['-', '-', '-', ..] => CodeClass.Comment,
                ['+', ..] => CodeClass.Inserted,
                ['-', ..] => CodeClass.Deleted,
                _ when line.StartsWith("diff ") || line.StartsWith("index ") => CodeClass.Comment,
                _ => CodeClass.Plain,
            });
            start = end + 1;
        }

        return tokens;
    }
}
