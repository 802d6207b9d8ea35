using System.Collections.Immutable;
using System.Text;
using Kiln.Analysis.Docs.Model;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Docs.Definitions;

/// <content>Types that are guessed from an expression, as the reference guesses: docs.md §5. They are not what TypeScript would say.</content>
internal sealed partial class TypeReader
{
    /// <summary>A string of so many bytes is no literal type.</summary>
    private const int LongString = 100;

    private Dictionary<VariableDeclaration, DocType?>? variables;

    /// <param name="node">The expression.</param>
    /// <param name="isConst">Literals keep their value.</param>
    /// <returns>Null where the reference has no guess.</returns>
    public DocType? Infer(Expression node, bool isConst)
    {
        if (!Enter())
        {
            return null;
        }

        var type = InferCore(node, isConst);
        depth--;
        return type;
    }

    private DocType? InferCore(Expression node, bool isConst)
    {
        switch (node)
        {
            case StringLiteral when !isConst: return DocKeywords.String;
            case StringLiteral literal when ExpressionText.HasBytes(source.GetSlice(literal), LongString): return DocKeywords.String;
            case StringLiteral literal:
                return LiteralOf(literal) is DocLiteralType known && Encoding.UTF8.GetByteCount(known.Text) < LongString ? known : DocKeywords.String;
            case Literal { Kind: SyntaxKind.NumericLiteral } when !isConst: return DocKeywords.Number;
            case Literal { Kind: SyntaxKind.BigIntLiteral } when !isConst: return DocKeywords.BigInt;
            case Literal { Kind: SyntaxKind.RegularExpressionLiteral } pattern:
                return new DocTypeReference { Name = "RegExp", Repr = ExpressionText.PatternOf(source, pattern) };
            case KeywordExpression { Kind: SyntaxKind.TrueKeyword or SyntaxKind.FalseKeyword } when !isConst: return DocKeywords.Boolean;
            case Literal or KeywordExpression: return LiteralOf(node);
            case TemplateExpression template: return InferTemplate(template, isConst);
            case ArrayLiteralExpression array: return InferArray(array, isConst: false);
            case ObjectLiteralExpression literal: return InferObject(literal);
            case NewExpression { Expression: Identifier created } creation:
                var name = source.GetName(created);
                return new DocTypeReference { Repr = name, Name = name, Arguments = ReadAll(creation.TypeArguments), Resolution = names.ResolveValue(name, created.Start) };
            case CallExpression { Expression: Identifier callee }: return InferCall(source.GetSlice(callee));
            case AssertionExpression { Kind: SyntaxKind.SatisfiesExpression } satisfies: return Infer(satisfies.Expression, isConst);
            case AssertionExpression assertion when IsConst(assertion.Type):
                return assertion.Expression is ArrayLiteralExpression constants ? InferArray(constants, isConst: true) : Infer(assertion.Expression, isConst: true);
            case AssertionExpression assertion: return Read(assertion.Type);
            case ConditionalExpression conditional:
                return Infer(conditional.WhenTrue, isConst) is { } whenTrue && Infer(conditional.WhenFalse, isConst) is { } whenFalse
                    ? new DocUnionType { Types = [whenTrue, whenFalse] }
                    : null;
            case BinaryExpression binary: return InferOperator(binary.Operator);
            case PostfixUnaryExpression or PrefixUnaryExpression { Operator: TokenKind.PlusPlus or TokenKind.MinusMinus }: return DocKeywords.Number;
            case NonNullExpression nonNull: return WithoutNull(Infer(nonNull.Expression, isConst));
            case AwaitExpression waited: return Infer(waited.Expression, isConst);
            case ParenthesizedExpression parenthesized: return Infer(parenthesized.Expression, isConst);
            case ArrowFunction arrow: return InferFunction(arrow.TypeParameters, arrow.Parameters, arrow.Type, null, arrow.Body);
            case FunctionExpression function: return InferFunction(function.TypeParameters, function.Parameters, function.Type, function.Name, null);
            default: return null;
        }
    }

