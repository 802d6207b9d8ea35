using System.Collections.Immutable;
using System.Globalization;
using Kiln.Analysis.Docs.Model;

namespace Kiln.Documentation.Types;

/// <summary>
/// Prints types, parameters, members and signatures from the model (docs.md §10.5), with linked names. Classes: <c>td-kw</c> keyword, <c>td-lit</c> number and boolean,
/// <c>td-str</c> string, <c>td-ref</c> reference, <c>td-tp</c> type parameter, <c>td-op</c> operator, <c>td-name</c> what is declared, <c>td-param</c> parameter.
/// </summary>
internal sealed partial class TypePrinter(ITypeLinks links)
{
    /// <summary>Deeper than any type a person can read. What is deeper is an ellipsis.</summary>
    private const int MaxDepth = 100;

    /// <summary>What one signature may hold before it is cut off, so that no type fills a page.</summary>
    private const int MaxTokens = 5000;

    private const string Ellipsis = "…";

    private readonly CodeLayout layout = new();
    private int depth;

    public CodeLayout Layout => layout;

    public TypePrinter Type(DocType? type)
    {
        if (type is null)
        {
            layout.Keyword("unknown");
            return this;
        }

        if (depth >= MaxDepth || layout.Count > MaxTokens)
        {
            layout.Text(Ellipsis);
            return this;
        }

        depth++;
        Dispatch(type);
        depth--;
        return this;
    }

    private void Dispatch(DocType type)
    {
        switch (type)
        {
            case DocKeywordType keyword:
                layout.Keyword(keyword.Name);
                break;
            case DocThisType:
                layout.Keyword("this");
                break;
            case DocLiteralType literal:
                Literal(literal);
                break;
            case DocTemplateType template:
                Template(template);
                break;
            case DocTypeReference reference:
                Reference(reference);
                break;
            case DocUnionType union:
                Alternatives(union.Types, "|");
                break;
            case DocIntersectionType intersection:
                Alternatives(intersection.Types, "&");
                break;
            case DocArrayType array:
                Operand(array.Element, static t => t is DocTypeOperator or DocInferType);
                layout.Text("[]");
                break;
            case DocTupleType tuple:
                List("[", tuple.Elements, "]", Item);
                break;
            case DocParenthesizedType parenthesized:
                layout.Text("(");
                Type(parenthesized.Type);
                layout.Text(")");
                break;
            case DocOptionalType optional:
                Operand(optional.Type, static _ => false);
                layout.Operator("?");
                break;
            case DocRestType rest:
                layout.Operator("...");
                Operand(rest.Type, static _ => false);
                break;
            case DocTypeOperator op:
                layout.Keyword(op.Operator).Text(" ");
                Operand(op.Type, static _ => false);
                break;
            case DocTypeQuery query:
                layout.Keyword("typeof").Text(" ");
                TypeQuery(query.Name);
                break;
            case DocFunctionType function:
                Function(function);
                break;
            case DocConditionalType conditional:
                Conditional(conditional);
                break;
            case DocInferType infer:
                layout.Keyword("infer").Text(" ");
                TypeParameter(infer.TypeParameter);
                break;
            case DocIndexedAccessType access:
                Operand(access.Object, static t => t is DocTypeOperator or DocInferType);
                layout.Text("[");
                Type(access.Index);
                layout.Text("]");
                break;
            case DocMappedType mapped:
                Mapped(mapped);
                break;
            case DocTypeLiteral literal:
                TypeLiteral(literal.Members);
                break;
            case DocTypePredicate predicate:
                Predicate(predicate);
                break;
            case DocImportType import:
                layout.Keyword("import").Text("(").Text(Names.Quote(import.Specifier), "td-str", links.Import(import.Specifier, null)).Text(")");
                if (import.Qualifier is not null)
                {
                    layout.Text(".");
                    Name(import.Qualifier, links.Import(import.Specifier, import.Qualifier));
                }

                TypeArguments(import.Arguments);
                break;
            case DocUnsupportedType:
                layout.Text(type.Repr);
                break;
            default:
                throw new InvalidOperationException($"Unknown type {type.GetType().Name}");
        }
    }

