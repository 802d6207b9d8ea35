using Kiln.TypeScript.Diagnostics;
using Kiln.TypeScript.Tree;

namespace Kiln.TypeScript;

/// <content>Classes and their members.</content>
internal sealed partial class GrammarVisitor
{
    /// <summary>What contains the member that is visited.</summary>
    private MemberOwner memberOwner;

    /// <summary>That class is declared <c>abstract</c>.</summary>
    private bool ownerIsAbstract;

    private void VisitClassDeclaration(ClassDeclaration type)
    {
        CheckModifiers(type.Modifiers, new ModifierSite(type, type.Name, SyntaxKind.ClassDeclaration));
        var saved = ambient;
        ambient |= type.Modifiers.Has(ModifierFlags.Declare);
        VisitClass(type.Modifiers, type.Name, type.TypeParameters, type.Extends, type.Implements, type.Members, MemberOwner.Class);
        ambient = saved;
    }

    private void VisitClassExpression(ClassExpression type)
    {
        CheckModifiers(type.Modifiers, new ModifierSite(type, type.Name, SyntaxKind.ClassExpression));
        VisitClass(type.Modifiers, type.Name, type.TypeParameters, type.Extends, type.Implements, type.Members, MemberOwner.ClassExpression);
    }

    private void VisitClass(
        Modifiers modifiers, Identifier? name, TypeParameter[] typeParameters, HeritageClause? extends, HeritageClause? implements, Node[] members, MemberOwner owner)
    {
        VisitDecorators(modifiers, areApplied: true);
        if (name is not null)
        {
            CheckReservedTypeName(name, DiagnosticCodes.ReservedClassName);
        }

        VisitTypeParameters(typeParameters, TypeParameterOwner.Class);
        foreach (var type in extends?.Types ?? [])
        {
            VisitExpression(type);
        }

        if (implements is not null)
        {
            VisitBases(implements, DiagnosticCodes.ClassInterface);
        }

        var savedOwner = memberOwner;
        var savedAbstract = ownerIsAbstract;
        memberOwner = owner;
        ownerIsAbstract = owner == MemberOwner.Class && modifiers.Has(ModifierFlags.Abstract);
        var savedThis = thisTypeAllowed;
        foreach (var member in members)
        {
            VisitClassMember(member, members);
            memberOwner = owner;
            thisTypeAllowed = savedThis;
        }

        CheckClassOverloads(members);
        CheckDuplicateMembers(members);
        CheckDuplicateIndexSignatures(members);
        CheckAccessorPairs(members);
        memberOwner = savedOwner;
        ownerIsAbstract = savedAbstract;
    }

    private void VisitClassMember(Node member, Node[] members)
    {
        if (!Enter(member))
        {
            return;
        }

        switch (member)
        {
            case PropertyDeclaration property: VisitProperty(property, members); break;
            case MethodDeclaration method: VisitMethod(method); break;
            case ConstructorDeclaration constructor: VisitConstructor(constructor); break;
            case AccessorDeclaration accessor: VisitAccessor(accessor); break;
            case IndexSignature signature:
                thisTypeAllowed = !signature.Modifiers.Has(ModifierFlags.Static);
                VisitIndexSignature(signature);
                break;
            case ClassStaticBlock block:
                CheckModifiers(block.Modifiers, new ModifierSite(block, null, SyntaxKind.ClassStaticBlock));
                memberOwner = MemberOwner.None;
                thisTypeAllowed = false;
                VisitBlock(block.Body);
                break;
            case SemicolonClassElement: break;
            default: throw new InvalidOperationException($"Unknown member {member.Kind}.");
        }

        depth--;
    }