    private bool IsConst(TypeNode type) => type is TypeReference { TypeName: Identifier name, TypeArguments.Length: 0 } && source.GetSlice(name).SequenceEqual("const");

    private static DocType? InferOperator(TokenKind kind) => kind switch
    {
        TokenKind.LessThan or TokenKind.LessThanEquals or TokenKind.GreaterThan or TokenKind.GreaterThanEquals or TokenKind.EqualsEquals or TokenKind.ExclamationEquals
            or TokenKind.EqualsEqualsEquals or TokenKind.ExclamationEqualsEquals or TokenKind.In or TokenKind.InstanceOf => DocKeywords.Boolean,
        TokenKind.Minus or TokenKind.Asterisk or TokenKind.Slash or TokenKind.Percent or TokenKind.AsteriskAsterisk or TokenKind.Ampersand or TokenKind.Bar or TokenKind.Caret
            or TokenKind.LessThanLessThan or TokenKind.GreaterThanGreaterThan or TokenKind.GreaterThanGreaterThanGreaterThan => DocKeywords.Number,
        _ => null,
    };

    private static DocType? InferCall(ReadOnlySpan<char> callee) => callee switch
    {
        "Symbol" => DocKeywords.Symbol.WithRepr("Symbol"),
        "Number" => DocKeywords.Number.WithRepr("Number"),
        "String" => DocKeywords.String.WithRepr("String"),
        "BigInt" => DocKeywords.BigInt.WithRepr("BigInt"),
        "Date" => DocKeywords.String.WithRepr("Date"),
        "RegExp" => new DocTypeReference { Name = "RegExp", Repr = "RegExp" },
        _ => null,
    };

    /// <summary>What <c>!</c> leaves: only <c>null</c> goes, and only a union or <c>null</c> is known.</summary>
    private static DocType? WithoutNull(DocType? type)
    {
        if (type is not DocUnionType union)
        {
            return type == DocKeywords.Null ? DocKeywords.Never : null;
        }

        var types = union.Types.RemoveAll(static one => one is DocKeywordType { Name: "null" });
        return types.Length switch
        {
            0 => DocKeywords.Never,
            1 => types[0],
            _ => new DocUnionType { Types = types },
        };
    }

    private DocType InferTemplate(TemplateExpression template, bool isConst)
    {
        var parts = new DocType[template.Elements.Length + template.Expressions.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            var part = (i & 1) == 0 ? TemplateText(RawOf(source.GetSlice(template.Elements[i / 2]))) : Infer(template.Expressions[i / 2], isConst);
            if (part is null)
            {
                return DocKeywords.String;
            }

            parts[i] = part;
        }

        return Template(parts);
    }

    /// <param name="array">The literal.</param>
    /// <param name="isConst">It stands under <c>as const</c>: that reaches its elements, and not theirs.</param>
    private DocType? InferArray(ArrayLiteralExpression array, bool isConst)
    {
        var types = new DistinctTypes();
        foreach (var element in array.Elements)
        {
            switch (element)
            {
                case OmittedExpression: continue;
                case SpreadElement spread:
                    switch (spread.Expression is Identifier name ? InferVariable(name) : Infer(spread.Expression, isConst: false))
                    {
                        case DocArrayType { Element: DocUnionType union }: types.AddAll(union.Types); continue;
                        case DocArrayType spreadArray: types.Add(spreadArray.Element); continue;
                        case DocTupleType tuple: types.AddAll(tuple.Elements); continue;
                        default: return DocKeywords.AnyArray;
                    }
            }

            if (Infer(element, isConst) is not { } type)
            {
                return DocKeywords.AnyArray;
            }

            types.Add(type);
        }

        return types.Count switch
        {
            0 => null,
            1 => new DocArrayType { Element = types.Single },
            _ => new DocArrayType { Element = new DocUnionType { Types = types.ToImmutable() } },
        };
    }

