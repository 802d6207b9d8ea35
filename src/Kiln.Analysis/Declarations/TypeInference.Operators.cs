using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Declarations;

/// <summary>What an operator needs to know of a type.</summary>
internal enum TypeBase : byte
{
    Unknown,
    String,
    Number,
    BigInt,
    Boolean,
    Symbol,

    /// <summary><c>null</c> or <c>undefined</c>.</summary>
    Nothing,

    /// <summary>Never a primitive.</summary>
    Object,
}

/// <summary>Operators, unions, and what widens.</summary>
internal sealed partial class TypeInference
{
    /// <summary>A union of more kinds of things than this is <c>any</c>.</summary>
    private const int MaxUnion = 64;

    /// <summary>Members that may be made out of others in one file: literals that repeat each other would otherwise grow without bound.</summary>
    private const int MaxMade = 100_000;

    private int made;

    private InferredType OfUnary(PrefixUnaryExpression n, bool isConst)
    {
        switch (n.Operator)
        {
            case TokenKind.Minus or TokenKind.Plus when Unwrap(n.Operand) is Literal { Kind: SyntaxKind.NumericLiteral }:
                return LiteralOf(n, "number", isConst);
            case TokenKind.Minus when Unwrap(n.Operand) is Literal { Kind: SyntaxKind.BigIntLiteral }:
                return LiteralOf(n, "bigint", isConst);
            case TokenKind.Plus: return InferredType.Number;
            case TokenKind.Minus or TokenKind.Tilde or TokenKind.PlusPlus or TokenKind.MinusMinus: return Arithmetic(BaseOf(TypeOf(n.Operand)));
            case TokenKind.Exclamation: return Not(TypeOf(n.Operand));
            case TokenKind.Delete: return InferredType.Boolean;
            case TokenKind.Void: return InferredType.Undefined;
            case TokenKind.TypeOf: return InferredType.TypeOfResults;
            default: return InferredType.Any;
        }
    }

    private InferredType Not(InferredType operand) => BaseOf(operand) switch
    {
        TypeBase.Object or TypeBase.Symbol => InferredType.False,
        TypeBase.Nothing => InferredType.True,
        _ when operand is { Kind: InferredKind.Literal, Node: { } literal } => IsFalsy(literal) ? InferredType.True : InferredType.False,
        _ => InferredType.Boolean,
    };

    private bool IsFalsy(Node literal) => literal switch
    {
        KeywordExpression n => n.Kind == SyntaxKind.FalseKeyword,
        Literal n => n.Kind == SyntaxKind.NoSubstitutionTemplateLiteral ? n.Length == 2 : !file.GetSlice(n).ContainsAnyInRange('1', '9'),
        StringLiteral n => n.Length == 2,
        _ => false,
    };

    private static InferredType Arithmetic(TypeBase operand) => operand switch
    {
        TypeBase.BigInt => InferredType.BigInt,
        TypeBase.Unknown => InferredType.Any,
        _ => InferredType.Number,
    };

    /// <summary>Chains are as deep as they are long.</summary>
    private InferredType OfBinary(BinaryExpression n)
    {
        var spine = new Stack<BinaryExpression>();
        Expression left = n;
        while (left is BinaryExpression inner)
        {
            spine.Push(inner);
            left = inner.Left;
        }

        var type = left is PrivateIdentifier ? InferredType.Any : TypeOf(left);
        while (spine.TryPop(out var one))
        {
            type = OfBinary(one, type);
        }

        return type;
    }

    private InferredType OfBinary(BinaryExpression n, InferredType left)
    {
        switch (n.Operator)
        {
            case TokenKind.LessThan or TokenKind.GreaterThan or TokenKind.LessThanEquals or TokenKind.GreaterThanEquals or TokenKind.EqualsEquals or TokenKind.ExclamationEquals
                or TokenKind.EqualsEqualsEquals or TokenKind.ExclamationEqualsEquals or TokenKind.In or TokenKind.InstanceOf:
                return InferredType.Boolean;
            case TokenKind.Plus:
                var (a, b) = (BaseOf(left), BaseOf(TypeOf(n.Right)));
                return a == TypeBase.String || b == TypeBase.String ? InferredType.String
                    : a == b && a is TypeBase.Number or TypeBase.BigInt ? Arithmetic(a)
                    : InferredType.Any;
            case TokenKind.Minus or TokenKind.Asterisk or TokenKind.AsteriskAsterisk or TokenKind.Slash or TokenKind.Percent or TokenKind.LessThanLessThan or TokenKind.GreaterThanGreaterThan
                or TokenKind.Ampersand or TokenKind.Bar or TokenKind.Caret:
                // Both operands are of one kind, so that one tells.
                return Arithmetic(BaseOf(left) is var known && known != TypeBase.Unknown ? known : BaseOf(TypeOf(n.Right)));
            case TokenKind.GreaterThanGreaterThanGreaterThan: return InferredType.Number;
            case TokenKind.QuestionQuestion:
                return BaseOf(left) is TypeBase.Unknown or TypeBase.Nothing ? Union([NonNull(left), TypeOf(n.Right)]) : left;
            case TokenKind.BarBar: return Union([NonFalsy(left), TypeOf(n.Right)]);
            case TokenKind.AmpersandAmpersand:
                return Falsy(left) is { } falsy ? Union([falsy, TypeOf(n.Right)]) : InferredType.Any;
            default: return InferredType.Any;
        }
    }