    private void VisitProperty(PropertyDeclaration property, Node[] members)
    {
        var modifiers = property.Modifiers;
        var refused = CheckModifiers(modifiers, new ModifierSite(property, property.Name, SyntaxKind.PropertyDeclaration));
        var saved = ambient;
        ambient |= modifiers.Has(ModifierFlags.Declare);
        if (!refused)
        {
            CheckProperty(property, members);
        }

        if (modifiers.Has(ModifierFlags.Abstract) && property.Initializer is not null)
        {
            Report(DiagnosticCodes.AbstractPropertyInitializer, property.Name, file.GetSlice(property.Name).ToString());
        }

        CheckBigIntName(property.Name);
        VisitDecorators(modifiers, areApplied: !modifiers.Has(ModifierFlags.Abstract | ModifierFlags.Declare));
        VisitPropertyName(property.Name);
        thisTypeAllowed = !modifiers.Has(ModifierFlags.Static);
        VisitPropertyType(property);
        VisitOptional(property.Initializer);
        ambient = saved;
    }

    private bool CheckProperty(PropertyDeclaration property, Node[] members)
    {
        var modifiers = property.Modifiers;
        if (LooksLikeMappedType(property.Name))
        {
            return Report(DiagnosticCodes.MappedTypeMembers, members[0]);
        }

        if (CheckComputedName(property.Name, DiagnosticCodes.ClassPropertyComputedName))
        {
            return true;
        }

        if (modifiers.Has(ModifierFlags.Accessor) && property.Has(NodeFlags.Optional))
        {
            return ReportToken(DiagnosticCodes.AccessorOptional, MarkAfter(property.Name));
        }

        if (ambient && property.Initializer is { } initializer)
        {
            CheckAmbientInitializer(initializer, isConstant: modifiers.Has(ModifierFlags.Readonly) && property.Type is null);
        }

        if (!property.Has(NodeFlags.Definite))
        {
            return false;
        }

        var mark = MarkAfter(property.Name);
        return property.Initializer is not null ? ReportToken(DiagnosticCodes.DefiniteWithInitializer, mark)
            : property.Type is null ? ReportToken(DiagnosticCodes.DefiniteWithoutType, mark)
            : (ambient || modifiers.Has(ModifierFlags.Static | ModifierFlags.Abstract)) && ReportToken(DiagnosticCodes.DefiniteObjectMember, mark);
    }

    private void VisitPropertyType(PropertyDeclaration property)
    {
        if (property.Type is not { } type)
        {
            return;
        }

        if (FindUniqueSymbol(type) is null)
        {
            VisitType(type);
        }
        else if (!property.Modifiers.Has(ModifierFlags.Static) || !property.Modifiers.Has(ModifierFlags.Readonly))
        {
            Report(DiagnosticCodes.UniqueSymbolPropertyNotStaticReadonly, property.Name);
        }
    }

    private void VisitMethod(MethodDeclaration method)
    {
        var modifiers = method.Modifiers;
        var hasBody = method.Body is not null;
        var saved = ambient;
        var refused = CheckModifiers(modifiers, new ModifierSite(method, method.Name, SyntaxKind.MethodDeclaration, HasBody: hasBody));
        ambient |= IsInClass && modifiers.Has(ModifierFlags.Declare);
        if (!refused)
        {
            CheckMethod(method);
        }

        if (modifiers.Has(ModifierFlags.Abstract) && hasBody)
        {
            Report(DiagnosticCodes.AbstractMethodBody, method.Name, file.GetSlice(method.Name).ToString());
        }

        VisitDecorators(modifiers, areApplied: hasBody && IsInClass);
        VisitPropertyName(method.Name);
        var savedThis = thisTypeAllowed;
        thisTypeAllowed = IsInClass && !modifiers.Has(ModifierFlags.Static);
        VisitTypeParameters(method.TypeParameters, TypeParameterOwner.Function);
        VisitParameters(method.Parameters, ParameterOwner.Function, hasBody, mayBeDecorated: hasBody && memberOwner == MemberOwner.Class);
        VisitReturnType(method.Type, method.Parameters, mayBePredicate: true);
        VisitFunctionBody(method.Body);
        ambient = saved;
        thisTypeAllowed = savedThis;
    }

