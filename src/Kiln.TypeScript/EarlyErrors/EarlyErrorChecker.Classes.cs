using Kiln.TypeScript.Diagnostics;
using Kiln.TypeScript.Tree;

namespace Kiln.TypeScript;

/// <content>Classes (ECMA-262 §15.7).</content>
internal sealed partial class EarlyErrorChecker
{
    private void VisitClass(Modifiers modifiers, Identifier? name, HeritageClause? extends, Node[] members)
    {
        VisitDecorators(modifiers);
        var saved = context;
        context |= CheckContext.Strict;
        if (name is not null)
        {
            CheckName(name, NameUse.Binding);
        }

        // The heritage is evaluated outside: the private names of the class are not there yet.
        if (extends is not null)
        {
            foreach (var type in extends.Types)
            {
                VisitExpression(type.Expression);
            }
        }

        privateNames.EnterClass();
        DeclarePrivateNames(members);
        VisitMembers(members, isDerived: extends is not null);
        privateNames.LeaveClass();
        context = saved;
    }

    private void DeclarePrivateNames(Node[] members)
    {
        foreach (var node in members)
        {
            if (node is not Member member || NameOfMember(member) is not PrivateIdentifier name || IsOnlyDeclared(member))
            {
                continue;
            }

            if (NameOf(name) is "#constructor")
            {
                Report(DiagnosticCodes.PrivateConstructor, name);
            }

            var part = member.Kind switch
            {
                SyntaxKind.GetAccessor => PrivateNameTable.Part.Getter,
                SyntaxKind.SetAccessor => PrivateNameTable.Part.Setter,
                _ => PrivateNameTable.Part.Value,
            };
            if (!privateNames.Declare(NumberOf(name), part | (member.Modifiers.Has(ModifierFlags.Static) ? PrivateNameTable.Part.Static : 0)))
            {
                Report(DiagnosticCodes.DuplicateIdentifier, name, NameOf(name).ToString());
            }
        }
    }

    private static Node? NameOfMember(Member member) => member switch
    {
        PropertyDeclaration n => n.Name,
        MethodDeclaration n => n.Name,
        AccessorDeclaration n => n.Name,
        _ => null,
    };

    /// <summary>An overload, an abstract or ambient member: nothing of it reaches an engine.</summary>
    private static bool IsOnlyDeclared(Member member) =>
        member.Has(NodeFlags.Ambient) || member.Modifiers.Has(ModifierFlags.Abstract | ModifierFlags.Declare)
        || member is MethodDeclaration { Body: null } or AccessorDeclaration { Body: null } or ConstructorDeclaration { Body: null } or IndexSignature;

    private void VisitMembers(Node[] members, bool isDerived)
    {
        var sawConstructor = false;
        foreach (var node in members)
        {
            if (node is not Member member || IsOnlyDeclared(member) || !Enter(node))
            {
                continue;
            }

            CheckModifiers(
                member.Modifiers,
                member is ClassStaticBlock ? ModifierFlags.None
                    : ModifierFlags.Static | (member is MethodDeclaration or ConstructorDeclaration ? ModifierFlags.Async : member is PropertyDeclaration ? ModifierFlags.Accessor : 0));
            VisitDecorators(member.Modifiers);
            if (NameOfMember(member) is { } name)
            {
                VisitPropertyName(name);
                CheckMemberName(member, name);
            }

            switch (member)
            {
                case PropertyDeclaration n:
                    VisitFieldInitializer(n.Initializer);
                    break;
                case MethodDeclaration n:
                    var isConstructor = !n.Modifiers.Has(ModifierFlags.Static) && PropertyNameOf(n.Name) is "constructor";
                    if (isConstructor)
                    {
                        NoteConstructor(n.Name, ref sawConstructor);
                    }

                    VisitFunction(n, null, n.Parameters, n.Body!, ShapeOf(n) | FunctionShape.Method | (isConstructor && isDerived ? FunctionShape.DerivedConstructor : 0));
                    break;
                case AccessorDeclaration n:
                    CheckAccessor(n);
                    VisitFunction(n, null, n.Parameters, n.Body!, FunctionShape.Method);
                    break;
                case ConstructorDeclaration n:
                    VisitConstructor(n, isDerived, ref sawConstructor);
                    break;
                case ClassStaticBlock n:
                    VisitStaticBlock(n);
                    break;
            }

            depth--;
        }
    }

