using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Symbols;

/// <summary>What each kind of declaration mentions.</summary>
internal sealed partial class ReferenceWalker
{
    /// <summary>With only types: leaves out the constructors and static members of classes.</summary>
    public bool OnlyInstanceMembers { get; set; }

    /// <summary>Namespaces and aliases mention nothing themselves; what they contain or stand for is the caller's to follow.</summary>
    public void WalkDeclaration(Declaration declaration)
    {
        scope = declaration.Scope;
        file = scope.File;
        visitor.EnterMember(null);
        switch (declaration.Node)
        {
            case FunctionDeclaration node when !declaration.IsImplementation:
                VisitSignature(node.TypeParameters, node.Parameters, node.Type, null);
                break;
            case ClassDeclaration node:
                WalkClass(node);
                break;
            case InterfaceDeclaration node:
                WalkInterface(node);
                break;
            case TypeAliasDeclaration node:
                var frame = EnterSignature(node.TypeParameters, [], null);
                Push(node.Type, frame);
                PushAll(node.TypeParameters, frame);
                break;
            case EnumDeclaration node:
                WalkEnum(node);
                break;
            case VariableDeclaration node:
                Push((Node?)node.Type ?? Initial(node.Initializer), null);
                break;
            case ExpressionStatement { Expression: BinaryExpression assignment } when !onlyTypes:
                Push(assignment.Right, null);
                break;
            case ExportAssignment node:
                // A name brings all its meanings along.
                if (node.Expression is Identifier or PropertyAccessExpression)
                {
                    VisitName(node.Expression, Meanings.All, null);
                }
                else
                {
                    Push(Initial(node.Expression), null);
                }

                break;
        }

        Drain();
    }

    private void WalkEnum(EnumDeclaration node)
    {
        var frame = new ShadowFrame(file, null);
        foreach (var member in node.Members)
        {
            if (member.Name is Identifier name)
            {
                frame.AddValue(name);
            }
        }

        foreach (var member in node.Members)
        {
            Push(member.Initializer, frame);
            Drain();
        }
    }

    /// <summary>Of an interface, without its type parameters and heritage.</summary>
    public void WalkMembers(Declaration declaration)
    {
        scope = declaration.Scope;
        file = scope.File;
        var node = (InterfaceDeclaration)declaration.Node;
        WalkMembers(node, EnterSignature(node.TypeParameters, [], null));
    }

    private void WalkInterface(InterfaceDeclaration node)
    {
        var frame = EnterSignature(node.TypeParameters, [], null);
        PushAll(node.TypeParameters, frame);
        if (node.Extends is not null)
        {
            // As the reference does, values of the same name too.
            VisitHeritage(node.Extends, Meanings.All, frame);
        }

        Drain();
        WalkMembers(node, frame);
    }

    private void WalkMembers(InterfaceDeclaration node, ShadowFrame? frame)
    {
        foreach (var member in node.Members)
        {
            visitor.EnterMember(member);
            Push(member, frame);
            Drain();
        }

        visitor.EnterMember(null);
    }

    private void WalkClass(ClassDeclaration node)
    {
        var frame = EnterSignature(node.TypeParameters, [], null);
        PushAll(node.TypeParameters, frame);
        if (node.Extends is not null)
        {
            VisitHeritage(node.Extends, Meanings.Value, frame);
        }

        if (node.Implements is not null)
        {
            VisitHeritage(node.Implements, Meanings.All, frame);
        }

        Drain();
        Node? signature = null;
        foreach (var member in node.Members)
        {
            visitor.EnterMember(member);
            var isImplementation = signature is not null && IsImplementation(signature, member);
            VisitMember(member, isImplementation, frame);
            Drain();
            signature = member is MethodDeclaration { Body: null } or ConstructorDeclaration { Body: null } && !node.Has(NodeFlags.Ambient) ? member : null;
        }

        visitor.EnterMember(null);
    }

    /// <summary>A body right behind a signature of the same name implements it.</summary>
    private bool IsImplementation(Node signature, Node member) => (signature, member) switch
    {
        (ConstructorDeclaration, ConstructorDeclaration { Body: not null }) => true,
        (MethodDeclaration first, MethodDeclaration { Body: not null } second) => file.GetSlice(first.Name).SequenceEqual(file.GetSlice(second.Name)),
        _ => false,
    };

