using System.Globalization;
using System.Numerics;
using Kiln.Analysis.Binding;
using Kiln.TypeScript;
using Kiln.TypeScript.Text;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Emit;

/// <summary>
/// Folds constant enum initialisers as TypeScript's <c>createEvaluator</c> does: literals, templates, arithmetic, members of enums of this file
/// and constants of this file. Null means that the value is computed at run time.
/// </summary>
internal sealed class EnumEvaluator(SourceFile file, Bindings bindings, StackGuard guard)
{
    private const int MaxDepth = 200;
    private const int MaxText = 65_536;
    private const int MaxMadePerCharacter = 10;

    /// <summary>More binary digits than the largest double has (1024): a number with more digits of any radix is infinite, and reading it would take quadratic time.</summary>
    private const int MaxRadixDigits = 1100;

    private readonly Dictionary<VariableDeclaration, object?> constants = [];

    /// <summary>Text made so far. Members that each repeat a long text would otherwise take memory without bound.</summary>
    private long made;

    private int depth;

    /// <returns>A <see cref="double"/>, a <see cref="string"/>, or null.</returns>
    public object? Evaluate(Expression expression)
    {
        if (++depth > MaxDepth || !guard.HasRoom())
        {
            depth--;
            return null;
        }

        var value = Fold(expression);
        depth--;
        return value;
    }

    private object? Fold(Expression expression)
    {
        switch (expression)
        {
            case ParenthesizedExpression n: return Evaluate(n.Expression);
            case StringLiteral n: return file.GetStringValue(n);
            case Literal { Kind: SyntaxKind.NumericLiteral } n: return ParseNumber(file.GetSlice(n));
            case Literal { Kind: SyntaxKind.NoSubstitutionTemplateLiteral } n: return Template(file.GetSlice(n)[1..^1]);
            case TemplateExpression n: return FoldTemplate(n);
            case PrefixUnaryExpression n:
                return Evaluate(n.Operand) is not double operand ? null : n.Operator switch
                {
                    TokenKind.Plus => operand,
                    TokenKind.Minus => -operand,
                    TokenKind.Tilde => (double)~ToInt32(operand),
                    _ => null,
                };
            case BinaryExpression n: return FoldBinary(n);
            case Identifier id: return FoldName(id);
            case PropertyAccessExpression { Expression: Identifier id, Name: Identifier member } when bindings.EnumReferences.TryGetValue(id, out var symbol):
                return symbol.Values.GetValueOrDefault(file.GetName(member));
            case ElementAccessExpression { Expression: Identifier id, Argument: StringLiteral member } when bindings.EnumReferences.TryGetValue(id, out var symbol):
                return symbol.Values.GetValueOrDefault(file.GetStringValue(member));
            default: return null;
        }
    }

    private object? FoldName(Identifier id)
    {
        if (bindings.Qualified.TryGetValue(id, out var block))
        {
            return block.Node is EnumDeclaration ? block.Symbol.Values.GetValueOrDefault(file.GetName(id)) : null;
        }

        if (bindings.ConstantReferences.TryGetValue(id, out var constant) && constant.End <= id.Start)
        {
            // Remembered: constants that each mention the one before twice would double the work every time.
            if (!constants.TryGetValue(constant, out var known))
            {
                constants[constant] = known = Evaluate(constant.Initializer!);
            }

            return known;
        }

        return file.GetSlice(id) switch
        {
            "Infinity" => double.PositiveInfinity,
            "NaN" => double.NaN,
            _ => null,
        };
    }

    private string? FoldTemplate(TemplateExpression n)
    {
        var result = "";
        for (var i = 0; i < n.Elements.Length; i++)
        {
            var slice = file.GetSlice(n.Elements[i]);
            result += Template(slice[1..^(i < n.Expressions.Length ? 2 : 1)]);
            if (i < n.Expressions.Length)
            {
                switch (Evaluate(n.Expressions[i]))
                {
                    case string text: result += text; break;
                    case double number: result += JavaScriptText.Number(number); break;
                    default: return null;
                }
            }

            if (result.Length > MaxText || !MayMake(result.Length))
            {
                return null;
            }
        }

        return result;
    }

