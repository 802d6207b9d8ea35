using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Kiln.Analysis.Docs.Model;
using Kiln.Analysis.Symbols;
using Kiln.TypeScript;
using Kiln.TypeScript.JsDoc;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Docs.Definitions;

/// <summary>Types, signatures and guesses of types, from the tree: docs.md §2.1 to §3 and §5.</summary>
/// <remarks>Nesting beyond <see cref="MaxDepth"/> is shown as text: whoever reads the model may recurse.</remarks>
internal sealed partial class TypeReader
{
    private const int MaxDepth = 256;

    private readonly DocFile file;
    private readonly SourceFile source;
    private readonly StackGuard guard;
    private readonly NameResolver names;
    private readonly bool isTag;
    private int depth;

    /// <summary>Reads what a declaration of the file consists of.</summary>
    public TypeReader(DocFile file, SymbolScope scope, StackGuard guard)
    {
        this.file = file;
        this.guard = guard;
        source = file.Source;
        names = new NameResolver(source, scope);
    }

    /// <summary>Reads the type of a tag, which stands in a file of its own.</summary>
    public TypeReader(DocFile file, SourceFile source, StackGuard guard)
    {
        this.file = file;
        this.source = source;
        this.guard = guard;
        names = new NameResolver(source, null);
        isTag = true;
    }