    /// <summary>What TypeScript knows of a constant whose type is a union: the part of it that the value is in.</summary>
    private InferredType Narrow(InferredType type, Expression value)
    {
        if (type.Kind != InferredKind.Union || Array.Exists(type.Parts, p => BaseOf(p) == TypeBase.Unknown))
        {
            return type;
        }

        var given = TypeOf(value);
        var known = BaseOf(given);
        var fitting = known == TypeBase.Unknown ? [] : Array.FindAll(type.Parts, p => BaseOf(p) == known && (known != TypeBase.Nothing || AreEqual(p, given)));
        return fitting.Length == 0 || (fitting.Length > 1 && known != TypeBase.Object) ? type : Union(fitting);
    }

    private InferredType NonNull(InferredType type) => type.Kind switch
    {
        InferredKind.Word when type.Text is "null" or "undefined" => InferredType.Never,
        InferredKind.Union => Union(Array.FindAll(type.Parts, p => BaseOf(p) != TypeBase.Nothing)),
        InferredKind.Written or InferredKind.Query or InferredKind.Indexed or InferredKind.WidenedQuery when BaseOf(type) == TypeBase.Unknown
            => new InferredType(InferredKind.Generic, parts: [type], text: "NonNullable"),
        _ => type,
    };

    /// <summary>What of a type stops <c>&amp;&amp;</c>; null when it cannot be told.</summary>
    private InferredType? Falsy(InferredType type)
    {
        if (type.Kind == InferredKind.Union)
        {
            var parts = Array.ConvertAll(type.Parts, Falsy);
            return Array.Exists(parts, p => p is null) ? null : Union(parts!);
        }

        if (type is { Kind: InferredKind.Literal, Node: { } literal } && !(literal is PrefixUnaryExpression))
        {
            return IsFalsy(literal) ? type : InferredType.Never;
        }

        return BaseOf(type) switch
        {
            TypeBase.Object or TypeBase.Symbol => InferredType.Never,
            TypeBase.Nothing => type,
            TypeBase.Boolean => InferredType.False,
            TypeBase.Number => InferredType.Zero,
            TypeBase.String => InferredType.Empty,
            TypeBase.BigInt => InferredType.ZeroBigInt,
            _ => null,
        };
    }

    private InferredType NonFalsy(InferredType type)
    {
        var rest = NonNull(type);
        return ReferenceEquals(rest, InferredType.Boolean) ? InferredType.True : rest;
    }

    // Unions.

    public InferredType Union(InferredType[] types)
    {
        var parts = new List<InferredType>(types.Length);
        foreach (var type in types)
        {
            if (type.IsAny)
            {
                return type;
            }

            if (type.Kind != InferredKind.Union)
            {
                AddTo(parts, type);
            }
            else
            {
                foreach (var part in type.Parts)
                {
                    AddTo(parts, part);
                }
            }

            if (parts.Count > MaxUnion)
            {
                return InferredType.Any;
            }
        }

        // A word takes up its literals.
        parts.RemoveAll(p => p.Kind == InferredKind.Literal && parts.Exists(w => w.Kind == InferredKind.Word && w.Text == p.Text));
        if (parts.RemoveAll(p => p.Kind == InferredKind.Word && p.Text == "never") > 0 && parts.Count == 0)
        {
            return InferredType.Never;
        }

        if (parts.Count == 2 && parts.TrueForAll(p => p is { Kind: InferredKind.Literal, Text: "boolean" }))
        {
            return InferredType.Boolean;
        }

        return parts.Count switch
        {
            0 => InferredType.Never,
            1 => parts[0],
            _ => new InferredType(InferredKind.Union, parts: [.. parts.OrderBy(Rank)]),
        };
    }

