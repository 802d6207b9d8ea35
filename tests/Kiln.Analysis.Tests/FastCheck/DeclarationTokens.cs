using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Kiln.TypeScript;
using Kiln.TypeScript.Lexing;
using Kiln.TypeScript.Text;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Tests.FastCheck;

/// <summary>Declarations as one line of tokens, so that writers with different habits can be compared. <c>tokens.mjs</c> has the same rules.</summary>
internal static partial class DeclarationTokens
{
    private static readonly HashSet<string> BeforeLeadingBar = ["=", ":", "(", "<", "[", "=>", "|", "&", "extends", "?", "keyof", "readonly"];
    private static readonly HashSet<string> MemberModifiers = ["static", "readonly", "abstract", "declare", "override", "get", "set", "accessor"];
    private static readonly HashSet<string> AfterName = [";", ":", "?", ",", "(", "}", "<", "="];
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Tokens separated by spaces, without comments, separators and other matters of style.</summary>
    public static string Of(string text) => string.Join(' ', Normalised(Read(text)));

    private static List<string> Read(string text)
    {
        var tokens = new List<string>();
        var braces = new Stack<TokenKind>();
        var lexer = new Lexer(text, Language.Declaration);
        for (lexer.Start(); lexer.Token.Kind != TokenKind.EndOfFile; lexer.Next())
        {
            if (lexer.Token.Kind is TokenKind.OpenBrace or TokenKind.TemplateHead)
            {
                braces.Push(lexer.Token.Kind);
            }
            else if (lexer.Token.Kind == TokenKind.CloseBrace && braces.TryPop(out var open) && open == TokenKind.TemplateHead)
            {
                lexer.RescanTemplate();
                if (lexer.Token.Kind == TokenKind.TemplateMiddle)
                {
                    braces.Push(TokenKind.TemplateHead);
                }
            }

            tokens.Add(TokenText(text, lexer.Token));
        }

        return tokens;
    }

    private static string TokenText(string text, LexerState token)
    {
        var slice = text[token.Start..token.End];
        return token.Kind switch
        {
            TokenKind.StringLiteral => JsonSerializer.Serialize(WithoutExtension(StringValue.Decode(slice.AsSpan(1, slice.Length - 2))), Plain),
            TokenKind.NumericLiteral => Number(slice.Replace("_", "", StringComparison.Ordinal)).ToString("R", CultureInfo.InvariantCulture),
            _ => DefaultName().IsMatch(slice) ? "_default" : slice,
        };
    }

    private static double Number(string digits) => digits.Length > 2 && digits[0] == '0' ? (digits[1] | 0x20) switch
    {
        'x' => Convert.ToUInt64(digits[2..], 16),
        'o' => Convert.ToUInt64(digits[2..], 8),
        'b' => Convert.ToUInt64(digits[2..], 2),
        _ => double.Parse(digits, CultureInfo.InvariantCulture),
    }
    : double.Parse(digits, CultureInfo.InvariantCulture);

    /// <summary>Specifiers are compared without the extension, which every writer maps in its own way.</summary>
    private static string WithoutExtension(string value) => value.StartsWith("./", StringComparison.Ordinal) || value.StartsWith("../", StringComparison.Ordinal) ? Extension().Replace(value, "") : value;

    private static List<string> Normalised(List<string> tokens)
    {
        var result = new List<string>();
        var depth = 0;
        var isConstant = false;
        string At(int index) => index < tokens.Count ? tokens[index] : "";
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            var next = At(i + 1);
            switch (token)
            {
                case ";" or ",":
                    continue;
                case "{":
                    depth++;
                    break;
                case "}":
                    depth--;
                    break;

                // `type T = | "a"`: the first bar says nothing.
                case "|" or "&" when result.Count > 0 && (BeforeLeadingBar.Contains(result[^1]) || tokens[i - 1] == ","):
                    continue;

                // `export {}` marks a module. Inside an ambient namespace everything is exported, said or not.
                case "export" when next == "{" && At(i + 2) == "}" && At(i + 3) != "from":
                    i += 2;
                    continue;
                case "export" when depth > 0 && next != "{":
                case "override" when !AfterName.Contains(next):
                    continue;

                // Typescript leaves out import attributes.
                case "with" when next == "{":
                    i = tokens.IndexOf("}", i);
                    continue;

                // `["quoted"]` as a name is `"quoted"`.
                case "[" when next.StartsWith('"') && At(i + 2) == "]" && At(i + 3) is ":" or "?" or "(" or "<":
                    result.Add(next);
                    i += 2;
                    continue;

                // Whatever a private member is, what counts is its name.
                case "private" when next != "constructor" && !AfterName.Contains(next):
                    i = AddPrivate(tokens, i, result);
                    continue;

                // `const a = 1` is `const a: 1`.
                case "=" when isConstant:
                    result.Add(":");
                    isConstant = false;
                    continue;
            }

            isConstant = token is "const" or "readonly" || (isConstant && (token[0] is '$' or '_' or '"' or '#' || char.IsLetter(token[0])));
            result.Add(token);
        }

        return result;
    }

    /// <returns>The index of the member's last token.</returns>
    private static int AddPrivate(List<string> tokens, int start, List<string> result)
    {
        var member = new List<string> { tokens[start] };
        var at = start + 1;
        for (; MemberModifiers.Contains(tokens[at]) && !AfterName.Contains(tokens[at + 1]); at++)
        {
            if (tokens[at] == "static")
            {
                member.Add("static");
            }
        }

        member.Add(tokens[at]);
        if (tokens[at + 1] == "?")
        {
            at++;
        }

        if (tokens[at + 1] == "(")
        {
            at = tokens.IndexOf(")", at);
        }

        if (tokens[at + 1] == ":")
        {
            while (tokens[at + 1] is not (";" or "," or ")"))
            {
                at++;
            }
        }

        if (!result.TakeLast(member.Count).SequenceEqual(member))
        {
            result.AddRange(member);
        }

        return at;
    }

    [GeneratedRegex(@"^_d(ts_\d+|efault(_\d+)?)$", RegexOptions.None, 1000)]
    private static partial Regex DefaultName();

    [GeneratedRegex(@"(\.d)?\.[mc]?[jt]sx?$", RegexOptions.None, 1000)]
    private static partial Regex Extension();
}