    /// <summary>Private members are declared without their types (publishing.md §4.5).</summary>
    private void VisitMember(Node member, bool isImplementation, ShadowFrame? frame)
    {
        switch (member)
        {
            case ConstructorDeclaration node when onlyTypes:
                if (!OnlyInstanceMembers)
                {
                    // Of an implementation the properties remain.
                    VisitSignature([], isImplementation ? Array.FindAll(node.Parameters, p => p.Modifiers.Has(ModifierFlags.ParameterProperty)) : node.Parameters, null, frame);
                }

                break;
            case ConstructorDeclaration node:
                VisitConstructor(node, isImplementation, frame);
                break;

            // Documentation follows private static members, as the reference does, but none of a class that is not exported.
            case Member { Modifiers: var modifiers } when onlyTypes && modifiers.Has(ModifierFlags.Static) ? OnlyInstanceMembers : modifiers.Has(ModifierFlags.Private):
                break;
            case PropertyDeclaration { Name: not PrivateIdentifier } node:
                Push((Node?)node.Type ?? (node.Modifiers.Has(ModifierFlags.Accessor) ? null : Initial(node.Initializer)), frame);
                PushMemberKey(node.Name, frame);
                break;
            case MethodDeclaration { Name: not PrivateIdentifier } node:
                if (!isImplementation)
                {
                    VisitSignature(node.TypeParameters, node.Parameters, node.Type, frame);
                }

                PushMemberKey(node.Name, frame);
                break;
            case AccessorDeclaration { Name: not PrivateIdentifier } node:
                VisitSignature(node.TypeParameters, node.Parameters, node.Type, frame);
                PushMemberKey(node.Name, frame);
                break;
            case IndexSignature node:
                Push(node, frame);
                break;
        }
    }

    /// <summary>For documentation the computed names of a class reach nothing, unlike those of an interface; so it is in the reference.</summary>
    private void PushMemberKey(Node name, ShadowFrame? frame)
    {
        if (!onlyTypes)
        {
            PushKey(name, frame);
        }
    }

    /// <summary>
    /// A private constructor and the implementation of overloads are declared without parameters; the properties that their parameters declare remain.
    /// </summary>
    private void VisitConstructor(ConstructorDeclaration node, bool isImplementation, ShadowFrame? frame)
    {
        var isHidden = isImplementation || node.Modifiers.Has(ModifierFlags.Private);
        var inner = EnterSignature([], node.Parameters, frame);
        for (var i = node.Parameters.Length - 1; i >= 0; i--)
        {
            var parameter = node.Parameters[i];
            var isProperty = parameter.Modifiers.Has(ModifierFlags.ParameterProperty);
            if (isHidden && (!isProperty || parameter.Modifiers.Has(ModifierFlags.Private)))
            {
                continue;
            }

            // The reference does not follow the default of such a property, and with it loses what it mentions.
            if (parameter.Type is not null || !isProperty || IsDeclarable(parameter.Initializer))
            {
                Push((Node?)parameter.Type ?? parameter.Initializer, inner);
            }
        }
    }

    /// <summary>A type can be made of it that mentions its names.</summary>
    private static bool IsDeclarable(Expression? initializer) => initializer is Identifier or PropertyAccessExpression or ArrayLiteralExpression or ObjectLiteralExpression;

    /// <summary>Finds the first of the names, and puts the others in front of <paramref name="path"/>.</summary>
    public bool TryReadName(SymbolScope from, Node name, ReferencePath path, [NotNullWhen(true)] out Symbol? root, out ReferencePath full)
    {
        file = from.File;
        names.Clear();
        var node = name;
        while (node is QualifiedName qualified)
        {
            names.Add(file.GetName(qualified.Right));
            node = qualified.Left;
        }

        names.Reverse();
        full = path.Under(CollectionsMarshal.AsSpan(names));
        root = node is Identifier first ? from.Find(file.GetName(first)) : null;
        return root is not null;
    }
}
