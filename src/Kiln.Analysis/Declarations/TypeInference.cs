using Kiln.TypeScript;
using Kiln.TypeScript.Text;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Declarations;

/// <summary>
/// The type that <c>tsc</c> gives an expression, as far as syntax and the declarations of the same file tell; else <c>any</c>, which no correct consumer
/// trips over. Types are as large as the expressions they come from.
/// </summary>
internal sealed partial class TypeInference(SourceFile file, IPublicDeclarations publicDeclarations, StackGuard guard)
{
    /// <summary>A constant that is longer is a <c>string</c>.</summary>
    private const int MaxConstant = 200;

    private readonly string text = file.Text;

    // Shapes of expressions.

    /// <summary>Without parentheses and <c>satisfies</c>.</summary>
    public static Expression Unwrap(Expression expression)
    {
        while (true)
        {
            switch (expression)
            {
                case ParenthesizedExpression n: expression = n.Expression; continue;
                case AssertionExpression { Kind: SyntaxKind.SatisfiesExpression } n: expression = n.Expression; continue;
                default: return expression;
            }
        }
    }

    /// <summary><c>a.b.c</c>.</summary>
    public static bool IsEntityName(Expression expression)
    {
        while (true)
        {
            switch (expression)
            {
                case Identifier: return true;
                case PropertyAccessExpression { Name: Identifier } n when !n.Has(NodeFlags.QuestionDot): expression = n.Expression; continue;
                default: return false;
            }
        }
    }

    public static bool IsConst(SourceFile file, TypeNode type) =>
        type is TypeReference { TypeArguments.Length: 0 } && file.GetSlice(type) is "const";

    /// <summary><c>Symbol()</c>, <c>Symbol("x")</c> or <c>Symbol.for("x")</c>.</summary>
    public bool IsSymbolCall(CallExpression n) =>
        !n.Has(NodeFlags.QuestionDot) && n.Arguments is [] or [StringLiteral] && n.Expression switch
        {
            Identifier name => IsGlobal(name, "Symbol"),
            PropertyAccessExpression { Expression: Identifier root, Name: Identifier name } => n.Arguments.Length == 1 && file.GetSlice(name) is "for" && IsGlobal(root, "Symbol"),
            _ => false,
        };

    /// <summary><c>Object.freeze(x)</c>.</summary>
    public bool IsFreeze(CallExpression n) =>
        n is { TypeArguments: [], Expression: PropertyAccessExpression { Expression: Identifier root, Name: Identifier name } }
        && !n.Has(NodeFlags.QuestionDot) && file.GetSlice(name) is "freeze" && IsGlobal(root, "Object");

    /// <summary><c>new A()</c> of a class that the file declares, without type parameters: its type is its name.</summary>
    public bool IsPlainInstance(NewExpression n) =>
        n is { TypeArguments: [], Expression: Identifier name } && Find(name, out var declared) && declared is { Kind: DeclaredKind.Class, Node: ClassDeclaration { TypeParameters: [] } };

    private bool IsGlobal(Identifier id, string name) => file.GetSlice(id).SequenceEqual(name) && Find(id, out var declared) && declared is null;

