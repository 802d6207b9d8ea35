using Kiln.TypeScript.Diagnostics;
using Kiln.TypeScript.Tree;

namespace Kiln.TypeScript;

/// <content>Members of interfaces, type literals and object literals; names, duplicates and pairs of members.</content>
internal sealed partial class GrammarVisitor
{
    private void VisitTypeMembers(Node[] members, MemberOwner owner)
    {
        var saved = memberOwner;
        var savedThis = thisTypeAllowed;
        foreach (var member in members)
        {
            memberOwner = owner;
            thisTypeAllowed = owner == MemberOwner.Interface;
            if (Enter(member))
            {
                VisitTypeMember(member, members);
                depth--;
            }
        }

        memberOwner = owner;
        thisTypeAllowed = savedThis;
        CheckSignatureOverloads(members);
        CheckDuplicateProperties(members);
        CheckDuplicateIndexSignatures(members);
        CheckAccessorPairs(members);
        memberOwner = saved;
    }

    private void VisitTypeMember(Node member, Node[] members)
    {
        if (member is PropertySignature { Name: PrivateIdentifier } or MethodSignature { Name: PrivateIdentifier })
        {
            Report(DiagnosticCodes.PrivateNotAllowedHere, member);
        }

        var nameCode = memberOwner == MemberOwner.Interface ? DiagnosticCodes.InterfaceComputedName : DiagnosticCodes.TypeLiteralComputedName;
        switch (member)
        {
            case PropertySignature property:
                VisitPropertySignature(property, members, nameCode);
                break;
            case MethodSignature method:
                if (!CheckModifiers(method.Modifiers, new ModifierSite(method, method.Name, SyntaxKind.MethodSignature)) && !CheckParameterList(method.Parameters))
                {
                    CheckComputedName(method.Name, nameCode);
                }

                VisitPropertyName(method.Name);
                VisitSignature(method.TypeParameters, method.Parameters, method.Type, ParameterOwner.Function);
                break;
            case CallOrConstructSignature signature:
                CheckParameterList(signature.Parameters);
                VisitSignature(
                    signature.TypeParameters,
                    signature.Parameters,
                    signature.Type,
                    signature.Kind == SyntaxKind.ConstructSignature ? ParameterOwner.ConstructSignature : ParameterOwner.Function);
                break;
            case AccessorDeclaration accessor:
                VisitAccessor(accessor);
                break;
            case IndexSignature signature:
                VisitIndexSignature(signature);
                break;
            default:
                throw new InvalidOperationException($"Unknown type member {member.Kind}.");
        }
    }

    private void VisitSignature(TypeParameter[] typeParameters, Parameter[] parameters, TypeNode? type, ParameterOwner owner)
    {
        VisitTypeParameters(typeParameters, TypeParameterOwner.Function);
        VisitParameters(parameters, owner, hasBody: false, mayBeDecorated: false);
        VisitReturnType(type, parameters, mayBePredicate: owner == ParameterOwner.Function);
    }

    private void VisitPropertySignature(PropertySignature property, Node[] members, int nameCode)
    {
        if (!CheckModifiers(property.Modifiers, new ModifierSite(property, property.Name, SyntaxKind.PropertySignature)))
        {
            if (LooksLikeMappedType(property.Name))
            {
                Report(DiagnosticCodes.MappedTypeMembers, members[0]);
            }
            else
            {
                CheckComputedName(property.Name, nameCode);
            }
        }

        CheckBigIntName(property.Name);
        VisitPropertyName(property.Name);
        if (property.Type is { } type)
        {
            if (FindUniqueSymbol(type) is null)
            {
                VisitType(type);
            }
            else if (!property.Modifiers.Has(ModifierFlags.Readonly))
            {
                Report(DiagnosticCodes.UniqueSymbolSignatureNotReadonly, property.Name);
            }
        }

        VisitOptional(property.Initializer);
    }

    // Names.

    private void VisitPropertyName(Node name)
    {
        if (name is ComputedPropertyName computed)
        {
            var saved = memberOwner;
            VisitExpression(computed.Expression);
            memberOwner = saved;
        }
    }

