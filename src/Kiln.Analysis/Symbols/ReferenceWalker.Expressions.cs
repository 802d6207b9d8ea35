using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Symbols;

/// <summary>Initialisers, defaults, heritage and computed names.</summary>
internal sealed partial class ReferenceWalker
{
    private void VisitExpression(Node node, ShadowFrame? frame)
    {
        switch (node.Kind)
        {
            case SyntaxKind.Identifier:
                names.Clear();
                VisitRoot((Identifier)node, Meanings.Value, frame);
                break;
            case SyntaxKind.PropertyAccessExpression or SyntaxKind.ElementAccessExpression:
                VisitAccess(node, frame);
                break;
            case SyntaxKind.AsExpression or SyntaxKind.TypeAssertion or SyntaxKind.SatisfiesExpression:
            {
                var n = (AssertionExpression)node;
                Push(n.Type, frame);
                if (n.Kind == SyntaxKind.SatisfiesExpression || IsConst(n.Type))
                {
                    Push(n.Expression, frame);
                }

                break;
            }

            case SyntaxKind.ArrowFunction:
            {
                var n = (ArrowFunction)node;
                var inner = EnterSignature(n.TypeParameters, n.Parameters, frame);
                Push((Node?)n.Type ?? n.Body as Expression, inner);
                PushParameters(n.Parameters, inner);
                PushAll(n.TypeParameters, inner);
                break;
            }

            case SyntaxKind.FunctionExpression:
            {
                var n = (FunctionExpression)node;
                if (n.Name is { } self)
                {
                    frame = new ShadowFrame(file, frame);
                    frame.AddValue(self);
                }

                VisitSignature(n.TypeParameters, n.Parameters, n.Type, frame);
                break;
            }

            case SyntaxKind.ClassExpression:
                // No declaration can be made of it: only what it extends counts.
                if (((ClassExpression)node).Extends is { } extends)
                {
                    VisitHeritage(extends, Meanings.Value, frame);
                }

                break;
            case SyntaxKind.ObjectLiteralExpression:
            {
                var properties = ((ObjectLiteralExpression)node).Properties;
                for (var i = properties.Length - 1; i >= 0; i--)
                {
                    VisitProperty(properties[i], frame);
                }

                break;
            }

            default:
                PushChildren(node, frame);
                break;
        }
    }

    private void VisitProperty(Node property, ShadowFrame? frame)
    {
        switch (property)
        {
            case PropertyAssignment n:
                Push(n.Initializer, frame);
                PushKey(n.Name, frame);
                break;
            case ShorthandPropertyAssignment n:
                Push(n.Name, frame);
                break;
            case SpreadAssignment n:
                Push(n.Expression, frame);
                break;
            case MethodDeclaration n:
                VisitSignature(n.TypeParameters, n.Parameters, n.Type, frame);
                PushKey(n.Name, frame);
                break;
            case AccessorDeclaration n:
                VisitSignature(n.TypeParameters, n.Parameters, n.Type, frame);
                PushKey(n.Name, frame);
                break;
        }
    }

    /// <summary><c>a.b["c"]</c> names one thing; behind anything but a name, and with other keys, each part is seen for itself.</summary>
    private void VisitAccess(Node node, ShadowFrame? frame)
    {
        names.Clear();
        var root = node;
        while (true)
        {
            switch (root)
            {
                case PropertyAccessExpression { Name: Identifier member } access when !access.Has(NodeFlags.QuestionDot):
                    names.Add(file.GetName(member));
                    root = access.Expression;
                    continue;
                case ElementAccessExpression { Argument: StringLiteral key } access when !access.Has(NodeFlags.QuestionDot):
                    names.Add(file.GetStringValue(key));
                    root = access.Expression;
                    continue;
                case PropertyAccessExpression access:
                    names.Clear();
                    root = access.Expression;
                    continue;
                case ElementAccessExpression access:
                    names.Clear();
                    Push(access.Argument, frame);
                    root = access.Expression;
                    continue;
            }

            break;
        }

        if (root is Identifier identifier)
        {
            VisitRoot(identifier, Meanings.Value, frame);
        }
        else
        {
            Push(root, frame);
        }
    }

    private void VisitHeritage(HeritageClause clause, Meanings meanings, ShadowFrame? frame)
    {
        foreach (var type in clause.Types)
        {
            PushAll(type.TypeArguments, frame);
            if (type.Expression is Identifier or PropertyAccessExpression)
            {
                VisitName(type.Expression, meanings, frame);
            }
            else
            {
                Push(type.Expression, frame);
            }
        }
    }

    private bool IsConst(TypeNode type) => type is TypeReference { TypeName: Identifier name } && file.GetSlice(name) is "const";
}
