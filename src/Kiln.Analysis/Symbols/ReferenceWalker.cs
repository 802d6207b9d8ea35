using Kiln.TypeScript;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Symbols;

/// <summary>
/// Finds what the types of a declaration mention (publishing.md §4.2): annotations, heritage, type parameters, computed names, and initialisers where no
/// annotation stands. Never the body of a function, except the expression of an arrow without a return type.
/// </summary>
/// <remarks>The stack lies on the heap; each of its entries knows the names that are hidden from it.</remarks>
internal sealed partial class ReferenceWalker(SourceFile file, IReferenceVisitor visitor)
{
    private readonly Stack<(Node Node, ShadowFrame? Frame)> stack = new();
    private readonly NodeStack children = new();
    private readonly List<string> names = [];
    private SymbolScope scope = null!;

    /// <summary>What any node mentions: a type, or an expression as the declarations need it.</summary>
    public void Walk(SymbolScope from, Node? node, ShadowFrame? frame = null)
    {
        scope = from;
        Push(node, frame);
        Drain();
    }

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

    private void Visit(Node node, ShadowFrame? frame)
    {
        switch (node)
        {
            case TypeReference n:
                PushAll(n.TypeArguments, frame);
                VisitName(n.TypeName, Meanings.Type, frame);
                break;
            case TypeQuery n:
                PushAll(n.TypeArguments, frame);
                if (n.ExprName is ImportType)
                {
                    Push(n.ExprName, frame);
                }
                else
                {
                    VisitName(n.ExprName, Meanings.Value, frame);
                }

                break;
            case ImportType n:
                PushAll(n.TypeArguments, frame);
                if (n.Argument is LiteralType { Literal: StringLiteral specifier })
                {
                    visitor.VisitImportType(specifier, n.Qualifier is null ? ReferencePath.Empty : ReadQualifier(n.Qualifier));
                }

                break;
            case FunctionType n:
                VisitSignature(n.TypeParameters, n.Parameters, n.Type, frame);
                break;
            case MethodSignature n:
                VisitSignature(n.TypeParameters, n.Parameters, n.Type, frame);
                PushKey(n.Name, frame);
                break;
            case CallOrConstructSignature n:
                VisitSignature(n.TypeParameters, n.Parameters, n.Type, frame);
                break;
            case IndexSignature n:
                VisitSignature([], n.Parameters, n.Type, frame);
                break;
            case PropertySignature n:
                Push(n.Type, frame);
                PushKey(n.Name, frame);
                break;
            case ConditionalType n:
                var inferred = new ShadowFrame(file, frame);
                Push(n.FalseType, frame);
                Push(n.TrueType, inferred);
                Push(n.ExtendsType, new ShadowFrame(file, frame) { InferTarget = inferred });
                Push(n.CheckType, frame);
                break;
            case InferType n:
                ShadowFrame.FindInferTarget(frame)?.AddType(n.TypeParameter.Name);
                Push(n.TypeParameter.Constraint, frame);
                break;
            case MappedType n:
                var key = new ShadowFrame(file, frame);
                key.AddType(n.TypeParameter.Name);
                Push(n.Type, key);
                Push(n.NameType, key);
                Push(n.TypeParameter.Constraint, frame);
                break;
            case TypeParameter n:
                Push(n.Default, frame);
                Push(n.Constraint, frame);
                break;
            case TypePredicate n:
                Push(n.Type, frame);
                break;
            case NamedTupleMember n:
                Push(n.Type, frame);
                break;
            case KeywordType or LiteralType:
            case JsxClosingElement:
            case JsxOpeningElement { TagName: Identifier tag } when char.IsAsciiLetterLower(file.Text[tag.Start]):
                break;
            case JsxAttribute n:
                Push(n.Initializer, frame);
                break;
            case Expression n:
                VisitExpression(n, frame);
                break;
            default:
                PushChildren(node, frame);
                break;
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
        if (typeParameters.Length == 0 && parameters.Length == 0)
        {
            return frame;
        }

        var inner = new ShadowFrame(file, frame);
        inner.AddTypes(typeParameters);
        inner.AddValues(parameters);
        return inner;
    }

    /// <summary>A default counts where no type is written.</summary>
    private void PushParameters(Parameter[] parameters, ShadowFrame? frame)
    {
        for (var i = parameters.Length - 1; i >= 0; i--)
        {
            Push((Node?)parameters[i].Type ?? parameters[i].Initializer, frame);
        }
    }

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
        while (true)
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
        var isHidden = (meanings == Meanings.Type && names.Count == 0 && ShadowFrame.HidesType(frame, text))
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
        return new ReferencePath(path, 0);
    }
}
