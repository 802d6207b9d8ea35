using Kiln.Analysis.Binding;
using Kiln.TypeScript.Text;
using Kiln.TypeScript.Tree;
using static Kiln.Analysis.Emit.JavaScriptText;

namespace Kiln.Analysis.Emit;

/// <summary>JSX, classic (<c>React.createElement</c>) and automatic (<c>jsx</c> and <c>jsxs</c> of the runtime module).</summary>
internal sealed partial class FileEmitter
{
    private string? jsxName;
    private string? jsxsName;
    private string? fragmentName;
    private string? createElementName;

    /// <param name="opening">Null for a fragment.</param>
    /// <param name="children">Between the tags.</param>
    /// <param name="close">Offset of the closing tag, on whose line the call ends.</param>
    private void EmitJsx(JsxOpeningElement? opening, Node[] children, int close)
    {
        var attributes = opening?.Attributes ?? [];

        // Behind a division the comment needs a space: `a/<b/>`.
        writer.Deleted();
        writer.Write("/*#__PURE__*/ ");
        if (!jsx.IsAutomatic)
        {
            EmitCreateElement(jsx.Factory, opening, attributes, children, close);
        }
        else if (HasKeyAfterSpread(attributes))
        {
            EmitCreateElement(createElementName ??= Unique("_createElement"), opening, attributes, children, close);
        }
        else
        {
            EmitAutomatic(opening, attributes, children, close);
        }
    }

    private void EmitCreateElement(string factory, JsxOpeningElement? opening, Node[] attributes, Node[] children, int close)
    {
        writer.Write(factory);
        writer.Write("(");
        EmitTag(opening);
        writer.Write(", ");
        if (attributes.Length == 0)
        {
            writer.Write("null");
        }
        else
        {
            writer.Write("{ ");
            EmitAttributes(attributes, null);
            writer.Write(" }");
        }

        foreach (var child in children)
        {
            if (IsRendered(child))
            {
                writer.Write(", ");
                EmitChild(child);
            }
        }

        writer.Reach(close);
        writer.Write(")");
    }

    private void EmitAutomatic(JsxOpeningElement? opening, Node[] attributes, Node[] children, int close)
    {
        var rendered = children.Where(IsRendered).ToList();
        var isList = rendered.Count > 1 || (rendered.Count == 1 && IsSpread(rendered[0]));
        writer.Write(isList ? jsxsName ??= Unique("_jsxs") : jsxName ??= Unique("_jsx"));
        writer.Write("(");
        EmitTag(opening);
        writer.Write(", ");
        JsxAttribute? key = null;
        foreach (var attribute in attributes)
        {
            if (attribute is JsxAttribute { Name: Identifier name } plain && file.GetSlice(name) is "key")
            {
                key = plain;
            }
        }

        if (attributes.Length == (key is null ? 0 : 1) && rendered.Count == 0)
        {
            writer.Write("{}");
        }
        else
        {
            writer.Write("{ ");
            var any = EmitAttributes(attributes, key);
            if (rendered.Count > 0)
            {
                writer.Write(any ? ", children: " : "children: ");
                if (isList)
                {
                    writer.Write("[");
                    for (var i = 0; i < rendered.Count; i++)
                    {
                        writer.Write(i > 0 ? ", " : "");
                        EmitChild(rendered[i]);
                    }

                    writer.Write("]");
                }
                else
                {
                    EmitChild(rendered[0]);
                }
            }

            writer.Write(" }");
        }

        if (key is not null)
        {
            writer.Write(", ");
            EmitAttributeValue(key.Initializer);
        }

        writer.Reach(close);
        writer.Write(")");
    }

    private bool HasKeyAfterSpread(Node[] attributes)
    {
        var spread = false;
        foreach (var attribute in attributes)
        {
            if (attribute is JsxSpreadAttribute)
            {
                spread = true;
            }
            else if (spread && attribute is JsxAttribute { Name: Identifier name } && file.GetSlice(name) is "key")
            {
                return true;
            }
        }

        return false;
    }

