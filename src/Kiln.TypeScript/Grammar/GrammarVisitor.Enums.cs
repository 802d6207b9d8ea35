using System.Globalization;
using Kiln.TypeScript.Diagnostics;
using Kiln.TypeScript.Tree;

namespace Kiln.TypeScript;

/// <content>Enums.</content>
internal sealed partial class GrammarVisitor
{
    /// <summary>What an initializer of an enum member is, as far as one file can tell.</summary>
    private enum EnumValue : byte
    {
        /// <summary>A number that is known when the program is compiled, so that the next member can count on.</summary>
        Number,

        /// <summary>A string known then.</summary>
        Text,

        /// <summary>Known only when the program runs.</summary>
        Computed,

        /// <summary>It depends on what names mean.</summary>
        Unknown,
    }

    private void VisitEnum(EnumDeclaration type)
    {
        CheckModifiers(type.Modifiers, new ModifierSite(type, type.Name, SyntaxKind.EnumDeclaration));
        CheckReservedTypeName(type.Name, DiagnosticCodes.ReservedEnumName);
        var saved = ambient;
        var savedThis = thisTypeAllowed;
        thisTypeAllowed = false;
        ambient |= type.Modifiers.Has(ModifierFlags.Declare);
        var isConst = type.Modifiers.Has(ModifierFlags.Const);
        var previous = EnumValue.Number;
        foreach (var member in type.Members)
        {
            CheckEnumMemberName(member.Name);
            if (member.Initializer is { } initializer)
            {
                previous = Evaluate(initializer);
                if (previous == EnumValue.Computed && (isConst || ambient))
                {
                    Report(isConst ? DiagnosticCodes.ConstEnumInitializer : DiagnosticCodes.AmbientEnumInitializer, initializer);
                }

                VisitPropertyName(member.Name);
                VisitExpression(initializer);
            }
            else
            {
                VisitPropertyName(member.Name);
                if (ambient && !isConst)
                {
                    // The member's value is unknown here, and so is the next one's; neither needs one.
                    previous = EnumValue.Computed;
                }
                else if (previous is EnumValue.Text or EnumValue.Computed)
                {
                    Report(DiagnosticCodes.EnumMemberInitializer, member.Name);
                    previous = EnumValue.Computed;
                }
            }
        }

        ambient = saved;
        thisTypeAllowed = savedThis;
    }

    private void CheckEnumMemberName(Node name)
    {
        switch (name)
        {
            case ComputedPropertyName { Expression: var expression } when !IsLiteralName(expression) || expression is PrefixUnaryExpression:
                Report(DiagnosticCodes.EnumComputedName, name);
                break;
            case Literal { Kind: SyntaxKind.BigIntLiteral }:
                Report(DiagnosticCodes.EnumNumericName, name);
                break;
            default:
                var key = names.KeyOf(name, out _, out var isKnown);
                if (isKnown && IsNumericName(key))
                {
                    Report(DiagnosticCodes.EnumNumericName, name);
                }

                break;
        }
    }

    /// <summary>A string that is what JavaScript makes of some number.</summary>
    private static bool IsNumericName(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty || !(char.IsAsciiDigit(name[0]) || (name[0] == '-' && name.Length > 1 && char.IsAsciiDigit(name[1]))))
        {
            return false;
        }

        return double.TryParse(name, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            && value.ToString("R", CultureInfo.InvariantCulture).AsSpan().SequenceEqual(name);
    }

    private EnumValue Evaluate(Expression expression)
    {
        if (!Enter(expression))
        {
            return EnumValue.Unknown;
        }

        var value = EvaluateCore(expression);
        depth--;
        return value;
    }

    private EnumValue EvaluateCore(Expression expression)
    {
        // Left-deep chains of operators are as deep as they are long; their value follows from the parts in any order.
        var sum = EnumValue.Number;
        while (true)
        {
            switch (expression)
            {
                case ParenthesizedExpression inner:
                    expression = inner.Expression;
                    continue;
                case BinaryExpression binary when IsConstantOperator(binary.Operator):
                    sum = Combine(sum, Evaluate(binary.Right), isSum: binary.Operator == TokenKind.Plus);
                    if (binary.Operator != TokenKind.Plus && sum == EnumValue.Text)
                    {
                        sum = EnumValue.Computed;
                    }

                    expression = binary.Left;
                    continue;
                case PrefixUnaryExpression { Operator: TokenKind.Plus or TokenKind.Minus or TokenKind.Tilde } unary:
                    var operand = Evaluate(unary.Operand);
                    return Combine(sum, operand == EnumValue.Text ? EnumValue.Computed : operand, isSum: true);
                default:
                    return Combine(sum, EvaluateLeaf(expression), isSum: true);
            }
        }
    }

    private static EnumValue Combine(EnumValue first, EnumValue second, bool isSum)
    {
        if (first == EnumValue.Computed || second == EnumValue.Computed)
        {
            return EnumValue.Computed;
        }

        if (first == EnumValue.Unknown || second == EnumValue.Unknown)
        {
            return EnumValue.Unknown;
        }

        return first == EnumValue.Text || second == EnumValue.Text ? isSum ? EnumValue.Text : EnumValue.Computed : EnumValue.Number;
    }

    private static bool IsConstantOperator(TokenKind kind) => kind is TokenKind.Plus or TokenKind.Minus or TokenKind.Asterisk or TokenKind.AsteriskAsterisk
        or TokenKind.Slash or TokenKind.Percent or TokenKind.Bar or TokenKind.Ampersand or TokenKind.Caret or TokenKind.LessThanLessThan
        or TokenKind.GreaterThanGreaterThan or TokenKind.GreaterThanGreaterThanGreaterThan;

    private EnumValue EvaluateLeaf(Expression expression)
    {
        switch (expression)
        {
            case StringLiteral or Literal { Kind: SyntaxKind.NoSubstitutionTemplateLiteral }:
                return EnumValue.Text;
            case Literal { Kind: SyntaxKind.NumericLiteral }:
                return EnumValue.Number;
            case TemplateExpression template:
                var result = EnumValue.Text;
                foreach (var part in template.Expressions)
                {
                    result = Combine(result, Evaluate(part), isSum: true);
                }

                return result;
            case Identifier:
            case PropertyAccessExpression when IsEntityName(expression):
            case ElementAccessExpression { Argument: StringLiteral or Literal { Kind: SyntaxKind.NoSubstitutionTemplateLiteral } } access when IsEntityName(access.Expression):
                return EnumValue.Unknown;
            default:
                return EnumValue.Computed;
        }
    }
}
