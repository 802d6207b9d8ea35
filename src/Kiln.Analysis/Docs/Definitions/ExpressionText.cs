using System.Globalization;
using System.Numerics;
using System.Text;
using Kiln.Analysis.Emit;
using Kiln.TypeScript;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Docs.Definitions;

/// <summary>Expressions and names as the wire form has them: docs.md §2 (member names) and §2.1 (defaults).</summary>
internal static class ExpressionText
{
    public const string Unsupported = "[UNSUPPORTED]";

    /// <summary>Longer ones stay as they are written: to turn a million hexadecimal digits into decimal takes more than linear time.</summary>
    private const int MaxBigIntDigits = 4096;

    /// <summary>A default value, or the name of a computed signature.</summary>
    public static string Of(SourceFile source, Expression expression) => expression switch
    {
        StringLiteral literal => ValueOf(source, literal),
        Identifier identifier => source.GetName(identifier),
        Literal { Kind: SyntaxKind.NumericLiteral } number => RustNumber.Format(NumberOf(source, number)),
        Literal { Kind: SyntaxKind.BigIntLiteral } number => BigIntOf(source, number),
        Literal { Kind: SyntaxKind.RegularExpressionLiteral } pattern => $"/{PatternOf(source, pattern)}/",
        KeywordExpression { Kind: SyntaxKind.TrueKeyword or SyntaxKind.FalseKeyword or SyntaxKind.NullKeyword } keyword => source.GetSlice(keyword).ToString(),
        PropertyAccessExpression or ElementAccessExpression => OfMember(source, expression),
        _ => Unsupported,
    };

    /// <summary>The value of a string. A lone surrogate is no character of the wire form.</summary>
    public static string ValueOf(SourceFile source, StringLiteral literal)
    {
        var value = source.GetStringValue(literal);
        return literal.Has(NodeFlags.HasEscape) ? ReplaceSurrogates(value) : value;
    }

    /// <summary>
    /// The characters of a quoted string that are no escapes have as many bytes in UTF-8. Programs keep whole libraries in strings: those need not be decoded to see
    /// that they are long.
    /// </summary>
    public static bool HasBytes(ReadOnlySpan<char> slice, int count)
    {
        for (var at = 1; at < slice.Length - 1 && count > 0; at++)
        {
            if (slice[at] != '\\')
            {
                count -= slice[at] < 0x80 ? 1 : slice[at] < 0x800 || char.IsSurrogate(slice[at]) ? 2 : 3;
                continue;
            }

            at++;
            var rest = slice[at..];
            at += rest.StartsWith("u{") && rest.IndexOf('}') is var end and >= 0 ? end : rest[0] == 'u' ? 4 : rest[0] == 'x' ? 2 : 0;
        }

        return count <= 0;
    }

    private static string ReplaceSurrogates(string value)
    {
        if (value.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0)
        {
            return value;
        }

        var text = new StringBuilder(value.Length);
        foreach (var rune in value.EnumerateRunes())
        {
            text.Append(rune);
        }

        return text.ToString();
    }

    /// <summary><c>[[a.b].c]</c>. Chains are as deep as they are long.</summary>
    private static string OfMember(SourceFile source, Expression expression)
    {
        var parts = new Stack<string>();
        while (expression is PropertyAccessExpression or ElementAccessExpression)
        {
            // An optional chain is no member, and neither is what it is the object of.
            if (expression.Has(NodeFlags.QuestionDot))
            {
                return Unsupported;
            }

            parts.Push(expression is PropertyAccessExpression { Name: Identifier name } ? "." + source.GetName(name) : Unsupported);
            expression = expression is PropertyAccessExpression access ? access.Expression : ((ElementAccessExpression)expression).Expression;
        }

        var text = new StringBuilder().Append('[', parts.Count).Append(Of(source, expression));
        while (parts.TryPop(out var part))
        {
            text.Append(part).Append(']');
        }

        return text.ToString();
    }

