namespace Kiln.TypeScript.RegularExpressions;

/// <summary>
/// Literals that are nearly right: pieces of every rule of the grammar, put together by the rules, then disturbed. The pieces hold no bare slash
/// or backslash, so that whatever they make is one literal, or one whose class is never closed.
/// </summary>
internal sealed class RegularExpressionGenerator(int seed)
{
    private static readonly string[] Characters = ["a", "b", "z", "0", "7", "9", "_", "-", ",", ":", "=", "!", "&", "<", ">", "k", "q", "u", "x", " ", "é", "😀", "𝒜", "\u200d"];

    private static readonly string[] Escapes =
    [
        "\\d", "\\D", "\\w", "\\s", "\\b", "\\B", "\\f", "\\n", "\\t", "\\v", "\\0", "\\00", "\\1", "\\2", "\\7", "\\8", "\\12", "\\40", "\\377", "\\cA", "\\c", "\\c0", "\\c_", "\\x41", "\\x4",
        "\\x", "\\u0041", "\\u004", "\\u", "\\u{41}", "\\u{1f600}", "\\u{110000}", "\\u{", "\\ud83d", "\\ude00", "\\ud83d\\ude00", "\\k<a>", "\\k<b>", "\\k<\\u0061>", "\\k<", "\\k", "\\a", "\\-", "\\_",
        "\\^", "\\$", "\\.", "\\*", "\\(", "\\]", "\\{", "\\|", "\\/", "\\&", "\\!", "\\~", "\\q", "\\p", "\\p{L}", "\\P{Lu}", "\\p{sc=Grek}", "\\p{gc=Foo}", "\\p{Foo}", "\\p{ASCII=Y}", "\\p{RGI_Emoji}",
        "\\P{RGI_Emoji}", "\\p{", "\\é", "\\😀",
    ];

    private static readonly string[] Openings =
    [
        "(", "(", "(?:", "(?:", "(?=", "(?!", "(?<=", "(?<!", "(?<a>", "(?<b>", "(?<c1>", "(?<\\u0061>", "(?<\\u{62}>", "(?<𝒜>", "(?<😀>", "(?<>", "(?<1>", "(?<a", "(?i:", "(?m-s:", "(?-i:", "(?-:", "(?ii:",
        "(?i-i:", "(?g:", "(?i", "(?",
    ];

    private static readonly string[] Quantifiers = ["*", "+", "?", "*?", "??", "{1}", "{2,}", "{1,2}?", "{2,1}", "{,1}", "{", "}", "{1", "{1,", "{0}", "{a}"];

    private static readonly string[] SetPieces =
    [
        "&&", "--", "&&&", "---", "!!", "##", "$$", "..", "^^", "``", "\\q{a}", "\\q{ab}", "\\q{}", "\\q{a|b}", "\\q{ab|c}", "\\q{", "\\q{\\d}", "\\q{a-b}", "(", ")", "{", "}", "|", "-", "[", "[^", "]",
    ];

    private static readonly string[] Flags = ["", "", "", "g", "i", "u", "u", "u", "iu", "v", "v", "v", "v", "gv", "dgimsuy", "dgimsvy", "gv", "iv", "su", "", "uv"];

    private readonly Random random = new(seed);
    private readonly List<string> pieces = [];

    public string Next()
    {
        pieces.Clear();
        var flags = Pick(Flags);
        var sets = flags.Contains('v', StringComparison.Ordinal);
        if (random.Next(8) == 0)
        {
            for (var count = random.Next(1, 8); count > 0; count--)
            {
                pieces.Add(AnyPiece());
            }
        }
        else
        {
            AddDisjunction(random.Next(1, 4), sets);
        }

        for (var changes = random.Next(-5, 3); changes > 0; changes--)
        {
            Disturb();
        }

        var body = string.Concat(pieces);
        return body.Length == 0 || body[0] is '*' or '/' ? Next() : $"/{body}/{flags}";
    }

    private void AddDisjunction(int depth, bool sets)
    {
        for (var alternatives = random.Next(1, 4); alternatives > 0; alternatives--)
        {
            for (var terms = random.Next(0, 4); terms > 0; terms--)
            {
                AddTerm(depth, sets);
            }

            if (alternatives > 1)
            {
                pieces.Add("|");
            }
        }
    }

    private void AddTerm(int depth, bool sets)
    {
        switch (random.Next(8))
        {
            case 0:
                pieces.Add(Pick(["^", "$", ".", "\\b", "\\B"]));
                return;
            case 1 or 2:
                pieces.Add(Pick(Escapes));
                break;
            case 3 or 4 when depth > 0:
                pieces.Add(Pick(Openings));
                AddDisjunction(depth - 1, sets);
                pieces.Add(")");
                break;
            case 5 or 6:
                AddClass(depth, sets);
                break;
            default:
                pieces.Add(Pick(Characters));
                break;
        }

        if (random.Next(4) == 0)
        {
            pieces.Add(Pick(Quantifiers));
        }
    }

    private void AddClass(int depth, bool sets)
    {
        pieces.Add(random.Next(3) == 0 ? "[^" : "[");
        var separator = sets ? Pick(["", "", "&&", "--"]) : "";
        for (var operands = random.Next(0, 4); operands > 0; operands--)
        {
            AddOperand(depth, sets);
            if (operands > 1 && separator.Length > 0)
            {
                pieces.Add(separator);
            }
        }

        pieces.Add("]");
    }

    private void AddOperand(int depth, bool sets)
    {
        switch (random.Next(sets ? 8 : 5))
        {
            case 0 or 1:
                pieces.Add(Pick(Characters));
                break;
            case 2:
                pieces.Add(Pick(Escapes));
                break;
            case 3:
                pieces.Add(Pick(Characters));
                pieces.Add("-");
                pieces.Add(Pick(Characters));
                break;
            case 4:
                pieces.Add(Pick(Escapes));
                pieces.Add("-");
                pieces.Add(Pick(Escapes));
                break;
            case 5 when depth > 0:
                AddClass(depth - 1, sets);
                break;
            default:
                pieces.Add(Pick(SetPieces));
                break;
        }
    }

    private void Disturb()
    {
        var position = random.Next(pieces.Count + 1);
        if (position == pieces.Count || random.Next(3) == 0)
        {
            pieces.Insert(position, AnyPiece());
        }
        else if (random.Next(2) == 0)
        {
            pieces.RemoveAt(position);
        }
        else
        {
            pieces.Insert(random.Next(pieces.Count), pieces[position]);
        }
    }

    private string AnyPiece() => random.Next(6) switch
    {
        0 => Pick(Characters),
        1 => Pick(Escapes),
        2 => Pick(Openings),
        3 => Pick(Quantifiers),
        4 => Pick(SetPieces),
        _ => Pick(["|", ")", "]", "^", "."]),
    };

    private string Pick(string[] choices) => choices[random.Next(choices.Length)];
}