    public string TemplateValue(Node template)
    {
        var raw = file.GetSlice(template);
        return StringValue.Decode(raw.Length < 2 ? "" : raw[1..^1].ToString().Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n'));
    }

    // What has a type.

    public InferredType TypeOf(Expression expression) => Of(expression, isConst: false);

    public InferredType TypeOfVariable(VariableDeclaration n, bool isConst, bool isExported)
    {
        var inner = Unwrap(n.Initializer!);
        if (!isExported && inner is ArrayLiteralExpression { Elements.Length: 0 })
        {
            // It takes what is put into it, which TypeScript follows only where nobody else can do so.
            return AnyArray;
        }

        return isConst && inner is CallExpression call && IsSymbolCall(call) ? InferredType.UniqueSymbol : Sayable(Declared(TypeOf(inner), isConst));
    }

    private static readonly InferredType AnyArray = new(InferredKind.Array, parts: [InferredType.Any]);

    /// <summary>A constant keeps the value of one literal; of several it says only what they have in common, as <c>tsc</c> does in declarations.</summary>
    private InferredType Declared(InferredType type, bool isConst) =>
        !isConst || type.Kind == InferredKind.Union || (type.Kind == InferredKind.Query && Unwrap((Expression)type.Node!) is not Identifier) ? Widen(type, isConst) : type;

    public InferredType TypeOfProperty(PropertyDeclaration n, bool isConst)
    {
        if (isConst && n.Modifiers.Has(ModifierFlags.Static) && Unwrap(n.Initializer!) is CallExpression call && IsSymbolCall(call))
        {
            return InferredType.UniqueSymbol;
        }

        var isStatic = staticThis;
        staticThis = n.Modifiers.Has(ModifierFlags.Static);
        var type = Sayable(Declared(TypeOf(n.Initializer!), isConst));
        staticThis = isStatic;
        return type;
    }

    /// <summary>The type of <c>export default</c>.</summary>
    public InferredType TypeOfDefault(Expression expression) => Sayable(TypeOf(expression));

    public InferredType TypeOfParameter(Parameter p)
    {
        if (p.Type is not null)
        {
            return Written(p.Type);
        }

        if (p.Initializer is not null)
        {
            return Sayable(p.Name switch
            {
                ObjectBindingPattern pattern => Patterned(pattern, Widen(TypeOf(p.Initializer))),
                ArrayBindingPattern pattern => Patterned(pattern, p.Initializer),
                _ => Widen(TypeOf(p.Initializer)),
            });
        }

        return p.Has(NodeFlags.Rest) ? AnyArray : InferredType.Any;
    }

    /// <summary>What a pattern has a default for may be left out.</summary>
    private InferredType Patterned(ObjectBindingPattern pattern, InferredType type)
    {
        if (type.Kind != InferredKind.Object)
        {
            return type;
        }

        var members = new List<InferredMember>(type.Members);
        var at = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < members.Count; i++)
        {
            if (members[i].Name is { } name)
            {
                at[KeyOf(name)] = i;
            }
        }

        foreach (var element in pattern.Elements)
        {
            var name = element.PropertyName ?? element.Name;
            if (element.Has(NodeFlags.Rest) || name is not (Identifier or StringLiteral))
            {
                continue;
            }

            if (at.TryGetValue(KeyOf(name), out var index))
            {
                members[index] = members[index] with { IsOptional = members[index].IsOptional || element.Initializer is not null };
            }
            else
            {
                var given = element is { Initializer: { } value, Name: Identifier } ? Widen(TypeOf(value)) : InferredType.Any;
                members.Add(new InferredMember(InferredMemberKind.Property, name, given) { IsOptional = true });
            }
        }

        return new InferredType(InferredKind.Object) { Members = [.. members] };
    }

    /// <summary>An array that a pattern takes apart is a tuple.</summary>
    private InferredType Patterned(ArrayBindingPattern pattern, Expression value)
    {
        if (Unwrap(value) is not ArrayLiteralExpression array || Array.Exists(array.Elements, e => e is SpreadElement) || Array.Exists(pattern.Elements, e => e.Has(NodeFlags.Rest)))
        {
            return Widen(TypeOf(value));
        }

        var parts = new InferredType[Math.Max(array.Elements.Length, pattern.Elements.Length)];
        for (var i = 0; i < parts.Length; i++)
        {
            var element = i < pattern.Elements.Length ? pattern.Elements[i] as BindingElement : null;
            var type = i < array.Elements.Length && array.Elements[i] is not OmittedExpression ? Widen(TypeOf(array.Elements[i]))
                : element is { Initializer: { } given, Name: Identifier } ? Widen(TypeOf(given))
                : InferredType.Any;
            var isOptional = element?.Initializer is not null && Array.TrueForAll(pattern.Elements[(i + 1)..], e => e is BindingElement { Initializer: not null });
            parts[i] = isOptional ? new InferredType(InferredKind.OptionalElement, parts: [type]) : type;
        }

        return new InferredType(InferredKind.Tuple, parts: parts);
    }

