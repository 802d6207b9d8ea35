using Kiln.TypeScript;
using Kiln.TypeScript.Tree;

namespace Kiln.Documentation.Highlighting;

/// <summary>
/// JavaScript and TypeScript by Kiln's own parser. Names are classified by what they are in the tree, literals and comments by their kind; what lies between is keywords and
/// operators. Examples are often no whole programs: what recovery skipped is read word by word.
/// </summary>
internal static class ScriptTokens
{
    public static CodeTokenList Read(string text, Language language)
    {
        var file = Parser.Parse(text, language);
        var names = new NameVisitor(text, [], []);
        TreeWalker.Walk(file, types: true, ref names);

        var tokens = new CodeTokenList();
        var position = 0;
        var comment = 0;
        foreach (var leaf in names.Leaves)
        {
            if (leaf.Start < position)
            {
                continue;
            }

            ReadUpTo(leaf.Start, ref comment);
            tokens.Add(leaf.Start, leaf.End, names.Classes.GetValueOrDefault(leaf.Start, leaf.Class));
            position = leaf.End;
        }

        ReadUpTo(text.Length, ref comment);
        return tokens;

        // Comments and what is between them.
        void ReadUpTo(int end, ref int next)
        {
            for (; next < file.Comments.Length && file.Comments[next].Start < end; next++)
            {
                var current = file.Comments[next];
                if (current.Start < position)
                {
                    continue;
                }

                ScriptGap.Read(text, position, current.Start, tokens);
                DocumentationComment.Read(text, current, tokens);
                position = current.End;
            }

            if (position < end)
            {
                ScriptGap.Read(text, position, end, tokens);
            }
        }
    }