    /// <summary>Of <c>typeof import("x")</c> the model has the specifier alone.</summary>
    private void TypeQuery(string name)
    {
        if (name.AsSpan().IndexOfAny('/', ':') >= 0)
        {
            layout.Keyword("import").Text("(").Text(Names.Quote(name), "td-str", links.Import(name, null)).Text(")");
        }
        else
        {
            Name(name, links.Name(name));
        }
    }

    private void Literal(DocLiteralType literal)
    {
        switch (literal.Kind)
        {
            case DocLiteralKind.Number:
                layout.Text(Names.Number(literal.Number), "td-lit");
                break;
            case DocLiteralKind.String:
                layout.Text(Names.Quote(literal.Text), "td-str");
                break;
            case DocLiteralKind.Boolean:
                layout.Text(literal.IsTrue ? "true" : "false", "td-lit");
                break;
            case DocLiteralKind.BigInt:
                layout.Text(literal.Text + "n", "td-lit");
                break;
            default:
                throw new InvalidOperationException($"Unknown literal {literal.Kind}");
        }
    }

    private void Template(DocTemplateType template)
    {
        layout.Text("`", "td-str");
        foreach (var part in template.Parts)
        {
            if (part is DocLiteralType { Kind: DocLiteralKind.String } text)
            {
                layout.Text(Names.TemplateText(text.Text), "td-str");
            }
            else
            {
                layout.Operator("${");
                Type(part);
                layout.Operator("}");
            }
        }

        layout.Text("`", "td-str");
    }

    private void Reference(DocTypeReference reference)
    {
        if (reference.Resolution is { Kind: DocResolutionKind.TypeParameter })
        {
            layout.Text(reference.Name, "td-tp", links.TypeParameter(reference.Name));
        }
        else
        {
            Name(reference.Name, links.Reference(reference));
        }

        TypeArguments(reference.Arguments);
    }

    private void Name(string name, string? address) => layout.Text(name, "td-ref", address);

    /// <summary>A type where the grammar wants one that binds tightly. Types that are written have their parentheses; those that are inferred have not.</summary>
    private void Operand(DocType type, Func<DocType, bool> alsoLoose) =>
        Parenthesized(type, type is DocUnionType { Types.Length: > 1 } or DocIntersectionType { Types.Length: > 1 } or DocFunctionType or DocConditionalType || alsoLoose(type));

    private void Parenthesized(DocType type, bool isLoose)
    {
        if (isLoose)
        {
            layout.Text("(");
        }

        Type(type);
        if (isLoose)
        {
            layout.Text(")");
        }
    }

    /// <summary>A type that has a line of its own when it is long.</summary>
    private void Item(DocType type)
    {
        if (depth < MaxDepth && type is DocUnionType { Types.Length: > 1 } or DocIntersectionType { Types.Length: > 1 })
        {
            depth++;
            var (types, op) = type is DocUnionType union ? (union.Types, "|") : (((DocIntersectionType)type).Types, "&");
            Alternatives(types, op, ownsLine: true);
            depth--;
        }
        else
        {
            Type(type);
        }
    }

    /// <param name="ownsLine">It stands at the beginning of a line already.</param>
    private void Alternatives(ImmutableArray<DocType> types, string op, bool ownsLine = false)
    {
        if (types.Length == 1)
        {
            Type(types[0]);
            return;
        }

        layout.Open();
        if (!ownsLine)
        {
            layout.Indent().Line();
        }

        layout.WhenBroken(op + " ");
        for (var i = 0; i < types.Length; i++)
        {
            if (i > 0)
            {
                layout.Line(" ").Operator(op).Text(" ");
            }

            if (layout.Count > MaxTokens)
            {
                layout.Text(Ellipsis);
                break;
            }

            if (types[i] is DocFunctionType or DocConditionalType || (op == "&" && types[i] is DocUnionType { Types.Length: > 1 }))
            {
                Operand(types[i], static _ => false);
            }
            else
            {
                Type(types[i]);
            }
        }

        if (!ownsLine)
        {
            layout.Outdent();
        }

        layout.Close();
    }

