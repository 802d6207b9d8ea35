using Kiln.TypeScript.Diagnostics;
using Kiln.TypeScript.Lexing;
using Kiln.TypeScript.Tree;

namespace Kiln.TypeScript;

/// <content>Names: what may be one where (ECMA-262 §13.1.1), and what declares them twice.</content>
internal sealed partial class EarlyErrorChecker
{
    private enum NameUse
    {
        Reference,
        Label,
        Binding,

        /// <summary>Assigned to, as <c>eval = 1</c>.</summary>
        Target,
    }

    private void CheckName(Node name, NameUse use)
    {
        var length = name.Length;
        if (name.Has(NodeFlags.HasEscape))
        {
            var decoded = NameOf(name);
            if (TokenFacts.IsReservedWord(Keywords.Find(decoded)))
            {
                Report(DiagnosticCodes.EscapedKeyword, name);
                return;
            }

            CheckSpecialName(name, decoded, use);
        }
        else if (length is >= 3 and <= 10 && text[name.Start] is 'a' or 'e' or 'i' or 'l' or 'p' or 's' or 'y')
        {
            // All words that are special in some context start with one of these.
            CheckSpecialName(name, Slice(name), use);
        }
    }

    private void CheckSpecialName(Node name, ReadOnlySpan<char> word, NameUse use)
    {
        switch (word)
        {
            case "await":
                if ((context & (CheckContext.Await | CheckContext.NoAwaitExpression)) != 0)
                {
                    Report(DiagnosticCodes.ReservedWord, name, "await");
                }

                break;
            case "yield":
                if ((context & (CheckContext.Yield | CheckContext.Strict)) != 0)
                {
                    Report(IsStrict ? StrictReservedCode : DiagnosticCodes.ReservedWord, name, "yield");
                }

                break;
            case "implements" or "interface" or "let" or "package" or "private" or "protected" or "public" or "static":
                if (IsStrict)
                {
                    Report(StrictReservedCode, name, word.ToString());
                }

                break;
            case "eval" or "arguments":
                if (IsStrict && use is NameUse.Binding or NameUse.Target)
                {
                    Report(
                        privateNames.InClass ? DiagnosticCodes.EvalOrArgumentsInClass : isModule ? DiagnosticCodes.EvalOrArgumentsInModule : DiagnosticCodes.EvalOrArgumentsInStrict,
                        name,
                        word.ToString());
                }
                else if (use == NameUse.Reference && (context & CheckContext.NoArguments) != 0 && word is "arguments")
                {
                    Report(DiagnosticCodes.ArgumentsInInitializer, name);
                }

                break;
        }
    }

    private int StrictReservedCode => privateNames.InClass ? DiagnosticCodes.ReservedInClass : isModule ? DiagnosticCodes.ReservedInModule : DiagnosticCodes.ReservedInStrict;

    // Declarations.

    private void DeclareLexical(Node name, BindingKind kind)
    {
        CheckName(name, NameUse.Binding);
        if (name.Has(NodeFlags.Missing))
        {
            return;
        }

        var number = NumberOf(name);
        if (bindings.FindLexicalHere(number) is { } first)
        {
            if (!MayMerge(first, kind))
            {
                ReportRedeclaration(name, first, kind);
            }
        }
        else if (bindings.HasVariableInside(number) && !(kind == BindingKind.Namespace && isTypeScript))
        {
            ReportRedeclaration(name, BindingKind.Lexical, kind);
        }

        bindings.DeclareLexical(number, kind);
    }

    /// <summary>Two declarations of one name in one scope that are none too many.</summary>
    private bool MayMerge(BindingKind first, BindingKind second) => (first, second) switch
    {
        // Sloppy mode forgives plain functions in blocks (ECMA-262 B.3.3.5). At a module's top level all code is strict.
        (BindingKind.Function, BindingKind.Function) => !IsStrict,

        // TypeScript compiles these into one object.
        (BindingKind.Namespace, BindingKind.Namespace or BindingKind.Enum) => isTypeScript,
        (BindingKind.Enum, BindingKind.Enum or BindingKind.Namespace) => isTypeScript,
        (BindingKind.Class or BindingKind.Function or BindingKind.SpecialFunction, BindingKind.Namespace) => isTypeScript,
        _ => false,
    };