    private bool CheckMethod(MethodDeclaration method)
    {
        if (CheckParameterList(method.Parameters))
        {
            return true;
        }

        if (memberOwner == MemberOwner.ObjectLiteral)
        {
            if (method.Modifiers != Modifiers.None && (method.Modifiers.Flags != ModifierFlags.Async || method.Modifiers.Decorators.Length > 0))
            {
                return ReportToken(DiagnosticCodes.ModifierNotAllowedHere, method.Start);
            }

            if (method.Body is null)
            {
                return Report(DiagnosticCodes.TokenExpected, method.End - 1, method.End, "{");
            }
        }

        if (method.Has(NodeFlags.Generator) && (ambient || method.Body is null))
        {
            CheckGenerator(method, StartAfterModifiers(method, method.Modifiers), method.Body is not null);
            return true;
        }

        if (!IsInClass)
        {
            return false;
        }

        return ambient ? CheckComputedName(method.Name, DiagnosticCodes.AmbientComputedName)
            : method.Body is null && CheckComputedName(method.Name, DiagnosticCodes.OverloadComputedName);
    }

    private void VisitConstructor(ConstructorDeclaration constructor)
    {
        if (!CheckModifiers(constructor.Modifiers, new ModifierSite(constructor, null, SyntaxKind.Constructor)))
        {
            CheckParameterList(constructor.Parameters);
        }

        CheckConstructorTypes(constructor);
        var hasBody = constructor.Body is not null;
        thisTypeAllowed = false;
        VisitParameters(constructor.Parameters, ParameterOwner.Constructor, hasBody, mayBeDecorated: hasBody && memberOwner == MemberOwner.Class);
        thisTypeAllowed = true;
        VisitFunctionBody(constructor.Body);
    }

    /// <summary>The tree has no room for type parameters and a return type of a constructor: they are looked for in the text.</summary>
    private void CheckConstructorTypes(ConstructorDeclaration constructor)
    {
        var keyword = StartAfterModifiers(constructor, constructor.Modifiers);
        var position = text[keyword] is '"' or '\'' ? keyword + "'constructor'".Length : Trivia.EndOfToken(text, keyword);
        if (Trivia.NextIs(text, position, '<', out var open))
        {
            var first = Trivia.Skip(text, open + 1);
            ReportToken(DiagnosticCodes.ConstructorTypeParameters, first);
            return;
        }

        // From `(`, or from the last parameter, over a comma to `)` and what follows it.
        position = constructor.Parameters.Length > 0 ? Trivia.Skip(text, constructor.Parameters[^1].End) : Trivia.Skip(text, open + 1);
        if (position < text.Length && text[position] == ',')
        {
            position = Trivia.Skip(text, position + 1);
        }

        if (position < text.Length && text[position] == ')' && Trivia.NextIs(text, position + 1, ':', out var colon))
        {
            ReportToken(DiagnosticCodes.ConstructorReturnType, Trivia.Skip(text, colon + 1));
        }
    }

    private void VisitAccessor(AccessorDeclaration accessor)
    {
        var modifiers = accessor.Modifiers;
        var hasBody = accessor.Body is not null;
        var refused = CheckModifiers(modifiers, new ModifierSite(accessor, accessor.Name, accessor.Kind, HasBody: hasBody));
        if (!refused && !CheckParameterList(accessor.Parameters))
        {
            CheckAccessor(accessor);
        }

        VisitDecorators(modifiers, areApplied: hasBody && IsInClass);
        VisitPropertyName(accessor.Name);
        var savedThis = thisTypeAllowed;
        thisTypeAllowed = memberOwner == MemberOwner.Interface || (IsInClass && !modifiers.Has(ModifierFlags.Static));
        VisitTypeParameters(accessor.TypeParameters, TypeParameterOwner.Function);
        VisitParameters(
            accessor.Parameters, ParameterOwner.Accessor, hasBody, mayBeDecorated: hasBody && memberOwner == MemberOwner.Class && accessor.Kind == SyntaxKind.SetAccessor);
        VisitReturnType(accessor.Type, accessor.Parameters, mayBePredicate: false);
        VisitFunctionBody(accessor.Body);
        thisTypeAllowed = savedThis;
    }