    /// <summary>The type of a variable of this file, where it is spread into an array. Each is read once: variables may spread each other, and a circle has no type.</summary>
    private DocType? InferVariable(Identifier name)
    {
        for (var scope = names.Scope; scope is not null; scope = scope.Parent)
        {
            if (scope.FindOwn(source.GetName(name)) is not { } symbol)
            {
                continue;
            }

            foreach (var declaration in symbol.Declarations)
            {
                if (declaration.Node is VariableDeclaration { Name: Identifier } variable)
                {
                    variables ??= [];
                    if (!variables.TryGetValue(variable, out var type))
                    {
                        variables.Add(variable, null);
                        type = variable.Type is { } written ? Read(written) : variable.Initializer is { } value ? Infer(value, isConst: true) : null;
                        variables[variable] = type;
                    }

                    return type;
                }
            }

            return null;
        }

        return null;
    }

    private DocTypeLiteral? InferObject(ObjectLiteralExpression literal)
    {
        var methods = ImmutableArray.CreateBuilder<DocMethodSignature>();
        var properties = ImmutableArray.CreateBuilder<DocPropertySignature>();
        AddMembers(literal, methods, properties);
        return methods.Count + properties.Count == 0
            ? null
            : new DocTypeLiteral { Members = new DocTypeMembers { Methods = methods.DrainToImmutable(), Properties = properties.DrainToImmutable() } };
    }

    private void AddMembers(ObjectLiteralExpression literal, ImmutableArray<DocMethodSignature>.Builder methods, ImmutableArray<DocPropertySignature>.Builder properties)
    {
        if (!Enter())
        {
            return;
        }

        foreach (var node in literal.Properties)
        {
            if (node is SpreadAssignment spread)
            {
                if (spread.Expression is ObjectLiteralExpression inner)
                {
                    AddMembers(inner, methods, properties);
                }

                continue;
            }

            var comment = CommentAt(node.Start);
            if (IsIgnored(comment))
            {
                continue;
            }

            switch (node)
            {
                case PropertyAssignment property: AddProperty(property.Name, Infer(property.Initializer, isConst: false)); break;
                case ShorthandPropertyAssignment property: AddProperty(property.Name, null); break;
                case MethodDeclaration method: methods.Add(InferMethod(method, comment)); break;
                case AccessorDeclaration accessor: methods.Add(ReadAccessor(accessor, comment, ExpressionText.OfName(source, accessor.Name), ofObject: true)); break;
            }

            void AddProperty(Node name, DocType? type) => properties.Add(new DocPropertySignature
            {
                Name = ExpressionText.OfName(source, name),
                Comment = comment,
                Location = Locate(node.Start),
                IsComputed = name is ComputedPropertyName,
                Type = type,
            });
        }

        depth--;
    }

    private DocMethodSignature InferMethod(MethodDeclaration method, DocComment? comment)
    {
        var mark = names.Mark;
        names.Enter(method.TypeParameters, NameResolver.Anonymous, method.Parameters);
        var signature = new DocMethodSignature
        {
            Name = ExpressionText.OfName(source, method.Name),
            Comment = comment,
            Location = Locate(method.Start),
            TypeParameters = ReadTypeParameters(method.TypeParameters),
            Parameters = ReadParameters(method.Parameters),
            IsComputed = method.Name is ComputedPropertyName,
            ReturnType = ReadOptional(method.Type),
        };
        names.Leave(mark);
        return signature;
    }

    private DocFunctionType InferFunction(TypeParameter[] typeParameters, Parameter[] parameters, TypeNode? returnType, Identifier? self, Node? body)
    {
        var mark = names.Mark;
        names.Enter(typeParameters, NameResolver.Anonymous, parameters, self, body);
        var type = new DocFunctionType
        {
            TypeParameters = ReadTypeParameters(typeParameters),
            Parameters = ReadParameters(parameters),
            ReturnType = ReadOptional(returnType) ?? DocKeywords.Unknown,
        };
        names.Leave(mark);
        return type;
    }
}