    /// <summary><c>[K in T]</c> outside a mapped type.</summary>
    private static bool LooksLikeMappedType(Node name) => name is ComputedPropertyName { Expression: BinaryExpression { Operator: TokenKind.In } };

    /// <summary>
    /// A name that must be known without running the program is a literal or the name of a constant; whether the constant's type is a literal is for
    /// the types to say.
    /// </summary>
    private bool CheckComputedName(Node name, int code) =>
        name is ComputedPropertyName { Expression: var expression } && !IsLiteralName(expression) && !IsEntityName(expression) && Report(code, name);

    private static bool IsLiteralName(Expression expression) => expression switch
    {
        StringLiteral => true,
        Literal literal => literal.Kind is SyntaxKind.NumericLiteral or SyntaxKind.NoSubstitutionTemplateLiteral,
        PrefixUnaryExpression { Operator: TokenKind.Minus or TokenKind.Plus, Operand: Literal { Kind: SyntaxKind.NumericLiteral } } => true,
        _ => false,
    };

    private void CheckBigIntName(Node name)
    {
        if (name.Kind == SyntaxKind.BigIntLiteral)
        {
            Report(DiagnosticCodes.BigIntPropertyName, name);
        }
    }

    // Duplicates and pairs.

    /// <summary>In a class a field collides with every member of its name and place (static or not), a method with everything but methods.</summary>
    private void CheckDuplicateMembers(Node[] members)
    {
        if (members.Length < 2)
        {
            return;
        }

        names.Start(members.Length);
        foreach (var member in members)
        {
            if (member is ConstructorDeclaration constructor)
            {
                foreach (var parameter in constructor.Parameters)
                {
                    if (parameter.Modifiers.Has(ModifierFlags.ParameterProperty) && parameter.Name is Identifier)
                    {
                        AddMember(parameter.Name, isStatic: false, MemberNames.Meaning.Property);
                    }
                }

                continue;
            }

            var (name, meaning, isStatic) = member switch
            {
                PropertyDeclaration property => (property.Name, MemberNames.Meaning.Property, property.Modifiers.Has(ModifierFlags.Static)),
                MethodDeclaration method => (method.Name, MemberNames.Meaning.Method, method.Modifiers.Has(ModifierFlags.Static)),
                AccessorDeclaration accessor => (
                    accessor.Name,
                    accessor.Kind == SyntaxKind.GetAccessor ? MemberNames.Meaning.Getter : MemberNames.Meaning.Setter,
                    accessor.Modifiers.Has(ModifierFlags.Static)),
                _ => (null, MemberNames.Meaning.None, false),
            };
            if (name is not null and not PrivateIdentifier)
            {
                AddMember(name, isStatic, meaning);
            }
        }
    }

    private void AddMember(Node name, bool isStatic, MemberNames.Meaning meaning)
    {
        var before = names.Add(name, isStatic, meaning, out var first);
        var isClash = ((before | meaning) & ~MemberNames.Meaning.Accessor) == 0 ? (before & meaning) != 0
            : before != MemberNames.Meaning.Method || meaning != MemberNames.Meaning.Method;
        if (before != MemberNames.Meaning.None && isClash)
        {
            ReportDuplicate(first, name, meaning);
        }
    }

    /// <summary>A field may follow anything of its name as far as TypeScript's binder is concerned; another member may not, and then both are reported.</summary>
    private void ReportDuplicate(Node first, Node name, MemberNames.Meaning meaning)
    {
        if (meaning != MemberNames.Meaning.Property)
        {
            Report(DiagnosticCodes.DuplicateIdentifier, first, file.GetSlice(first).ToString());
        }

        Report(DiagnosticCodes.DuplicateIdentifier, name, file.GetSlice(name).ToString());
    }

    private void CheckDuplicateProperties(Node[] members)
    {
        if (members.Length < 2)
        {
            return;
        }

        names.Start(members.Length);
        foreach (var member in members)
        {
            if (member is PropertySignature { Name: Identifier or StringLiteral or Literal { Kind: SyntaxKind.NumericLiteral } } property
                && names.Add(property.Name, isStatic: false, MemberNames.Meaning.Property, out _) != 0)
            {
                Report(DiagnosticCodes.DuplicateIdentifier, property.Name, file.GetSlice(property.Name).ToString());
            }
        }
    }