    private static string Template(ReadOnlySpan<char> raw) =>
        StringValue.Decode(raw.ToString().Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n'));

    private object? FoldBinary(BinaryExpression n)
    {
        var left = Evaluate(n.Left);
        var right = left is null ? null : Evaluate(n.Right);
        if (left is null || right is null)
        {
            return null;
        }

        if (left is double a && right is double b)
        {
            return n.Operator switch
            {
                TokenKind.Bar => (double)(ToInt32(a) | ToInt32(b)),
                TokenKind.Ampersand => (double)(ToInt32(a) & ToInt32(b)),
                TokenKind.Caret => (double)(ToInt32(a) ^ ToInt32(b)),
                TokenKind.LessThanLessThan => (double)(ToInt32(a) << (ToInt32(b) & 31)),
                TokenKind.GreaterThanGreaterThan => (double)(ToInt32(a) >> (ToInt32(b) & 31)),
                TokenKind.GreaterThanGreaterThanGreaterThan => (double)((uint)ToInt32(a) >> (ToInt32(b) & 31)),
                TokenKind.Plus => a + b,
                TokenKind.Minus => a - b,
                TokenKind.Asterisk => a * b,
                TokenKind.Slash => a / b,
                TokenKind.Percent => a % b,
                TokenKind.AsteriskAsterisk => Power(a, b),
                _ => null,
            };
        }

        var length = ((left as string)?.Length ?? 0) + ((right as string)?.Length ?? 0);
        return n.Operator == TokenKind.Plus && length <= MaxText && MayMake(length) ? Text(left) + Text(right) : null;
    }

    private bool MayMake(int length) => (made += length) <= MaxMadePerCharacter * (file.Text.Length + (long)MaxText);

    private static string Text(object value) => value as string ?? JavaScriptText.Number((double)value);

    private static double Power(double a, double b) =>
        double.IsNaN(b) || (Math.Abs(a) == 1 && double.IsInfinity(b)) ? double.NaN : Math.Pow(a, b);

    private static int ToInt32(double value)
    {
        if (!double.IsFinite(value))
        {
            return 0;
        }

        return value is >= int.MinValue and <= int.MaxValue
            ? (int)value
            : unchecked((int)(uint)(Math.Truncate(value) % 4294967296d is var m && m < 0 ? m + 4294967296d : m));
    }

    public static double? ParseNumber(ReadOnlySpan<char> slice)
    {
        var digits = slice.Contains('_') ? slice.ToString().Replace("_", "", StringComparison.Ordinal) : slice.ToString();
        if (digits.Length > 1 && digits[0] == '0' && digits[1] is 'x' or 'X' or 'o' or 'O' or 'b' or 'B' && digits.Length > 2)
        {
            var radix = digits[1] is 'x' or 'X' ? 16 : digits[1] is 'o' or 'O' ? 8 : 2;
            var significant = digits.AsSpan(2).TrimStart('0');
            if (significant.Length > MaxRadixDigits)
            {
                return double.PositiveInfinity;
            }

            var value = BigInteger.Zero;
            foreach (var c in significant)
            {
                value = (value * radix) + (char.IsAsciiDigit(c) ? c - '0' : char.ToLowerInvariant(c) - 'a' + 10);
            }

            // The conversion of large integers to double cuts off what it should round.
            return value.GetBitLength() <= 53 ? (double)value : double.Parse(value.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        }

        return double.TryParse(digits, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    /// <summary>TypeScript's <c>isSyntacticallyString</c>: such members get no reverse mapping under <c>isolatedModules</c>.</summary>
    public static bool IsSyntacticallyString(Expression expression)
    {
        var open = new Stack<Expression>();
        open.Push(expression);
        while (open.TryPop(out var one))
        {
            switch (one)
            {
                case ParenthesizedExpression n: open.Push(n.Expression); break;
                case AssertionExpression n: open.Push(n.Expression); break;
                case StringLiteral or TemplateExpression or Literal { Kind: SyntaxKind.NoSubstitutionTemplateLiteral }: return true;
                case BinaryExpression { Operator: TokenKind.Plus } n:
                    open.Push(n.Left);
                    open.Push(n.Right);
                    break;
            }
        }

        return false;
    }
}
