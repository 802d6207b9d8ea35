using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Symbols;

/// <summary>
/// What a declaration mentions where a type is written: annotations, assertions and heritage, not what could be inferred. It is what the reference's lint of
/// documentation looks at (docs.md §8), with its gaps: constructors have only the properties that their parameters declare, static members are passed over,
/// and so is a type alias that only gives another type a name.
/// </summary>
internal sealed partial class ReferenceWalker
{
    private bool onlyWrittenTypes;

    public void WalkWrittenTypes(Declaration declaration)
    {
        scope = declaration.Scope;
        file = scope.File;
        onlyWrittenTypes = true;
        visitor.EnterMember(null);
        switch (declaration.Node)
        {
            case FunctionDeclaration node when !declaration.IsImplementation:
                VisitSignature(node.TypeParameters, node.Parameters, node.Type, null);
                break;
            case ClassDeclaration node:
                WalkWrittenTypes(node);
                break;
            case InterfaceDeclaration node:
                WalkWrittenTypes(node);
                break;
            case TypeAliasDeclaration node:
                var frame = EnterSignature(node.TypeParameters, [], null);
                PushAll(node.TypeParameters, frame);
                if (node.Type is not TypeReference { TypeArguments.Length: 0 })
                {
                    Push(node.Type, frame);
                }

                break;
            case EnumDeclaration node:
                foreach (var member in node.Members)
                {
                    Push(AssertedType(member.Initializer), null);
                }

                break;
            case VariableDeclaration node:
                Push(node.Type ?? AssertedType(node.Initializer), null);
                break;
        }

        Drain();
        onlyWrittenTypes = false;
    }

    private void WalkWrittenTypes(ClassDeclaration node)
    {
        var frame = EnterSignature(node.TypeParameters, [], null);
        if (node.Implements is not null)
        {
            VisitHeritage(node.Implements, Meanings.All, frame);
        }

        if (node.Extends is not null)
        {
            VisitHeritage(node.Extends, Meanings.Value, frame);
        }

        PushAll(node.TypeParameters, frame);
        Drain();
        Node? signature = null;
        foreach (var member in node.Members)
        {
            var isImplementation = signature is not null && IsImplementation(signature, member);
            VisitWrittenTypes(member, isImplementation, frame);
            signature = member is MethodDeclaration { Body: null } ? member : null;
        }

        visitor.EnterMember(null);
    }

    private void VisitWrittenTypes(Node member, bool isImplementation, ShadowFrame? frame)
    {
        switch (member)
        {
            case ConstructorDeclaration constructor:
                foreach (var parameter in constructor.Parameters)
                {
                    if (parameter.Modifiers.Has(ModifierFlags.ParameterProperty) && !parameter.Modifiers.Has(ModifierFlags.Private) && parameter.Name is Identifier)
                    {
                        visitor.EnterMember(parameter);
                        Push(parameter.Type ?? AssertedType(parameter.Initializer), frame);
                        Drain();
                    }
                }

                return;
            case Member { Modifiers: var modifiers } when modifiers.Has(ModifierFlags.Private | ModifierFlags.Static):
                return;
        }

        visitor.EnterMember(member);
        switch (member)
        {
            case PropertyDeclaration { Name: var name } node when HasPlainName(name):
                Push(node.Type ?? (node.Modifiers.Has(ModifierFlags.Accessor) ? null : AssertedType(node.Initializer)), frame);
                break;
            case MethodDeclaration { Name: var name } node when !isImplementation && HasPlainName(name):
                VisitSignature(node.TypeParameters, node.Parameters, node.Type, frame);
                break;
            case AccessorDeclaration { Name: var name } node when HasPlainName(name):
                VisitSignature(node.TypeParameters, node.Parameters, node.Type, frame);
                break;
            case IndexSignature node:
                Push(node, frame);
                break;
        }

        Drain();
    }

    private void WalkWrittenTypes(InterfaceDeclaration node)
    {
        var frame = EnterSignature(node.TypeParameters, [], null);
        if (node.Extends is not null)
        {
            VisitHeritage(node.Extends, Meanings.All, frame);
        }

        PushAll(node.TypeParameters, frame);
        Drain();
        foreach (var member in node.Members)
        {
            var name = member switch
            {
                PropertySignature it => it.Name,
                MethodSignature it => it.Name,
                AccessorDeclaration it => it.Name,
                _ => null,
            };
            if (name is null || HasPlainName(name))
            {
                visitor.EnterMember(member);
                Push(member, frame);
                Drain();
            }
        }

        visitor.EnterMember(null);
    }

    /// <summary>A name that can be told: written, or the name of one thing in brackets.</summary>
    private static bool HasPlainName(Node name) => name is Identifier or StringLiteral or Literal { Kind: SyntaxKind.NumericLiteral } or ComputedPropertyName { Expression: Identifier or StringLiteral };

    /// <summary>The type of <c>x as T</c> and <c>&lt;T&gt;x</c>; null for everything else.</summary>
    private TypeNode? AssertedType(Expression? initializer) =>
        initializer is AssertionExpression { Kind: SyntaxKind.AsExpression or SyntaxKind.TypeAssertion } assertion && !IsConst(assertion.Type) ? assertion.Type : null;
}