    private void CheckDuplicateIndexSignatures(Node[] members)
    {
        Span<int> counts = [0, 0, 0, 0, 0, 0];
        var duplicates = false;
        foreach (var member in members)
        {
            var key = KeyTypeOf(member);
            duplicates |= key >= 0 && ++counts[key] > 1;
        }

        if (!duplicates)
        {
            return;
        }

        foreach (var member in members)
        {
            var key = KeyTypeOf(member);
            if (key >= 0 && counts[key] > 1)
            {
                Report(DiagnosticCodes.DuplicateIndexSignature, member, key % 3 == 0 ? "string" : key % 3 == 1 ? "number" : "symbol");
            }
        }
    }

    private int KeyTypeOf(Node member)
    {
        if (member is not IndexSignature { Parameters: [{ Type: KeywordType type }] } signature)
        {
            return -1;
        }

        var key = file.GetSlice(type) switch { "string" => 0, "number" => 1, "symbol" => 2, _ => -1 };
        return key >= 0 && signature.Modifiers.Has(ModifierFlags.Static) ? key + 3 : key;
    }

    /// <summary>A getter and a setter of one name agree on <c>abstract</c>, and the getter is no less accessible.</summary>
    private void CheckAccessorPairs(Node[] members)
    {
        var hasStarted = false;
        for (var i = 0; i < members.Length; i++)
        {
            if (members[i] is not AccessorDeclaration accessor)
            {
                continue;
            }

            if (!hasStarted)
            {
                names.Start(members.Length);
                hasStarted = true;
            }

            // Only the first getter and the first setter make a pair; another one is a duplicate.
            var isGetter = accessor.Kind == SyntaxKind.GetAccessor;
            var meaning = isGetter ? MemberNames.Meaning.Getter : MemberNames.Meaning.Setter;
            var before = names.Add(accessor.Name, accessor.Modifiers.Has(ModifierFlags.Static), meaning, i, out _, out var first);
            if (before == (MemberNames.Meaning.Accessor & ~meaning))
            {
                var other = (AccessorDeclaration)members[first];
                CheckAccessorPair(isGetter ? accessor : other, isGetter ? other : accessor);
            }
        }
    }

    private void CheckAccessorPair(AccessorDeclaration getter, AccessorDeclaration setter)
    {
        if (getter.Modifiers.Has(ModifierFlags.Abstract) != setter.Modifiers.Has(ModifierFlags.Abstract))
        {
            Report(DiagnosticCodes.AccessorsAbstract, getter.Name);
            Report(DiagnosticCodes.AccessorsAbstract, setter.Name);
        }

        if (AccessRank(getter) > AccessRank(setter))
        {
            Report(DiagnosticCodes.GetterLessAccessible, getter.Name);
            Report(DiagnosticCodes.GetterLessAccessible, setter.Name);
        }

        static int AccessRank(AccessorDeclaration accessor) =>
            accessor.Modifiers.Has(ModifierFlags.Private) ? 2 : accessor.Modifiers.Has(ModifierFlags.Protected) ? 1 : 0;
    }

    // Object literals.

    /// <param name="isTarget">The literal is the left side of an assignment, where names may repeat.</param>
    private void VisitObjectLiteral(ObjectLiteralExpression literal, bool isTarget)
    {
        var saved = memberOwner;
        foreach (var property in literal.Properties)
        {
            memberOwner = MemberOwner.ObjectLiteral;
            if (Enter(property))
            {
                VisitObjectMember(property, isTarget);
                depth--;
            }
        }

        memberOwner = saved;
        if (!isTarget && literal.Properties.Length > 1)
        {
            CheckDuplicateObjectMembers(literal);
        }
    }