    /// <summary>A super class that is not a name: <c>classes[name]</c>.</summary>
    public InferredType TypeOfBase(Expression expression)
    {
        if (!guard.HasRoom())
        {
            return InferredType.Any;
        }

        switch (expression)
        {
            case Identifier name: return IsVisible(name) ? new InferredType(InferredKind.Query, name) : InferredType.Any;
            case PropertyAccessExpression { Name: Identifier name } n when !n.Has(NodeFlags.QuestionDot):
                return TypeOfBase(n.Expression) is { IsAny: false } owner ? new InferredType(InferredKind.Indexed, parts: [owner, LiteralOf(file.GetName(name), isConst: true)]) : InferredType.Any;
            case ElementAccessExpression { Argument: Identifier key } n when !n.Has(NodeFlags.QuestionDot):
                return TypeOfBase(n.Expression) is { IsAny: false } table && IsVisible(key) ? new InferredType(InferredKind.Indexed, parts: [table, new InferredType(InferredKind.Query, key)]) : InferredType.Any;
            default: return InferredType.Any;
        }
    }

    private InferredType Of(Expression expression, bool isConst)
    {
        if (!guard.HasRoom())
        {
            return InferredType.Any;
        }

        switch (expression)
        {
            case ParenthesizedExpression n: return Of(n.Expression, isConst);
            case AssertionExpression { Kind: SyntaxKind.SatisfiesExpression } n: return Of(n.Expression, isConst);
            case AssertionExpression n: return IsConst(file, n.Type) ? Of(n.Expression, isConst: true) : Written(n.Type);
            case StringLiteral: return LiteralOf(expression, "string", isConst);
            case Literal n: return OfLiteral(n, isConst);
            case TemplateExpression n: return ConstantOf(n) is { } value ? LiteralOf(value, isConst) : isConst ? InferredType.Any : InferredType.String;
            case KeywordExpression n:
                return n.Kind switch
                {
                    SyntaxKind.TrueKeyword or SyntaxKind.FalseKeyword => LiteralOf(n, "boolean", isConst),
                    SyntaxKind.NullKeyword => InferredType.Null,
                    SyntaxKind.ThisKeyword => OfThis(),
                    _ => InferredType.Any,
                };
            case Identifier n: return OfName(n);
            case PropertyAccessExpression or ElementAccessExpression: return OfMember(expression);
            case ArrayLiteralExpression n: return OfArray(n, isConst);
            case ObjectLiteralExpression n: return OfObject(n, isConst);
            case ArrowFunction n: return OfFunction(n, n.Parameters, n.Type, n.Body);
            case FunctionExpression n: return OfFunction(n, n.Parameters, n.Type, n.Body);
            case ClassExpression: return InferredType.Any;
            case PrefixUnaryExpression n: return OfUnary(n, isConst);
            case PostfixUnaryExpression n: return Arithmetic(BaseOf(TypeOf(n.Operand)));
            case BinaryExpression n: return OfBinary(n);
            case ConditionalExpression n: return Union([Of(n.WhenTrue, isConst), Of(n.WhenFalse, isConst)]);
            case NonNullExpression n: return NonNull(TypeOf(n.Expression));
            case AwaitExpression n: return Awaited(TypeOf(n.Expression));
            case CallExpression n: return OfCall(n);
            case NewExpression n: return OfNew(n);
            default: return InferredType.Any;
        }
    }

    private static InferredType LiteralOf(Expression literal, string word, bool isConst) =>
        new(InferredKind.Literal, literal, text: word) { IsFresh = !isConst };

    private static InferredType LiteralOf(string value, bool isConst) =>
        new(InferredKind.Literal, text: "string") { Value = Emit.JavaScriptText.Quote(value), IsFresh = !isConst };