    private void EmitTag(JsxOpeningElement? opening)
    {
        switch (opening?.TagName)
        {
            case null:
                writer.Write(jsx.IsAutomatic ? fragmentName ??= Unique("_Fragment") : jsx.Fragment);
                break;
            case Identifier id when Binder.IsIntrinsic(file.GetSlice(id)) && file.GetSlice(id) is not "this":
                writer.Mark(id.Start);
                writer.Write(Quote(Slice(id)));
                break;
            case JsxNamespacedName name:
                writer.Mark(name.Start);
                writer.Write(Quote(NamespacedText(name)));
                break;
            case var tag:
                Emit(tag);
                break;
        }
    }

    private string NamespacedText(JsxNamespacedName name) => Slice(name.Namespace) + ":" + Slice(name.Name);

    private bool EmitAttributes(Node[] attributes, JsxAttribute? skip)
    {
        var any = false;
        foreach (var node in attributes)
        {
            if (ReferenceEquals(node, skip))
            {
                continue;
            }

            writer.Write(any ? ", " : "");
            any = true;
            if (node is JsxSpreadAttribute spread)
            {
                writer.Mark(spread.Start);
                writer.Write("...");
                Emit(spread.Expression);
                continue;
            }

            var attribute = (JsxAttribute)node;
            var name = attribute.Name is JsxNamespacedName qualified ? NamespacedText(qualified) : Slice(attribute.Name);
            writer.Mark(attribute.Start);
            writer.Write(name == "__proto__" ? "[\"__proto__\"]" : IsIdentifierName(name) ? name : Quote(name));
            writer.Write(": ");
            EmitAttributeValue(attribute.Initializer);
        }

        return any;
    }

    private void EmitAttributeValue(Expression? value)
    {
        switch (value)
        {
            case null:
                writer.Write("true");
                break;
            case StringLiteral literal:
                writer.Mark(literal.Start);
                writer.Write(Quote(JsxValue.DecodeAttribute(file.GetSlice(literal)[1..^1])));
                break;
            case JsxExpression { Expression: null }:
                writer.Write("true");
                break;
            case JsxExpression { Expression: { } inner }:
                EmitInner(inner);
                break;
            default:
                Emit(value);
                break;
        }
    }

    /// <summary>A comma expression inside braces needs parentheses as an argument.</summary>
    private void EmitInner(Expression inner)
    {
        var comma = inner is BinaryExpression { Operator: TokenKind.Comma };
        writer.Write(comma ? "(" : "");
        Emit(inner);
        writer.Write(comma ? ")" : "");
    }

    private bool IsRendered(Node child) => child switch
    {
        TypeScript.Tree.JsxText text => JsxValue.DecodeText(file.GetSlice(text)) is not null,
        JsxExpression expression => expression.Expression is not null,
        _ => true,
    };

    private static bool IsSpread(Node child) => child is JsxExpression && child.Has(NodeFlags.Rest);

    private void EmitChild(Node child)
    {
        switch (child)
        {
            case TypeScript.Tree.JsxText text:
                writer.Mark(text.Start);
                writer.Write(Quote(JsxValue.DecodeText(file.GetSlice(text))!));
                break;
            case JsxExpression expression:
                writer.Write(IsSpread(expression) ? "..." : "");
                EmitInner(expression.Expression!);
                break;
            default:
                Emit(child);
                break;
        }
    }

    /// <summary>The imports of the automatic runtime.</summary>
    private string JsxImports()
    {
        var result = "";
        var names = new List<string>();
        Add("jsx", jsxName);
        Add("jsxs", jsxsName);
        Add("Fragment", fragmentName);
        if (names.Count > 0)
        {
            result += $"import {{ {string.Join(", ", names)} }} from {Quote(Rewritten(jsx.ImportSource + "/jsx-runtime"))}; ";
        }

        if (createElementName is not null)
        {
            result += $"import {{ createElement as {createElementName} }} from {Quote(Rewritten(jsx.ImportSource))}; ";
        }

        return result;

        void Add(string imported, string? local)
        {
            if (local is not null)
            {
                names.Add($"{imported} as {local}");
            }
        }
    }

    private string Rewritten(string specifier) => options.RewriteSpecifier?.Invoke(specifier, SpecifierUse.Code) ?? specifier;

    private bool injectsImport => jsxName is not null || jsxsName is not null || fragmentName is not null || createElementName is not null;
}