    /// <summary>Parts stand as TypeScript prints them: words first, what holds nothing last.</summary>
    private static int Rank(InferredType type) => type.Kind != InferredKind.Word ? 5 : type.Text switch
    {
        "string" => 0,
        "number" => 1,
        "bigint" => 2,
        "boolean" => 3,
        "null" => 6,
        "undefined" => 7,
        _ => 5,
    };

    private void AddTo(List<InferredType> types, InferredType type)
    {
        foreach (var known in types)
        {
            if (AreEqual(known, type))
            {
                return;
            }
        }

        types.Add(type);
    }

    private bool AreEqual(InferredType a, InferredType b)
    {
        if (ReferenceEquals(a, b))
        {
            return true;
        }

        if (a.Kind != b.Kind || a.Text != b.Text || a.Value != b.Value || a.IsReadonly != b.IsReadonly || a.Parts.Length != b.Parts.Length || a.Members.Length != b.Members.Length
            || (a.Node is null) != (b.Node is null) || !guard.HasRoom())
        {
            return false;
        }

        if (a.Kind == InferredKind.Function)
        {
            return AreEqualFunctions(a, b);
        }

        if (a.Node is not null && !file.GetSlice(a.Node).SequenceEqual(file.GetSlice(b.Node!)))
        {
            return false;
        }

        for (var i = 0; i < a.Parts.Length; i++)
        {
            if (!AreEqual(a.Parts[i], b.Parts[i]))
            {
                return false;
            }
        }

        for (var i = 0; i < a.Members.Length; i++)
        {
            var (m, n) = (a.Members[i], b.Members[i]);
            if (m.Kind != n.Kind || m.IsOptional != n.IsOptional || m.IsReadonly != n.IsReadonly || m.Node is MethodDeclaration || n.Node is MethodDeclaration
                || (m.Name is null) != (n.Name is null) || (m.Name is not null && !file.GetSlice(m.Name).SequenceEqual(file.GetSlice(n.Name!))) || !AreEqual(m.Type, n.Type))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Names of parameters and bodies do not matter.</summary>
    private bool AreEqualFunctions(InferredType a, InferredType b)
    {
        var (first, second) = (PartsOf(a.Node!), PartsOf(b.Node!));
        if (first.TypeParameters.Length + second.TypeParameters.Length > 0 || first.Parameters.Length != second.Parameters.Length || (first.Type is null) != (second.Type is null))
        {
            return false;
        }

        for (var i = 0; i < first.Parameters.Length; i++)
        {
            var (p, q) = (first.Parameters[i], second.Parameters[i]);
            if (p.Type is null || q.Type is null || p.Initializer is not null || q.Initializer is not null || p.Has(NodeFlags.Optional) != q.Has(NodeFlags.Optional)
                || p.Has(NodeFlags.Rest) != q.Has(NodeFlags.Rest) || !file.GetSlice(p.Type).SequenceEqual(file.GetSlice(q.Type)))
            {
                return false;
            }
        }

        return first.Type is not null ? file.GetSlice(first.Type).SequenceEqual(file.GetSlice(second.Type!)) : AreEqual(a.Parts[0], b.Parts[0]);
    }

    private static (TypeParameter[] TypeParameters, Parameter[] Parameters, TypeNode? Type) PartsOf(Node function) => function switch
    {
        ArrowFunction n => (n.TypeParameters, n.Parameters, n.Type),
        FunctionExpression n => (n.TypeParameters, n.Parameters, n.Type),
        _ => ([], [], null),
    };

    // Widening.

    /// <summary>The type of what may be changed later: <c>1</c> becomes <c>number</c>.</summary>
    public InferredType Widen(InferredType type) => Widen(type, isConst: false);

    /// <param name="type">The type.</param>
    /// <param name="isConst">Nobody can change it: what another module's constant is need not be known.</param>
    private InferredType Widen(InferredType type, bool isConst)
    {
        switch (type.Kind)
        {
            case InferredKind.Literal: return type.IsFresh ? InferredType.Of(type.Text!) : type;
            case InferredKind.Union: return Union(Array.ConvertAll(type.Parts, p => Widen(p, isConst)));
            case InferredKind.Word: return type.Text == "unique symbol" ? InferredType.Symbol : type;
            case InferredKind.EnumMember: return OfEnum(type);
            case InferredKind.Query: return isConst ? type : WidenQuery(type);
            default: return type;
        }
    }

    /// <summary>A result cannot be changed, but one literal alone is widened all the same.</summary>
    private InferredType WidenReturn(InferredType type) => type.Kind is InferredKind.Literal or InferredKind.EnumMember ? Widen(type) : type;

    private static InferredType OfEnum(InferredType type)
    {
        var expression = Unwrap((Expression)type.Node!);
        return new InferredType(InferredKind.EnumMember, expression is PropertyAccessExpression n ? n.Expression : ((ElementAccessExpression)expression).Expression);
    }

    private InferredType WidenQuery(InferredType type)
    {
        var root = Unwrap((Expression)type.Node!);
        var links = 0;
        while (root is PropertyAccessExpression or ElementAccessExpression)
        {
            root = Unwrap(root is PropertyAccessExpression n ? n.Expression : ((ElementAccessExpression)root).Expression);
            links++;
        }

        if (root is not Identifier id || !Find(id, out var declared) || declared is null)
        {
            return type;
        }

        switch (declared.Kind)
        {
            case DeclaredKind.Import or DeclaredKind.NamespaceImport or DeclaredKind.Namespace or DeclaredKind.Class when links > 0 || declared.Kind == DeclaredKind.Import:
                // The last name of a chain may be the member of an enum; that of a module is none.
                var isExport = links == (declared.Kind is DeclaredKind.NamespaceImport or DeclaredKind.Namespace ? 1 : 0);
                return new InferredType(InferredKind.WidenedQuery, type.Node, text: isExport ? null : "any");
            case DeclaredKind.Constant when links == 0 && DeclaredType(declared) is { } known:
                return Widen(known) is var wide && !ReferenceEquals(wide, known) ? wide : type;
            default: return type;
        }
    }

    private TypeBase BaseOf(InferredType type)
    {
        switch (type.Kind)
        {
            case InferredKind.Word or InferredKind.Literal:
                return type.Text switch
                {
                    "string" => TypeBase.String,
                    "number" => TypeBase.Number,
                    "bigint" => TypeBase.BigInt,
                    "boolean" => TypeBase.Boolean,
                    "symbol" or "unique symbol" => TypeBase.Symbol,
                    "null" or "undefined" or "void" => TypeBase.Nothing,
                    "RegExp" => TypeBase.Object,
                    _ => TypeBase.Unknown,
                };
            case InferredKind.Written: return BaseOf((TypeNode)type.Node!);
            case InferredKind.Object or InferredKind.Array or InferredKind.Tuple or InferredKind.Function or InferredKind.Class or InferredKind.Reference: return TypeBase.Object;
            case InferredKind.Generic: return type.Text is "Promise" or "Readonly" ? TypeBase.Object : TypeBase.Unknown;
            case InferredKind.Query when Unwrap((Expression)type.Node!) is Identifier id && Find(id, out var declared) && declared is not null:
                return declared.Kind is DeclaredKind.Function or DeclaredKind.Class or DeclaredKind.Enum ? TypeBase.Object
                    : DeclaredType(declared) is { Kind: not InferredKind.Query } known && !declared.Node.Has(NodeFlags.Optional) ? BaseOf(known)
                    : TypeBase.Unknown;
            default: return TypeBase.Unknown;
        }
    }

    private TypeBase BaseOf(TypeNode type) => type switch
    {
        KeywordType => file.GetSlice(type) switch
        {
            "string" => TypeBase.String,
            "number" => TypeBase.Number,
            "bigint" => TypeBase.BigInt,
            "boolean" => TypeBase.Boolean,
            "symbol" => TypeBase.Symbol,
            "null" or "undefined" or "void" => TypeBase.Nothing,
            "object" => TypeBase.Object,
            _ => TypeBase.Unknown,
        },
        LiteralType { Literal: StringLiteral or Literal { Kind: SyntaxKind.NoSubstitutionTemplateLiteral } } or TemplateLiteralType => TypeBase.String,
        LiteralType { Literal: Literal { Kind: SyntaxKind.NumericLiteral } } => TypeBase.Number,
        LiteralType { Literal: Literal { Kind: SyntaxKind.BigIntLiteral } } => TypeBase.BigInt,
        LiteralType { Literal: KeywordExpression { Kind: SyntaxKind.TrueKeyword or SyntaxKind.FalseKeyword } } => TypeBase.Boolean,
        LiteralType { Literal: KeywordExpression { Kind: SyntaxKind.NullKeyword } } => TypeBase.Nothing,
        ArrayType or TupleType or TypeLiteral or FunctionType or MappedType => TypeBase.Object,
        WrappedType { Kind: SyntaxKind.ParenthesizedType } n when guard.HasRoom() => BaseOf(n.Type),
        _ => TypeBase.Unknown,
    };
}