    private void VisitConstructor(ConstructorDeclaration constructor, bool isDerived, ref bool sawConstructor)
    {
        var shape = FunctionShape.Method;
        if (constructor.Modifiers.Has(ModifierFlags.Async))
        {
            shape |= FunctionShape.Async;
        }

        // `static constructor() { }` is an ordinary method.
        if (!constructor.Modifiers.Has(ModifierFlags.Static))
        {
            if (constructor.Modifiers.Has(ModifierFlags.Async))
            {
                Report(DiagnosticCodes.SpecialConstructor, constructor.Start, constructor.Modifiers.End);
            }

            NoteConstructor(constructor.Modifiers.End > constructor.Start ? constructor.Modifiers.End : constructor.Start, ref sawConstructor);
            shape |= isDerived ? FunctionShape.DerivedConstructor : 0;
        }

        VisitFunction(constructor, null, constructor.Parameters, constructor.Body!, shape);
    }

    private void NoteConstructor(Node name, ref bool sawConstructor) => NoteConstructor(name.Start, ref sawConstructor);

    private void NoteConstructor(int start, ref bool sawConstructor)
    {
        if (sawConstructor)
        {
            Report(DiagnosticCodes.MultipleConstructors, start, start + "constructor".Length);
        }

        sawConstructor = true;
    }

    private void CheckMemberName(Member member, Node name)
    {
        var text = PropertyNameOf(name);
        var isStatic = member.Modifiers.Has(ModifierFlags.Static);
        switch (text)
        {
            case "constructor":
                if (member is PropertyDeclaration)
                {
                    Report(DiagnosticCodes.FieldNamedConstructor, name);
                }
                else if (!isStatic && (member is AccessorDeclaration || member.Has(NodeFlags.Generator | NodeFlags.Async)))
                {
                    Report(DiagnosticCodes.SpecialConstructor, name);
                }

                break;
            case "prototype" when isStatic:
                Report(DiagnosticCodes.StaticPrototype, name);
                break;
        }
    }

    private void VisitFieldInitializer(Expression? initializer)
    {
        if (initializer is null)
        {
            return;
        }

        var saved = context;
        context = CheckContext.Strict | CheckContext.NewTarget | CheckContext.SuperProperty | CheckContext.NoArguments | AwaitAndYieldOf(FunctionShape.Plain);

        VisitExpression(initializer);
        context = saved;
    }

    private void VisitStaticBlock(ClassStaticBlock block)
    {
        var saved = context;
        var outerLabels = labels.EnterFunction();
        context = CheckContext.Strict | CheckContext.NewTarget | CheckContext.SuperProperty | CheckContext.NoArguments | CheckContext.Await | CheckContext.NoAwaitExpression;
        bindings.Enter(block.Start, isFunction: true);
        VisitStatements(block.Body.Statements);
        bindings.Leave();
        labels.LeaveFunction(outerLabels);
        context = saved;
    }

    /// <summary>The parser reads TypeScript's modifiers everywhere; TypeScript's own rules for them are checked apart.</summary>
    private void CheckModifiers(Modifiers modifiers, ModifierFlags allowed)
    {
        if (!isTypeScript && (modifiers.Flags & ~allowed) is var wrong and not ModifierFlags.None)
        {
            var first = (ModifierFlags)((int)wrong & -(int)wrong);
            Report(DiagnosticCodes.ModifierNotAllowed, modifiers.Start, modifiers.End, first.ToString().ToLowerInvariant());
        }
    }

    private void CheckAccessor(AccessorDeclaration accessor)
    {
        if (isTypeScript)
        {
            return; // with TypeScript's own rules for types and `this` parameters
        }

        if (accessor.Kind == SyntaxKind.GetAccessor)
        {
            if (accessor.Parameters.Length > 0)
            {
                Report(DiagnosticCodes.GetterParameters, accessor.Name);
            }
        }
        else if (accessor.Parameters.Length != 1)
        {
            Report(DiagnosticCodes.SetterParameters, accessor.Name);
        }
        else if (accessor.Parameters[0].Has(NodeFlags.Rest))
        {
            Report(DiagnosticCodes.SetterRest, accessor.Parameters[0]);
        }
    }

    private void VisitDecorators(Modifiers modifiers)
    {
        foreach (var decorator in modifiers.Decorators)
        {
            VisitExpression(decorator.Expression);
        }
    }

    /// <summary>The expression of a computed name; anything else is only a name.</summary>
    private void VisitPropertyName(Node name)
    {
        switch (name)
        {
            case ComputedPropertyName computed:
                if (computed.Expression is BinaryExpression { Operator: TokenKind.Comma })
                {
                    Report(DiagnosticCodes.ComputedNameComma, computed.Expression);
                }

                VisitExpression(computed.Expression);
                break;
            case StringLiteral literal:
                CheckStringLiteral(literal);
                break;
            case Literal { Kind: SyntaxKind.NumericLiteral } number:
                CheckNumericLiteral(number);
                break;
        }
    }
}