    /// <summary>A template of constants is a constant.</summary>
    private string? ConstantOf(TemplateExpression n)
    {
        if (new Emit.EnumEvaluator(file, new Binding.Bindings(), guard).Evaluate(n) is string { Length: < MaxConstant } value)
        {
            return value;
        }

        var result = new System.Text.StringBuilder();
        for (var i = 0; i < n.Elements.Length && result.Length < MaxConstant; i++)
        {
            var raw = file.GetSlice(n.Elements[i]);
            result.Append(StringValue.Decode(raw[1..^(i < n.Expressions.Length ? 2 : 1)].ToString().Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n')));
            if (i < n.Expressions.Length)
            {
                if (TypeOf(n.Expressions[i]) is not { Kind: InferredKind.Literal, Node: StringLiteral or Literal { Kind: SyntaxKind.NumericLiteral } } type)
                {
                    return null;
                }

                if (type.Node is StringLiteral literal)
                {
                    result.Append(file.GetStringValue(literal));
                }
                else if (Emit.EnumEvaluator.ParseNumber(file.GetSlice(type.Node)) is { } number)
                {
                    result.Append(Emit.JavaScriptText.Number(number));
                }
            }
        }

        return result.Length < MaxConstant ? result.ToString() : null;
    }

    private static InferredType OfLiteral(Literal n, bool isConst) => n.Kind switch
    {
        SyntaxKind.NumericLiteral => LiteralOf(n, "number", isConst),
        SyntaxKind.BigIntLiteral => LiteralOf(n, "bigint", isConst),
        SyntaxKind.NoSubstitutionTemplateLiteral => LiteralOf(n, "string", isConst),
        _ => InferredType.RegExp,
    };

    private InferredType OfCall(CallExpression n)
    {
        if (IsSymbolCall(n))
        {
            return InferredType.Symbol;
        }

        if (!IsFreeze(n) || n.Arguments is not [var argument])
        {
            return InferredType.Any;
        }

        // The signature of `freeze` that fits plain values keeps the literals in them.
        var inner = Unwrap(argument);
        var type = inner is ObjectLiteralExpression literal ? OfObject(literal, isConst: false, keepsLiterals: true) : TypeOf(argument);
        return type.Kind switch
        {
            InferredKind.Array or InferredKind.Tuple => new InferredType(type.Kind, parts: type.Parts) { IsReadonly = true },
            InferredKind.Object or InferredKind.Reference or InferredKind.Query or InferredKind.WidenedQuery or InferredKind.Written or InferredKind.Union or InferredKind.Intersection
                => new InferredType(InferredKind.Generic, parts: [type], text: "Readonly"),
            _ => type,
        };
    }

    /// <summary>An instance is of the type that its class is named by, when that has no parameters or they are written.</summary>
    private InferredType OfNew(NewExpression n)
    {
        if (n.TypeArguments.Length > 0)
        {
            return IsEntityName(n.Expression) && IsVisible(Root(n.Expression)) ? new InferredType(InferredKind.Reference, n) : InferredType.Any;
        }

        return n.Expression is Identifier name && (IsPlainInstance(n) ? IsVisible(name) : Find(name, out var declared) && declared is null && IsPlainGlobal(file.GetSlice(name)))
            ? new InferredType(InferredKind.Reference, n)
            : InferredType.Any;
    }

    /// <summary>Classes of every runtime that have no type parameters.</summary>
    private static bool IsPlainGlobal(ReadOnlySpan<char> name) => name is "Date" or "Error" or "TypeError" or "RangeError" or "SyntaxError" or "RegExp" or "URL" or "URLSearchParams"
        or "AbortController" or "TextEncoder" or "TextDecoder" or "Headers" or "FormData" or "EventTarget" or "ArrayBuffer" or "DataView";

    private static Identifier Root(Expression name)
    {
        while (name is PropertyAccessExpression n)
        {
            name = n.Expression;
        }

        return (Identifier)name;
    }

    // Functions.

    private InferredType OfFunction(Expression n, Parameter[] parameters, TypeNode? type, Node body)
    {
        if (type is not null)
        {
            return new InferredType(InferredKind.Function, n, [InferredType.Any]);
        }

        var scope = Enter(parameters);
        var returned = body switch
        {
            Block block => ReturnTypeOf(n, block, ReturnScan.Of(block), n, neverReturns: block.Statements is [.., ThrowStatement]),
            Expression expression => OfReturned(expression, n.Has(NodeFlags.Async)),
            _ => InferredType.Any,
        };
        Leave(scope);
        return new InferredType(InferredKind.Function, n, [returned]);
    }

    private InferredType OfReturned(Expression expression, bool isAsync)
    {
        var type = WidenReturn(TypeOf(expression));
        return isAsync ? Promised(type) : type;
    }

    /// <param name="function">Whose body it is.</param>
    /// <param name="body">The body.</param>
    /// <param name="returns">Its returns.</param>
    /// <param name="flags">The node that knows of <c>async</c> and <c>*</c>.</param>
    /// <param name="neverReturns">Without any return it cannot end: an expression's type is then <c>never</c>, a declaration's is not.</param>
    public InferredType ReturnTypeOf(Node function, Block body, in ReturnScan returns, Node flags, bool neverReturns)
    {
        _ = function;
        if (flags.Has(NodeFlags.Generator))
        {
            return new InferredType(InferredKind.Generic, parts: [InferredType.Any, InferredType.Any, InferredType.Any], text: flags.Has(NodeFlags.Async) ? "AsyncGenerator" : "Generator");
        }

        var isAsync = flags.Has(NodeFlags.Async);
        if (returns.Values.Count == 0)
        {
            var nothing = neverReturns && !returns.HasBare ? InferredType.Never : InferredType.Void;
            return isAsync ? Promised(nothing) : nothing;
        }

        // Names in a body may mean anything: only the plain cases are answered.
        if (returns.Values.Count > MaxUnion || ReturnScan.ReachesEnd(body) is not { } reachesEnd)
        {
            return isAsync ? Promised(InferredType.Any) : InferredType.Any;
        }

        var scope = EnterBody();
        var types = new InferredType[returns.Values.Count + (reachesEnd || returns.HasBare ? 1 : 0)];
        types[^1] = InferredType.Undefined;
        for (var i = 0; i < returns.Values.Count; i++)
        {
            types[i] = TypeOf(returns.Values[i]);
        }

        var type = Sayable(WidenReturn(Union(types)), body);
        Leave(scope);
        return isAsync ? Promised(type) : type;
    }

    /// <summary>A type of the source, or the word that it is.</summary>
    private InferredType Written(TypeNode type) => type switch
    {
        KeywordType => file.GetSlice(type) switch
        {
            "any" => InferredType.Any,
            "string" => InferredType.String,
            "number" => InferredType.Number,
            "bigint" => InferredType.BigInt,
            "boolean" => InferredType.Boolean,
            "undefined" => InferredType.Undefined,
            "null" => InferredType.Null,
            "void" => InferredType.Void,
            "never" => InferredType.Never,
            _ => new InferredType(InferredKind.Written, type),
        },
        UnionOrIntersectionType { Kind: SyntaxKind.UnionType, Types.Length: <= MaxUnion } n => Union(Array.ConvertAll(n.Types, Written)),
        WrappedType { Kind: SyntaxKind.ParenthesizedType, Type: UnionOrIntersectionType { Kind: SyntaxKind.UnionType, Types.Length: <= MaxUnion } n } => Union(Array.ConvertAll(n.Types, Written)),
        _ => new InferredType(InferredKind.Written, type),
    };

    private InferredType Promised(InferredType type) =>
        IsPromise(type) ? type : new InferredType(InferredKind.Generic, parts: [type.Kind is InferredKind.Query or InferredKind.Indexed ? Awaited(type) : type], text: "Promise");

    private bool IsPromise(InferredType type) => type switch
    {
        { Kind: InferredKind.Generic, Text: "Promise" } => true,
        { Kind: InferredKind.Written, Node: TypeReference { TypeName: Identifier name, TypeArguments.Length: 1 } } => file.GetSlice(name) is "Promise",
        _ => false,
    };

    private InferredType Awaited(InferredType type)
    {
        if (type is { Kind: InferredKind.Generic, Text: "Promise" })
        {
            return type.Parts[0];
        }

        if (IsPromise(type))
        {
            return Written(((TypeReference)type.Node!).TypeArguments[0]);
        }

        return type.Kind is InferredKind.Query or InferredKind.Written or InferredKind.Indexed or InferredKind.Generic && BaseOf(type) == TypeBase.Unknown
            ? new InferredType(InferredKind.Generic, parts: [type], text: "Awaited")
            : type;
    }
}
