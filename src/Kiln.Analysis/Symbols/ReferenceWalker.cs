using Kiln.TypeScript;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Symbols;

/// <summary>
/// Finds what the types of a declaration mention (publishing.md §4.2): annotations, heritage, type parameters, computed names, and initialisers where no
/// annotation stands. Never the body of a function, except the expression of an arrow without a return type.
/// </summary>
/// <remarks>The stack lies on the heap; each of its entries knows the names that are hidden from it.</remarks>
/// <param name="onlyTypes">Leaves out what stands in expressions, but for the type that an initialiser is asserted to have, names of members and heritage.</param>
internal sealed partial class ReferenceWalker(IReferenceVisitor visitor, bool onlyTypes = false)
{
    private readonly Stack<(Node Node, ShadowFrame? Frame)> stack = new();
    private readonly NodeStack children = new();
    private readonly List<string> names = [];
    private SymbolScope scope = null!;
    private SourceFile file = null!;

    private void Push(Node? node, ShadowFrame? frame)
    {
        if (node is not null)
        {
            stack.Push((node, frame));
        }
    }

    private void PushAll(Node[] nodes, ShadowFrame? frame)
    {
        for (var i = nodes.Length - 1; i >= 0; i--)
        {
            stack.Push((nodes[i], frame));
        }
    }

    private void Drain()
    {
        while (stack.TryPop(out var item))
        {
            Visit(item.Node, item.Frame);
        }
    }

    /// <remarks>It jumps by kind: a chain of type tests costs more than everything else here.</remarks>
    private void Visit(Node node, ShadowFrame? frame)
    {
        switch (node.Kind)
        {
            case SyntaxKind.TypeReference:
                PushAll(((TypeReference)node).TypeArguments, frame);
                VisitName(((TypeReference)node).TypeName, Meanings.Type, frame);
                break;
            case SyntaxKind.KeywordType or SyntaxKind.LiteralType or SyntaxKind.JsxClosingElement:
                break;
            case SyntaxKind.PropertySignature:
                Push(((PropertySignature)node).Type, frame);
                PushKey(((PropertySignature)node).Name, frame);
                break;
            case SyntaxKind.FunctionType or SyntaxKind.ConstructorType:
            {
                var n = (FunctionType)node;
                VisitSignature(n.TypeParameters, n.Parameters, n.Type, frame);
                break;
            }

            case SyntaxKind.MethodSignature:
            {
                var n = (MethodSignature)node;
                VisitSignature(n.TypeParameters, n.Parameters, n.Type, frame);
                PushKey(n.Name, frame);
                break;
            }

            case SyntaxKind.CallSignature or SyntaxKind.ConstructSignature:
            {
                var n = (CallOrConstructSignature)node;
                VisitSignature(n.TypeParameters, n.Parameters, n.Type, frame);
                break;
            }

            case SyntaxKind.GetAccessor or SyntaxKind.SetAccessor:
            {
                var n = (AccessorDeclaration)node;
                VisitSignature(n.TypeParameters, n.Parameters, n.Type, frame);
                PushKey(n.Name, frame);
                break;
            }

            case SyntaxKind.IndexSignature:
                VisitSignature([], ((IndexSignature)node).Parameters, ((IndexSignature)node).Type, frame);
                break;
            case SyntaxKind.TypeQuery:
                VisitQuery((TypeQuery)node, frame);
                break;
            case SyntaxKind.ImportType:
                VisitImport((ImportType)node, frame);
                break;
            case SyntaxKind.ConditionalType:
            {
                var n = (ConditionalType)node;

                // In documentation a name that is inferred reaches what it hides, as in the reference.
                var inferred = onlyTypes ? frame : new ShadowFrame(file, frame);
                Push(n.FalseType, frame);
                Push(n.TrueType, inferred);
                Push(n.ExtendsType, onlyTypes ? frame : new ShadowFrame(file, frame) { InferTarget = inferred });
                Push(n.CheckType, frame);
                break;
            }

            case SyntaxKind.InferType:
            {
                var parameter = ((InferType)node).TypeParameter;
                ShadowFrame.FindInferTarget(frame)?.AddType(parameter.Name);
                Push(parameter.Constraint, frame);
                break;
            }

            case SyntaxKind.MappedType:
            {
                var n = (MappedType)node;
                var key = new ShadowFrame(file, frame);
                key.AddType(n.TypeParameter.Name);
                Push(n.Type, key);
                Push(n.NameType, key);
                Push(n.TypeParameter.Constraint, frame);
                break;
            }

            case SyntaxKind.TypeParameter:
                Push(((TypeParameter)node).Default, frame);
                Push(((TypeParameter)node).Constraint, frame);
                break;
            case SyntaxKind.TypePredicate:
                Push(((TypePredicate)node).Type, frame);
                break;
            case SyntaxKind.NamedTupleMember:
                Push(((NamedTupleMember)node).Type, frame);
                break;
            case SyntaxKind.JsxOpeningElement or SyntaxKind.JsxSelfClosingElement when ((JsxOpeningElement)node).TagName is Identifier tag && char.IsAsciiLetterLower(file.Text[tag.Start]):
                break;
            case SyntaxKind.JsxAttribute:
                Push(((JsxAttribute)node).Initializer, frame);
                break;
            default:
                VisitExpression(node, frame);
                break;
        }
    }