    private void VisitObjectMember(Node member, bool isTarget)
    {
        switch (member)
        {
            case PropertyAssignment property:
                VisitPropertyName(property.Name);
                memberOwner = MemberOwner.None;
                if (isTarget)
                {
                    VisitAssignmentTarget(property.Initializer);
                    break;
                }

                CheckLostModifiers(property, property.Name);
                CheckBigIntName(property.Name);
                VisitExpression(property.Initializer);
                break;
            case ShorthandPropertyAssignment property:
                if (!isTarget)
                {
                    CheckLostModifiers(property, property.Name);
                }

                VisitOptional(property.ObjectAssignmentInitializer);
                break;
            case SpreadAssignment spread:
                if (isTarget)
                {
                    VisitAssignmentTarget(spread.Expression);
                }
                else
                {
                    VisitExpression(spread.Expression);
                }

                break;
            case Member when isTarget:
                // No pattern has methods: an early error.
                break;
            case MethodDeclaration method:
                CheckObjectModifiers(method.Modifiers, mayBeAsync: true);
                VisitMethod(method);
                break;
            case AccessorDeclaration accessor:
                CheckObjectModifiers(accessor.Modifiers, mayBeAsync: false);
                VisitAccessor(accessor);
                break;
            default:
                throw new InvalidOperationException($"Unknown object member {member.Kind}.");
        }
    }

    private void CheckObjectModifiers(Modifiers modifiers, bool mayBeAsync)
    {
        if (modifiers == Modifiers.None)
        {
            return;
        }

        var reader = new ModifierReader(text, modifiers);
        while (reader.MoveToWord())
        {
            if (reader.Current != ModifierFlags.Async || !mayBeAsync)
            {
                ReportToken(DiagnosticCodes.ModifierNotAllowed, reader.Start, ModifierReader.TextOf(reader.Current));
            }
        }
    }

    /// <summary>The tree has no room for the modifiers of a property of an object literal: they stand between its start and its name.</summary>
    private void CheckLostModifiers(Node property, Node name)
    {
        var position = property.Start;
        while (position < name.Start)
        {
            var end = Trivia.EndOfToken(text, position);
            if (ModifierReader.FlagOf(text.AsSpan(position, end - position)) == ModifierFlags.None)
            {
                break;
            }

            ReportToken(DiagnosticCodes.ModifierNotAllowed, position, text[position..end]);
            position = Trivia.Skip(text, end);
        }
    }

    private void CheckDuplicateObjectMembers(ObjectLiteralExpression literal)
    {
        names.Start(literal.Properties.Length);
        foreach (var member in literal.Properties)
        {
            var (name, meaning) = member switch
            {
                PropertyAssignment property => (property.Name, MemberNames.Meaning.Property),
                ShorthandPropertyAssignment property => (property.Name, MemberNames.Meaning.Property),
                MethodDeclaration method => (method.Name, MemberNames.Meaning.Method),
                AccessorDeclaration accessor => (accessor.Name, accessor.Kind == SyntaxKind.GetAccessor ? MemberNames.Meaning.Getter : MemberNames.Meaning.Setter),
                _ => (null, MemberNames.Meaning.None),
            };
            if (name is null || names.Add(name, isStatic: false, meaning, out var first) is var before && before == MemberNames.Meaning.None)
            {
                continue;
            }

            if (meaning == MemberNames.Meaning.Method && before == MemberNames.Meaning.Method)
            {
                Report(DiagnosticCodes.DuplicateIdentifier, name, file.GetSlice(name).ToString());
            }
            else if (meaning == MemberNames.Meaning.Property && before == MemberNames.Meaning.Property)
            {
                Report(DiagnosticCodes.DuplicateObjectProperty, name);
            }
            else if (((before | meaning) & ~MemberNames.Meaning.Accessor) != 0)
            {
                if (meaning != MemberNames.Meaning.Property)
                {
                    ReportDuplicate(first, name, meaning);
                }

                Report(DiagnosticCodes.ObjectPropertyAndAccessor, name);
                return;
            }
            else if ((before & meaning) != 0)
            {
                ReportDuplicate(first, name, meaning);
                Report(DiagnosticCodes.DuplicateObjectAccessor, name);
                return;
            }
        }
    }
}