    private bool CheckAccessor(AccessorDeclaration accessor)
    {
        var isGetter = accessor.Kind == SyntaxKind.GetAccessor;
        var isAbstract = accessor.Modifiers.Has(ModifierFlags.Abstract);
        var inType = memberOwner is MemberOwner.Interface or MemberOwner.TypeLiteral;
        if (accessor.Body is null)
        {
            if (!ambient && !inType && !isAbstract)
            {
                return Report(DiagnosticCodes.TokenExpected, accessor.End - 1, accessor.End, "{");
            }
        }
        else if (isAbstract)
        {
            return Report(DiagnosticCodes.AbstractAccessorBody, accessor.Name);
        }
        else if (inType)
        {
            return Report(DiagnosticCodes.ImplementationInAmbientContext, accessor.Body);
        }

        if (accessor.TypeParameters.Length > 0)
        {
            return Report(DiagnosticCodes.AccessorTypeParameters, accessor.Name);
        }

        // A `this` parameter does not count; it is reported for itself.
        var parameters = accessor.Parameters;
        var count = isGetter ? 0 : 1;
        var hasThis = parameters.Length == count + 1 && parameters[0].Name is Identifier first && IsWord(first, "this");
        if (parameters.Length != count && !hasThis)
        {
            return Report(isGetter ? DiagnosticCodes.GetterParameters : DiagnosticCodes.SetterParameters, accessor.Name);
        }

        return !isGetter && CheckSetter(accessor, parameters[^1]);
    }

    private bool CheckSetter(AccessorDeclaration setter, Parameter value)
    {
        if (setter.Type is not null)
        {
            return Report(DiagnosticCodes.SetterReturnType, setter.Name);
        }

        if (value.Has(NodeFlags.Rest))
        {
            var dots = StartAfterModifiers(value, value.Modifiers);
            return Report(DiagnosticCodes.SetterRest, dots, dots + 3);
        }

        return value.Has(NodeFlags.Optional) ? ReportToken(DiagnosticCodes.SetterOptionalParameter, MarkAfter(value.Name))
            : value.Initializer is not null && Report(DiagnosticCodes.SetterParameterInitializer, setter.Name);
    }

    /// <param name="areApplied">Decorators in a wrong place are not judged for themselves.</param>
    private void VisitDecorators(Modifiers modifiers, bool areApplied)
    {
        foreach (var decorator in modifiers.Decorators)
        {
            if (areApplied)
            {
                CheckDecoratorExpression(decorator.Expression);
            }

            VisitExpression(decorator.Expression);
        }
    }

    /// <summary>A decorator is a name with members and at most one call at its end; anything else needs parentheses (Decorators proposal).</summary>
    private void CheckDecoratorExpression(Expression expression)
    {
        var current = expression;
        var mayCall = true;
        var isValid = true;
        while (current is not (ParenthesizedExpression or Identifier) && isValid)
        {
            switch (current)
            {
                case NonNullExpression inner:
                    current = inner.Expression;
                    break;
                case ExpressionWithTypeArguments inner:
                    current = inner.Expression;
                    break;
                case CallExpression call:
                    isValid = mayCall && !call.Has(NodeFlags.QuestionDot);
                    mayCall = false;
                    current = call.Expression;
                    break;
                case PropertyAccessExpression access:
                    isValid = !access.Has(NodeFlags.QuestionDot);
                    mayCall = false;
                    current = access.Expression;
                    break;
                default:
                    isValid = false;
                    break;
            }
        }

        if (!isValid || (current is ParenthesizedExpression && current != expression))
        {
            Report(DiagnosticCodes.DecoratorNeedsParentheses, expression);
        }
    }
}