    private void ReportRedeclaration(Node name, BindingKind first, BindingKind second)
    {
        var code = (first, second) switch
        {
            (BindingKind.Import, _) or (_, BindingKind.Import) => DiagnosticCodes.ImportConflict,
            (BindingKind.CatchParameter or BindingKind.CatchPattern, _) => DiagnosticCodes.CatchRedeclared,
            (BindingKind.Enum, _) or (_, BindingKind.Enum) => DiagnosticCodes.EnumConflict,
            (BindingKind.Lexical, _) or (_, BindingKind.Lexical) => DiagnosticCodes.BlockScopedRedeclared,
            _ => DiagnosticCodes.DuplicateIdentifier,
        };
        Report(code, name, NameOf(name).ToString());
    }

    private void DeclareVariable(Node name)
    {
        CheckName(name, NameUse.Binding);
        if (name.Has(NodeFlags.Missing))
        {
            return;
        }

        var number = NumberOf(name);
        if (bindings.FindOnTheWayOut(number) is { } kind)
        {
            Report(kind == BindingKind.Import ? DiagnosticCodes.ImportConflict : DiagnosticCodes.BlockScopedRedeclared, name, NameOf(name).ToString());
        }

        bindings.DeclareVariable(number, name.Start);
    }

    /// <summary>Calls for every name that a binding pattern declares, and checks the pattern's own expressions and rest elements on the way.</summary>
    private void VisitBinding(Node target, BindingUse use)
    {
        switch (target)
        {
            case Identifier name:
                DeclareBinding(name, use);
                return;
            case ArrayBindingPattern array:
                if (!Enter(target))
                {
                    return;
                }

                for (var i = 0; i < array.Elements.Length; i++)
                {
                    if (array.Elements[i] is BindingElement element)
                    {
                        VisitBindingElement(element, use, isLast: i == array.Elements.Length - 1, array);
                    }
                }

                depth--;
                return;
            case ObjectBindingPattern pattern:
                if (!Enter(target))
                {
                    return;
                }

                for (var i = 0; i < pattern.Elements.Length; i++)
                {
                    var element = pattern.Elements[i];
                    if (element.Has(NodeFlags.Rest) && element.Name is not Identifier)
                    {
                        Report(DiagnosticCodes.IdentifierExpected, element.Name);
                    }

                    VisitBindingElement(element, use, isLast: i == pattern.Elements.Length - 1, pattern);
                }

                depth--;
                return;
        }
    }

    private enum BindingUse
    {
        Variable,
        Lexical,
        Parameter,
        CatchPattern,
    }

    private void DeclareBinding(Identifier name, BindingUse use)
    {
        switch (use)
        {
            case BindingUse.Variable:
                DeclareVariable(name);
                break;
            case BindingUse.Lexical:
                if (NameOf(name) is "let")
                {
                    Report(DiagnosticCodes.LetAsLexicalName, name);
                    break;
                }

                DeclareLexical(name, BindingKind.Lexical);
                break;
            case BindingUse.CatchPattern:
                DeclareLexical(name, BindingKind.CatchPattern);
                break;
            default:
                DeclareParameter(name);
                break;
        }
    }

    private void VisitBindingElement(BindingElement element, BindingUse use, bool isLast, Node pattern)
    {
        if (element.PropertyName is { } property)
        {
            VisitPropertyName(property);
            CheckPrivateMember(property);
        }

        if (element.Has(NodeFlags.Rest))
        {
            if (!isLast)
            {
                Report(DiagnosticCodes.RestElementMustBeLast, element);
            }
            else if (pattern.Has(NodeFlags.TrailingComma))
            {
                Report(DiagnosticCodes.RestTrailingComma, element);
            }

            if (element.Initializer is not null)
            {
                Report(DiagnosticCodes.RestElementInitializer, element.Initializer);
            }
        }

        VisitBinding(element.Name, use);
        VisitExpression(element.Initializer);
    }
}