    private void VisitQuery(TypeQuery node, ShadowFrame? frame)
    {
        PushAll(node.TypeArguments, frame);
        if (node.ExprName is ImportType)
        {
            Push(node.ExprName, frame);
        }
        else
        {
            VisitName(node.ExprName, Meanings.Value, frame);
        }
    }

    private void VisitImport(ImportType node, ShadowFrame? frame)
    {
        PushAll(node.TypeArguments, frame);
        if (node.Argument is LiteralType { Literal: StringLiteral specifier })
        {
            visitor.VisitImportType(specifier, node.Qualifier is null ? ReferencePath.Empty : ReadQualifier(node.Qualifier));
        }
    }

    private void PushChildren(Node node, ShadowFrame? frame)
    {
        // Popping yields source order, which pushing turns around: only names of conditional types depend on an order, and they are not handled here.
        TreeWalker.PushChildren(node, children, types: true);
        while (children.TryPop(out var child))
        {
            stack.Push((child, frame));
        }
    }

    /// <summary>Type parameters, parameters and return type see each other's names.</summary>
    private void VisitSignature(TypeParameter[] typeParameters, Parameter[] parameters, TypeNode? type, ShadowFrame? frame)
    {
        var inner = EnterSignature(typeParameters, parameters, frame);
        Push(type, inner);
        PushParameters(parameters, inner);
        PushAll(typeParameters, inner);
    }

    private ShadowFrame? EnterSignature(TypeParameter[] typeParameters, Parameter[] parameters, ShadowFrame? frame)
    {
        return typeParameters.Length == 0 && parameters.Length == 0 ? frame : new ShadowFrame(file, frame, typeParameters, parameters);
    }

    /// <summary>A default counts where no type is written.</summary>
    private void PushParameters(Parameter[] parameters, ShadowFrame? frame)
    {
        for (var i = parameters.Length - 1; i >= 0; i--)
        {
            Push((Node?)parameters[i].Type ?? (onlyTypes ? null : onlyWrittenTypes ? AssertedType(parameters[i].Initializer) : parameters[i].Initializer), frame);
        }
    }

    /// <summary>What counts of an initialiser where no type is written.</summary>
    private Node? Initial(Expression? initializer) =>
        !onlyTypes ? initializer : initializer is { Kind: SyntaxKind.AsExpression or SyntaxKind.TypeAssertion } ? ((AssertionExpression)initializer).Type : null;

    private void PushKey(Node name, ShadowFrame? frame)
    {
        if (name is ComputedPropertyName computed)
        {
            Push(computed.Expression, frame);
        }
    }

    /// <summary><c>A.B</c> in a type or behind <c>typeof</c>, and chains of members in heritage clauses.</summary>
    private void VisitName(Node name, Meanings meanings, ShadowFrame? frame)
    {
        names.Clear();
        var root = name;
        while (root.Kind != SyntaxKind.Identifier)
        {
            if (root is QualifiedName qualified)
            {
                names.Add(file.GetName(qualified.Right));
                root = qualified.Left;
            }
            else if (root is PropertyAccessExpression { Name: Identifier member } access)
            {
                names.Add(file.GetName(member));
                root = access.Expression;
            }
            else
            {
                break;
            }
        }

        if (root is Identifier identifier)
        {
            VisitRoot(identifier, meanings, frame);
        }
        else if (root is Expression expression)
        {
            Push(expression, frame);
        }
    }

    /// <summary>Reads <see cref="names"/>, which lie from the last to the first.</summary>
    private void VisitRoot(Identifier root, Meanings meanings, ShadowFrame? frame)
    {
        string? decoded = null;
        if (root.Has(NodeFlags.HasEscape))
        {
            decoded = file.GetName(root);
        }

        var text = decoded is null ? file.GetSlice(root) : decoded;

        // No type parameter stands in front of a dot.
        var isHidden = ((meanings & Meanings.Type) != 0 && names.Count == 0 && ShadowFrame.HidesType(frame, text))
            || ((meanings & Meanings.Value) != 0 && ShadowFrame.HidesValue(frame, text));
        if (!isHidden && scope.Find(text) is { } symbol)
        {
            visitor.VisitReference(symbol, meanings, TakePath());
        }
    }

    private ReferencePath ReadQualifier(Node qualifier)
    {
        names.Clear();
        var node = qualifier;
        while (node is QualifiedName qualified)
        {
            names.Add(file.GetName(qualified.Right));
            node = qualified.Left;
        }

        if (node is Identifier first)
        {
            names.Add(file.GetName(first));
        }

        return TakePath();
    }

    private ReferencePath TakePath()
    {
        if (names.Count == 0)
        {
            return ReferencePath.Empty;
        }

        var path = names.ToArray();
        Array.Reverse(path);
        return ReferencePath.Create(path);
    }
}