    public ImmutableArray<DocType> ReadAll(TypeNode[] nodes)
    {
        if (nodes.Length == 0)
        {
            return [];
        }

        var types = new DocType[nodes.Length];
        for (var i = 0; i < types.Length; i++)
        {
            types[i] = Read(nodes[i]);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(types);
    }

    public DocType Read(TypeNode node)
    {
        if (!Enter())
        {
            return Unsupported(node);
        }

        var type = ReadCore(node);
        depth--;
        return type;
    }

    public DocType? ReadOptional(TypeNode? node) => node is null ? null : Read(node);

    private DocType ReadCore(TypeNode node)
    {
        switch (node)
        {
            case TypeReference { TypeArguments.Length: 0 } when source.GetSlice(node).SequenceEqual("intrinsic"): return DocKeywords.Intrinsic;
            case KeywordType keyword: return DocKeywords.Of(source.GetSlice(keyword)) ?? Unsupported(keyword);
            case TypeReference reference: return ReadReference(reference);
            case LiteralType literal: return ReadLiteral(literal);
            case UnionOrIntersectionType { Types: [var only] }: return Read(only);
            case UnionOrIntersectionType { Kind: SyntaxKind.UnionType } union: return new DocUnionType { Types = ReadAll(union.Types) };
            case UnionOrIntersectionType intersection: return new DocIntersectionType { Types = ReadAll(intersection.Types) };
            case ArrayType array: return new DocArrayType { Element = Read(array.ElementType) };
            case TupleType tuple: return new DocTupleType { Elements = ReadAll(tuple.Elements) };
            case NamedTupleMember member: return Read(member.Type is WrappedType { Kind: SyntaxKind.OptionalType or SyntaxKind.RestType } inner ? inner.Type : member.Type);
            case WrappedType { Kind: SyntaxKind.OptionalType } optional: return new DocOptionalType { Type = Read(optional.Type) };
            case WrappedType { Kind: SyntaxKind.RestType } rest: return new DocRestType { Type = Read(rest.Type) };
            case WrappedType parenthesized: return new DocParenthesizedType { Type = Read(parenthesized.Type) };
            case FunctionType function: return ReadFunction(function);
            case TypeLiteral literal: return new DocTypeLiteral { Members = ReadMembers(literal.Members, isInterface: false) };
            case ConditionalType conditional:
                return new DocConditionalType { Check = Read(conditional.CheckType), Extends = Read(conditional.ExtendsType), True = Read(conditional.TrueType), False = Read(conditional.FalseType) };
            case InferType infer: return new DocInferType { TypeParameter = ReadTypeParameter(infer.TypeParameter) };
            case TypeOperator { Operator: var kind } operation:
                return new DocTypeOperator { Operator = kind switch { TypeOperatorKind.KeyOf => "keyof", TypeOperatorKind.Unique => "unique", _ => "readonly" }, Type = Read(operation.Type) };
            case IndexedAccessType access: return new DocIndexedAccessType { Object = Read(access.ObjectType), Index = Read(access.IndexType) };
            case MappedType mapped: return ReadMapped(mapped);
            case TemplateLiteralType template: return ReadTemplate(template);
            case TypeQuery query:
                var queried = query.ExprName is ImportType module ? SpecifierOf(module) : ExpressionText.OfDotted(source, query.ExprName) ?? ExpressionText.Unsupported;
                return new DocTypeQuery { Name = queried, Repr = queried };
            case ImportType { IsTypeOf: true } queriedModule:
                var specifier = SpecifierOf(queriedModule);
                return new DocTypeQuery { Name = specifier, Repr = specifier };
            case ImportType import:
                return new DocImportType
                {
                    Specifier = SpecifierOf(import),
                    Qualifier = import.Qualifier is null ? null : ExpressionText.OfDotted(source, import.Qualifier),
                    Arguments = ReadAll(import.TypeArguments),
                };
            case TypePredicate predicate: return ReadPredicate(predicate);
            default: return Unsupported(node);
        }
    }

    private DocTypeReference ReadReference(TypeReference reference) => Reference(reference.TypeName, reference.TypeArguments);

    /// <param name="name">A dotted name.</param>
    /// <param name="arguments">Its type arguments.</param>
    private DocTypeReference Reference(Node name, TypeNode[] arguments)
    {
        var text = ExpressionText.OfDotted(source, name) ?? ExpressionText.Unsupported;
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        return new DocTypeReference { Repr = text, Name = text, Arguments = ReadAll(arguments), Resolution = names.Resolve(dot < 0 ? text : text.AsSpan(0, dot), name.Start) };
    }

    /// <summary>What a class implements or an interface extends.</summary>
    public ImmutableArray<DocType> ReadHeritage(HeritageClause? clause)
    {
        if (clause is null)
        {
            return [];
        }

        var types = ImmutableArray.CreateBuilder<DocType>(clause.Types.Length);
        foreach (var type in clause.Types)
        {
            types.Add(ExpressionText.OfDotted(source, type.Expression) is null ? new DocUnsupportedType { Repr = source.GetSlice(type).ToString() } : Reference(type.Expression, type.TypeArguments));
        }

        return types.DrainToImmutable();
    }

    private DocType ReadLiteral(LiteralType node)
    {
        switch (node.Literal)
        {
            case PrefixUnaryExpression { Operator: TokenKind.Minus, Operand: Literal { Kind: SyntaxKind.NumericLiteral } number }: return NumberLiteral(-ExpressionText.NumberOf(source, number));
            case PrefixUnaryExpression { Operator: TokenKind.Minus, Operand: Literal { Kind: SyntaxKind.BigIntLiteral } number }: return BigIntLiteral("-" + ExpressionText.BigIntOf(source, number));
            default: return LiteralOf(node.Literal) ?? Unsupported(node);
        }
    }

    /// <summary>The literal type of a literal; null for what is none.</summary>
    private DocType? LiteralOf(Expression expression)
    {
        switch (expression)
        {
            case StringLiteral literal:
                var text = ExpressionText.ValueOf(source, literal);
                return new DocLiteralType { Kind = DocLiteralKind.String, Text = text, Repr = text };
            case Literal { Kind: SyntaxKind.NumericLiteral } number: return NumberLiteral(ExpressionText.NumberOf(source, number));
            case Literal { Kind: SyntaxKind.BigIntLiteral } number: return BigIntLiteral(ExpressionText.BigIntOf(source, number));
            case Literal { Kind: SyntaxKind.NoSubstitutionTemplateLiteral } template:
                var raw = RawOf(source.GetSlice(template));
                return new DocTemplateType { Parts = [TemplateText(raw)], Repr = raw };
            case KeywordExpression { Kind: SyntaxKind.NullKeyword }: return DocKeywords.Null;
            case KeywordExpression { Kind: SyntaxKind.TrueKeyword }: return DocKeywords.True;
            case KeywordExpression { Kind: SyntaxKind.FalseKeyword }: return DocKeywords.False;
            default: return null;
        }
    }

    private static DocLiteralType NumberLiteral(double value) => new() { Kind = DocLiteralKind.Number, Number = value, Repr = RustNumber.Format(value) };

    private static DocLiteralType BigIntLiteral(string digits) => new() { Kind = DocLiteralKind.BigInt, Text = digits, Repr = digits };

    private DocFunctionType ReadFunction(FunctionType function)
    {
        var mark = names.Mark;
        names.EnterSignature(function.TypeParameters, NameResolver.Anonymous, function.Parameters);
        var type = new DocFunctionType
        {
            IsConstructor = function.Kind == SyntaxKind.ConstructorType,
            TypeParameters = ReadTypeParameters(function.TypeParameters),
            Parameters = ReadParameters(function.Parameters),
            ReturnType = Read(function.Type),
        };
        names.Leave(mark);
        return type;
    }

    private DocMappedType ReadMapped(MappedType mapped)
    {
        names.AddMapped(mapped.TypeParameter.Name);
        return new DocMappedType
        {
            Readonly = (DocMappedModifier)mapped.Readonly,
            TypeParameter = ReadTypeParameter(mapped.TypeParameter),
            NameType = ReadOptional(mapped.NameType),
            Optional = (DocMappedModifier)mapped.Optional,
            Type = ReadOptional(mapped.Type),
        };
    }

    private DocTemplateType ReadTemplate(TemplateLiteralType template)
    {
        var parts = new DocType[template.Elements.Length + template.Types.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = (i & 1) == 0 ? TemplateText(RawOf(source.GetSlice(template.Elements[i / 2]))) : Read(template.Types[i / 2]);
        }

        return Template(parts);
    }

    private static DocTemplateType Template(DocType[] parts) =>
        new() { Parts = ImmutableCollectionsMarshal.AsImmutableArray(parts), Repr = TypeRepr.OfTemplate(parts) };

    private static DocLiteralType TemplateText(string raw) => new() { Kind = DocLiteralKind.String, Text = raw, Repr = raw };

    /// <summary>A part of a template without its delimiters, escapes as they are written.</summary>
    private static string RawOf(ReadOnlySpan<char> slice) => slice[1..(slice.EndsWith("${") ? ^2 : ^1)].ToString();

    private DocTypePredicate ReadPredicate(TypePredicate predicate)
    {
        var name = predicate.ParameterName is Identifier identifier && !source.GetSlice(identifier).SequenceEqual("this") ? source.GetName(identifier) : null;
        var type = ReadOptional(predicate.Type);
        var repr = (predicate.Asserts ? "asserts " : "") + (name ?? "this") + (type is null ? "" : " is " + type.Repr);
        return new DocTypePredicate { IsAsserts = predicate.Asserts, ParameterName = name, Type = type, Repr = repr };
    }

    public ImmutableArray<DocTypeParameter> ReadTypeParameters(TypeParameter[] parameters)
    {
        if (parameters.Length == 0)
        {
            return [];
        }

        var read = new DocTypeParameter[parameters.Length];
        for (var i = 0; i < read.Length; i++)
        {
            read[i] = ReadTypeParameter(parameters[i]);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(read);
    }

    private DocTypeParameter ReadTypeParameter(TypeParameter parameter) =>
        new() { Name = source.GetName(parameter.Name), Constraint = ReadOptional(parameter.Constraint), Default = ReadOptional(parameter.Default) };

    private string SpecifierOf(ImportType import) =>
        import.Argument is LiteralType { Literal: StringLiteral literal } ? ExpressionText.ValueOf(source, literal) : source.GetSlice(import.Argument).ToString();

    private DocUnsupportedType Unsupported(Node node) => new() { Repr = source.GetSlice(node).ToString() };

    /// <summary>Names that are known until <see cref="Leave"/> with what this returns.</summary>
    public int Enter(TypeParameter[] typeParameters, DocResolution resolution, Parameter[] parameters, Identifier? value = null, Node? body = null)
    {
        var mark = names.Mark;
        names.Enter(typeParameters, resolution, parameters, value, body);
        return mark;
    }

    public void Leave(int mark) => names.Leave(mark);

    private bool Enter()
    {
        if (depth == MaxDepth || ((depth & 7) == 0 && !guard.HasRoom()))
        {
            return false;
        }

        depth++;
        return true;
    }

    private DocLocation Locate(int position) => isTag ? file.LocateTag(source, position) : file.Locate(position);

    private DocComment? CommentAt(int position) => isTag ? null : file.CommentAt(position);

    private static bool IsIgnored(DocComment? comment) => comment is not null && comment.Has(JsDocTagKind.Ignore);
}
