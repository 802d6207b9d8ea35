using Kiln.TypeScript.Diagnostics;
using Kiln.TypeScript.Tree;

namespace Kiln.TypeScript;

/// <content>What is assigned to (ECMA-262 §13.15): names, members and destructuring patterns, which the parser reads as literals.</content>
internal sealed partial class EarlyErrorChecker
{
    private enum TargetUse
    {
        /// <summary><c>=</c>: the only operator that destructures.</summary>
        Assignment,
        CompoundAssignment,
        LogicalAssignment,

        /// <summary><c>++</c> and <c>--</c>.</summary>
        Update,
        ForIn,
        ForOf,

        /// <summary>A part of a pattern.</summary>
        Element,

        /// <summary>The target of <c>...</c> in an object pattern, which must not be a pattern.</summary>
        ObjectRest,
    }

    private void VisitTarget(Expression target, TargetUse use)
    {
        if (target is ObjectLiteralExpression or ArrayLiteralExpression && use is TargetUse.Assignment or TargetUse.ForIn or TargetUse.ForOf or TargetUse.Element)
        {
            VisitPattern(target);
            return;
        }

        CheckSimpleTarget(target, use);
        VisitExpression(target);
    }

    private void CheckSimpleTarget(Expression target, TargetUse use)
    {
        var inner = Unwrapped(target);
        switch (inner)
        {
            case Identifier name:
                CheckName(name, NameUse.Target);
                return;
            case PropertyAccessExpression or ElementAccessExpression:
                if (IsOptionalChain(inner))
                {
                    Report(OptionalChainCode(use), target);
                }

                return;
            case CallExpression when !IsStrict && use is not TargetUse.LogicalAssignment and not TargetUse.Element and not TargetUse.ObjectRest && !IsOptionalChain(inner):
                return; // fails when it runs, for the sake of old pages (ECMA-262 §13.15.1)
            default:
                Report(TargetCode(use), target);
                return;
        }
    }

    private static int TargetCode(TargetUse use) => use switch
    {
        TargetUse.Update => DiagnosticCodes.UpdateTarget,
        TargetUse.ForIn => DiagnosticCodes.ForInTarget,
        TargetUse.ForOf => DiagnosticCodes.ForOfTarget,
        TargetUse.ObjectRest => DiagnosticCodes.ObjectRestTarget,
        _ => DiagnosticCodes.AssignmentTarget,
    };

    private static int OptionalChainCode(TargetUse use) => use switch
    {
        TargetUse.Update => DiagnosticCodes.UpdateOptionalChain,
        TargetUse.ForIn => DiagnosticCodes.ForInOptionalChain,
        TargetUse.ForOf => DiagnosticCodes.ForOfOptionalChain,
        TargetUse.ObjectRest => DiagnosticCodes.ObjectRestOptionalChain,
        _ => DiagnosticCodes.AssignmentOptionalChain,
    };

    private void VisitPattern(Expression pattern)
    {
        if (!Enter(pattern))
        {
            return;
        }

        if (pattern is ArrayLiteralExpression array)
        {
            VisitArrayPattern(array);
        }
        else
        {
            VisitObjectPattern((ObjectLiteralExpression)pattern);
        }

        depth--;
    }

    private void VisitArrayPattern(ArrayLiteralExpression array)
    {
        for (var i = 0; i < array.Elements.Length; i++)
        {
            var element = array.Elements[i];
            if (element is OmittedExpression)
            {
                continue;
            }

            if (element is SpreadElement spread)
            {
                if (i < array.Elements.Length - 1)
                {
                    Report(DiagnosticCodes.RestElementMustBeLast, spread);
                }
                else if (array.Has(NodeFlags.TrailingComma))
                {
                    Report(DiagnosticCodes.RestTrailingComma, spread);
                }

                if (spread.Expression is BinaryExpression { Operator: TokenKind.Equals } withDefault)
                {
                    Report(DiagnosticCodes.RestElementInitializer, withDefault);
                }

                VisitTarget(spread.Expression, TargetUse.Element);
                continue;
            }

            VisitPatternElement(element);
        }
    }

    private void VisitObjectPattern(ObjectLiteralExpression literal)
    {
        for (var i = 0; i < literal.Properties.Length; i++)
        {
            switch (literal.Properties[i])
            {
                case PropertyAssignment n:
                    VisitPropertyName(n.Name);
                    CheckPrivateMember(n.Name);
                    VisitPatternElement(n.Initializer);
                    break;
                case ShorthandPropertyAssignment n:
                    CheckName(n.Name, NameUse.Target);
                    CheckName(n.Name, NameUse.Reference);
                    VisitExpression(n.ObjectAssignmentInitializer);
                    break;
                case SpreadAssignment n:
                    if (i < literal.Properties.Length - 1)
                    {
                        Report(DiagnosticCodes.RestElementMustBeLast, n);
                    }
                    else if (literal.Has(NodeFlags.TrailingComma))
                    {
                        Report(DiagnosticCodes.RestTrailingComma, n);
                    }

                    VisitTarget(n.Expression, TargetUse.ObjectRest);
                    break;
                default:
                    Report(DiagnosticCodes.AssignmentTarget, literal.Properties[i]);
                    VisitObjectMember(literal.Properties[i]);
                    break;
            }
        }
    }

    /// <summary>A target with or without a default value.</summary>
    private void VisitPatternElement(Expression element)
    {
        if (element is BinaryExpression { Operator: TokenKind.Equals } withDefault)
        {
            VisitTarget(withDefault.Left, TargetUse.Element);
            VisitExpression(withDefault.Right);
            return;
        }

        VisitTarget(element, TargetUse.Element);
    }
}