    /// <summary>Collects leaves in source order, and what names are, by where they begin. Parents come before children.</summary>
    private readonly struct NameVisitor(string text, List<CodeToken> leaves, Dictionary<int, CodeClass> classes) : ITreeVisitor
    {
        public List<CodeToken> Leaves => leaves;

        public Dictionary<int, CodeClass> Classes => classes;

        public bool Enter(Node node)
        {
            switch (node)
            {
                case Identifier:
                    return Leaf(node, text.AsSpan(node.Start, node.Length) is "undefined" or "NaN" or "Infinity" ? CodeClass.Constant : CodeClass.Plain);
                case PrivateIdentifier:
                    return Leaf(node, CodeClass.Property);
                case StringLiteral or TemplateElement:
                    return Leaf(node, CodeClass.String);
                case Literal:
                    return Leaf(node, node.Kind switch
                    {
                        SyntaxKind.RegularExpressionLiteral => CodeClass.Regexp,
                        SyntaxKind.NoSubstitutionTemplateLiteral => CodeClass.String,
                        _ => CodeClass.Number,
                    });
                case KeywordExpression:
                    return Leaf(node, node.Kind is SyntaxKind.ThisKeyword or SyntaxKind.SuperKeyword ? CodeClass.Keyword : CodeClass.Constant);
                case KeywordType:
                    return Leaf(node, CodeClass.Type);
                case JsxText:
                    return Leaf(node, CodeClass.Plain);

                case CallExpression n:
                    Callee(n.Expression, CodeClass.Function);
                    break;
                case TaggedTemplateExpression n:
                    Callee(n.Tag, CodeClass.Function);
                    break;
                case NewExpression n:
                    Callee(n.Expression, CodeClass.Type);
                    break;
                case Decorator n:
                    Callee(n.Expression, CodeClass.Function);
                    break;
                case PropertyAccessExpression n:
                    classes.TryAdd(n.Name.Start, CodeClass.Property);
                    break;
                case FunctionDeclaration n:
                    Name(n.Name, CodeClass.Function);
                    break;
                case FunctionExpression n:
                    Name(n.Name, CodeClass.Function);
                    break;
                case VariableDeclaration { Initializer: ArrowFunction or FunctionExpression } n:
                    Name(n.Name, CodeClass.Function);
                    break;
                case MethodDeclaration n:
                    Name(n.Name, CodeClass.Function);
                    break;
                case MethodSignature n:
                    Name(n.Name, CodeClass.Function);
                    break;
                case AccessorDeclaration n:
                    Name(n.Name, CodeClass.Property);
                    break;
                case PropertyDeclaration n:
                    Name(n.Name, CodeClass.Property);
                    break;
                case PropertySignature n:
                    Name(n.Name, CodeClass.Property);
                    break;
                case PropertyAssignment n:
                    Name(n.Name, n.Initializer is ArrowFunction or FunctionExpression ? CodeClass.Function : CodeClass.Property);
                    break;
                case BindingElement n:
                    Name(n.PropertyName, CodeClass.Property);
                    break;
                case EnumMember n:
                    Name(n.Name, CodeClass.Property);
                    break;
                case ClassDeclaration n:
                    Name(n.Name, CodeClass.Type);
                    break;
                case ClassExpression n:
                    Name(n.Name, CodeClass.Type);
                    break;
                case InterfaceDeclaration n:
                    Name(n.Name, CodeClass.Type);
                    break;
                case TypeAliasDeclaration n:
                    Name(n.Name, CodeClass.Type);
                    break;
                case EnumDeclaration n:
                    Name(n.Name, CodeClass.Type);
                    break;
                case ModuleDeclaration n:
                    Name(n.Name, n.IsGlobal ? CodeClass.Keyword : CodeClass.Type);
                    break;
                case TypeParameter n:
                    Name(n.Name, CodeClass.Type);
                    break;
                case TypeReference n:
                    TypeName(n.TypeName);
                    break;
                case ImportType { Qualifier: { } qualifier }:
                    TypeName(qualifier);
                    break;
                case ExpressionWithTypeArguments n:
                    Callee(n.Expression, CodeClass.Type);
                    break;
                case JsxOpeningElement n:
                    Callee(n.TagName, CodeClass.Tag);
                    break;
                case JsxClosingElement { TagName: { } tag }:
                    Callee(tag, CodeClass.Tag);
                    break;
                case JsxAttribute n:
                    Callee(n.Name, CodeClass.Attribute);
                    break;
            }

            return true;
        }

        private bool Leaf(Node node, CodeClass kind)
        {
            if (node.Length > 0)
            {
                leaves.Add(new CodeToken(node.Start, node.End, kind));
            }

            return false;
        }

        private void Name(Node? name, CodeClass kind)
        {
            if (name is Identifier or PrivateIdentifier)
            {
                classes[name.Start] = kind;
            }
        }

        /// <summary>The last name of a chain: what is called, made or opened.</summary>
        private void Callee(Expression expression, CodeClass kind)
        {
            switch (expression)
            {
                case Identifier:
                    classes[expression.Start] = kind;
                    break;
                case PropertyAccessExpression access:
                    // The access itself is entered later and must not take the name back.
                    classes.TryAdd(access.Name.Start, kind);
                    if (kind == CodeClass.Tag && access.Expression is Identifier or PropertyAccessExpression)
                    {
                        Root(access, kind);
                    }

                    break;
                case JsxNamespacedName name:
                    classes[name.Namespace.Start] = kind;
                    classes[name.Name.Start] = kind;
                    break;
            }
        }

        private void Root(PropertyAccessExpression access, CodeClass kind)
        {
            Expression current = access;
            while (current is PropertyAccessExpression inner)
            {
                classes[inner.Name.Start] = kind;
                current = inner.Expression;
            }

            if (current is Identifier)
            {
                classes[current.Start] = kind;
            }
        }

        private void TypeName(Node name)
        {
            while (name is QualifiedName qualified)
            {
                classes[qualified.Right.Start] = CodeClass.Type;
                name = qualified.Left;
            }

            if (name is Identifier)
            {
                classes[name.Start] = CodeClass.Type;
            }
        }
    }
}