    private void TypeArguments(ImmutableArray<DocType> arguments)
    {
        if (!arguments.IsEmpty)
        {
            List("<", arguments, ">", Item);
        }
    }

    /// <summary>Items with commas between them: on one line, or each on its own.</summary>
    private void List<T>(string open, ImmutableArray<T> items, string close, Action<T> print, string pad = "")
    {
        layout.Open().Text(open);
        if (!items.IsEmpty)
        {
            layout.Indent().Line(pad);
            for (var i = 0; i < items.Length; i++)
            {
                if (i > 0)
                {
                    layout.Text(",").Line(" ");
                }

                if (layout.Count > MaxTokens)
                {
                    layout.Text(Ellipsis);
                    break;
                }

                print(items[i]);
            }

            layout.Outdent().Line(pad);
        }

        layout.Text(close).Close();
    }

    private void Function(DocFunctionType function)
    {
        if (function.IsConstructor)
        {
            layout.Keyword("new").Text(" ");
        }

        TypeParameters(function.TypeParameters);
        Parameters(function.Parameters);
        layout.Text(" ").Operator("=>").Text(" ");
        Type(function.ReturnType);
    }

    /// <summary>Chains of conditions are long, not deep: the false branch is taken in a loop.</summary>
    private void Conditional(DocConditionalType first)
    {
        layout.Open();
        var type = first;
        for (var isFirst = true; ; isFirst = false)
        {
            Parenthesized(type.Check, type.Check is DocFunctionType or DocConditionalType);
            layout.Text(" ").Keyword("extends").Text(" ");
            Parenthesized(type.Extends, type.Extends is DocConditionalType);
            if (isFirst)
            {
                layout.Indent();
            }

            layout.Line(" ").Operator("?").Text(" ");
            Type(type.True);
            layout.Line(" ").Operator(":").Text(" ");
            if (type.False is not DocConditionalType next || layout.Count > MaxTokens)
            {
                break;
            }

            type = next;
        }

        Type(type.False);
        layout.Outdent().Close();
    }

    private void Mapped(DocMappedType mapped)
    {
        layout.Open().Text("{").Indent().Line(" ");
        Modifier(mapped.Readonly, "readonly");
        layout.Text(mapped.Readonly == DocMappedModifier.None ? "[" : " [").Text(mapped.TypeParameter.Name, "td-tp").Text(" ").Keyword("in").Text(" ");
        Type(mapped.TypeParameter.Constraint);
        if (mapped.NameType is not null)
        {
            layout.Text(" ").Keyword("as").Text(" ");
            Type(mapped.NameType);
        }

        layout.Text("]");
        Modifier(mapped.Optional, "?");
        if (mapped.Type is not null)
        {
            layout.Operator(":").Text(" ");
            Type(mapped.Type);
        }

        layout.WhenBroken(";").Outdent().Line(" ").Text("}").Close();
    }

    private void Modifier(DocMappedModifier modifier, string word)
    {
        switch (modifier)
        {
            case DocMappedModifier.None:
                break;
            case DocMappedModifier.Present:
                layout.Keyword(word);
                break;
            case DocMappedModifier.Plus:
                layout.Operator("+").Keyword(word);
                break;
            case DocMappedModifier.Minus:
                layout.Operator("-").Keyword(word);
                break;
            default:
                throw new InvalidOperationException($"Unknown modifier {modifier}");
        }
    }

    private void Predicate(DocTypePredicate predicate)
    {
        if (predicate.IsAsserts)
        {
            layout.Keyword("asserts").Text(" ");
        }

        layout.Text(predicate.ParameterName ?? "this", predicate.ParameterName is null ? "td-kw" : "td-param");
        if (predicate.Type is not null)
        {
            layout.Text(" ").Keyword("is").Text(" ");
            Type(predicate.Type);
        }
    }
}