    /// <summary>The name of a member of a class, an object or a pattern. A computed name stays as it is written, with its brackets.</summary>
    public static string OfName(SourceFile source, Node name) => name switch
    {
        Identifier identifier => source.GetName(identifier),
        StringLiteral literal => ValueOf(source, literal),
        Literal { Kind: SyntaxKind.NumericLiteral } number => RustNumber.Format(NumberOf(source, number)),
        Literal { Kind: SyntaxKind.BigIntLiteral } number => BigIntOf(source, number),
        _ => source.GetSlice(name).ToString(),
    };

    /// <summary>The name of a signature: of a computed one the expression.</summary>
    public static string OfSignatureName(SourceFile source, Node name) => name is ComputedPropertyName computed ? Of(source, computed.Expression) : OfName(source, name);

    /// <summary>The name of an enum member; a computed one is a string or template.</summary>
    public static string OfEnumMember(SourceFile source, Node name) => name switch
    {
        ComputedPropertyName { Expression: StringLiteral literal } => ValueOf(source, literal),
        ComputedPropertyName { Expression: Literal { Kind: SyntaxKind.NoSubstitutionTemplateLiteral } template } => source.GetSlice(template)[1..^1].ToString(),
        _ => OfName(source, name),
    };

    /// <summary><c>a.b.c</c>; null for anything else.</summary>
    public static string? OfDotted(SourceFile source, Node name)
    {
        if (name is Identifier only)
        {
            return source.GetName(only);
        }

        var parts = new Stack<string>();
        while (true)
        {
            switch (name)
            {
                case Identifier identifier:
                    parts.Push(source.GetName(identifier));
                    return string.Join('.', parts);
                case KeywordType or KeywordExpression { Kind: SyntaxKind.ThisKeyword }:
                    parts.Push(source.GetSlice(name).ToString());
                    return string.Join('.', parts);
                case QualifiedName qualified:
                    parts.Push(source.GetName(qualified.Right));
                    name = qualified.Left;
                    break;
                case PropertyAccessExpression { Name: Identifier right } access when !access.Has(NodeFlags.QuestionDot):
                    parts.Push(source.GetName(right));
                    name = access.Expression;
                    break;
                default:
                    return null;
            }
        }
    }

    public static double NumberOf(SourceFile source, Literal literal)
    {
        var slice = source.GetSlice(literal);
        return slice.Length > 1 && slice[0] == '0' && char.IsAsciiDigit(slice[1]) && slice.IndexOfAnyExceptInRange('0', '7') < 0
            ? OctalOf(slice)
            : EnumEvaluator.ParseNumber(slice) ?? 0;
    }

    public static string BigIntOf(SourceFile source, Literal literal)
    {
        var text = source.GetSlice(literal)[..^1].ToString().Replace("_", "", StringComparison.Ordinal);
        if (text.Length > MaxBigIntDigits)
        {
            return text;
        }

        if (text.Length > 2 && text[0] == '0' && text[1] is 'x' or 'X')
        {
            return BigInteger.Parse("0" + text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
        }

        if (text.Length > 2 && text[0] == '0' && text[1] is 'o' or 'O' or 'b' or 'B')
        {
            var bits = text[1] is 'o' or 'O' ? 3 : 1;
            var value = BigInteger.Zero;
            foreach (var digit in text.AsSpan(2))
            {
                value = (value << bits) + (digit - '0');
            }

            return value.ToString(CultureInfo.InvariantCulture);
        }

        return text;
    }

    public static string PatternOf(SourceFile source, Literal literal)
    {
        var slice = source.GetSlice(literal);
        return slice[1..slice.LastIndexOf('/')].ToString();
    }

    private static double OctalOf(ReadOnlySpan<char> slice)
    {
        var value = 0d;
        foreach (var digit in slice)
        {
            value = (value * 8) + (digit - '0');
        }

        return value;
    }
}
