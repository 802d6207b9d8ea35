namespace Kiln.TypeScript.Tree;

/// <summary>A type that is one keyword: <c>any</c>, <c>string</c>, <c>this</c>, <c>null</c>, … The slice tells which.</summary>
public sealed class KeywordType(int start, int end) : TypeNode(SyntaxKind.KeywordType, start, end);

/// <summary><c>A.B</c>; <see cref="Left"/> is an <see cref="Identifier"/> or <see cref="QualifiedName"/>.</summary>
public sealed class QualifiedName(int start, int end, Node left, Identifier right) : Node(SyntaxKind.QualifiedName, start, end)
{
    public Node Left { get; } = left;
    public Identifier Right { get; } = right;
}

public sealed class TypeReference(int start, int end, Node typeName, TypeNode[] typeArguments) : TypeNode(SyntaxKind.TypeReference, start, end)
{
    public Node TypeName { get; } = typeName;
    public TypeNode[] TypeArguments { get; } = typeArguments;
}

/// <summary><c>x is T</c>, <c>asserts x</c>, <c>asserts x is T</c>; the parameter is an <see cref="Identifier"/> or a <see cref="KeywordType"/> for <c>this</c>.</summary>
public sealed class TypePredicate(int start, int end, bool asserts, Node parameterName, TypeNode? type) : TypeNode(SyntaxKind.TypePredicate, start, end)
{
    public bool Asserts { get; } = asserts;
    public Node ParameterName { get; } = parameterName;
    public TypeNode? Type { get; } = type;
}

/// <summary><c>(a) =&gt; T</c> or <c>[abstract] new (a) =&gt; T</c>, by <see cref="Node.Kind"/>.</summary>
public sealed class FunctionType(SyntaxKind kind, int start, int end, Modifiers modifiers, TypeParameter[] typeParameters, Parameter[] parameters, TypeNode type) : TypeNode(kind, start, end)
{
    public Modifiers Modifiers { get; } = modifiers;
    public TypeParameter[] TypeParameters { get; } = typeParameters;
    public Parameter[] Parameters { get; } = parameters;
    public TypeNode Type { get; } = type;
}

/// <summary><c>typeof a.b&lt;T&gt;</c>; the name is an entity name or an <see cref="ImportType"/>.</summary>
public sealed class TypeQuery(int start, int end, Node exprName, TypeNode[] typeArguments) : TypeNode(SyntaxKind.TypeQuery, start, end)
{
    public Node ExprName { get; } = exprName;
    public TypeNode[] TypeArguments { get; } = typeArguments;
}

public sealed class TypeLiteral(int start, int end, Node[] members) : TypeNode(SyntaxKind.TypeLiteral, start, end)
{
    public Node[] Members { get; } = members;
}

public sealed class ArrayType(int start, int end, TypeNode elementType) : TypeNode(SyntaxKind.ArrayType, start, end)
{
    public TypeNode ElementType { get; } = elementType;
}

public sealed class TupleType(int start, int end, TypeNode[] elements) : TypeNode(SyntaxKind.TupleType, start, end)
{
    public TypeNode[] Elements { get; } = elements;
}

/// <summary><c>name: T</c>, <c>name?: T</c>, <c>...name: T</c> in a tuple.</summary>
public sealed class NamedTupleMember(int start, int end, Identifier name, TypeNode type) : TypeNode(SyntaxKind.NamedTupleMember, start, end)
{
    public Identifier Name { get; } = name;
    public TypeNode Type { get; } = type;
}

/// <summary>
/// A type around one other: <see cref="SyntaxKind.OptionalType"/> <c>T?</c>, <see cref="SyntaxKind.RestType"/> <c>...T</c>,
/// <see cref="SyntaxKind.ParenthesizedType"/> <c>(T)</c>.
/// </summary>
public sealed class WrappedType(SyntaxKind kind, int start, int end, TypeNode type) : TypeNode(kind, start, end)
{
    public TypeNode Type { get; } = type;
}

/// <summary><c>A | B</c> or <c>A &amp; B</c>, by <see cref="Node.Kind"/>.</summary>
public sealed class UnionOrIntersectionType(SyntaxKind kind, int start, int end, TypeNode[] types) : TypeNode(kind, start, end)
{
    public TypeNode[] Types { get; } = types;
}

public sealed class ConditionalType(int start, int end, TypeNode checkType, TypeNode extendsType, TypeNode trueType, TypeNode falseType) : TypeNode(SyntaxKind.ConditionalType, start, end)
{
    public TypeNode CheckType { get; } = checkType;
    public TypeNode ExtendsType { get; } = extendsType;
    public TypeNode TrueType { get; } = trueType;
    public TypeNode FalseType { get; } = falseType;
}

public sealed class InferType(int start, int end, TypeParameter typeParameter) : TypeNode(SyntaxKind.InferType, start, end)
{
    public TypeParameter TypeParameter { get; } = typeParameter;
}

public enum TypeOperatorKind : byte
{
    KeyOf,
    Unique,
    Readonly,
}

public sealed class TypeOperator(int start, int end, TypeOperatorKind @operator, TypeNode type) : TypeNode(SyntaxKind.TypeOperator, start, end)
{
    public TypeOperatorKind Operator { get; } = @operator;
    public TypeNode Type { get; } = type;
}

public sealed class IndexedAccessType(int start, int end, TypeNode objectType, TypeNode indexType) : TypeNode(SyntaxKind.IndexedAccessType, start, end)
{
    public TypeNode ObjectType { get; } = objectType;
    public TypeNode IndexType { get; } = indexType;
}

public enum MappedModifier : byte
{
    None,
    Present,
    Plus,
    Minus,
}

/// <summary><c>{ readonly [K in T as N]?: V }</c>.</summary>
public sealed class MappedType(int start, int end, MappedModifier @readonly, TypeParameter typeParameter, TypeNode? nameType, MappedModifier optional, TypeNode? type) : TypeNode(SyntaxKind.MappedType, start, end)
{
    public MappedModifier Readonly { get; } = @readonly;
    public TypeParameter TypeParameter { get; } = typeParameter;
    public TypeNode? NameType { get; } = nameType;
    public MappedModifier Optional { get; } = optional;
    public TypeNode? Type { get; } = type;
}

/// <summary>A literal as a type: string, number, bigint, signed number, boolean, null or a template without substitutions.</summary>
public sealed class LiteralType(int start, int end, Expression literal) : TypeNode(SyntaxKind.LiteralType, start, end)
{
    public Expression Literal { get; } = literal;
}

/// <summary><c>`a${T}b`</c>: <c>Elements.Length == Types.Length + 1</c>.</summary>
public sealed class TemplateLiteralType(int start, int end, TemplateElement[] elements, TypeNode[] types) : TypeNode(SyntaxKind.TemplateLiteralType, start, end)
{
    public TemplateElement[] Elements { get; } = elements;
    public TypeNode[] Types { get; } = types;
}

/// <summary><c>[typeof] import("x", { with: { } }).A.B&lt;T&gt;</c>.</summary>
public sealed class ImportType(int start, int end, bool isTypeOf, TypeNode argument, ImportAttributes? attributes, Node? qualifier, TypeNode[] typeArguments) : TypeNode(SyntaxKind.ImportType, start, end)
{
    public bool IsTypeOf { get; } = isTypeOf;

    /// <summary>Normally a <see cref="LiteralType"/> with a <see cref="StringLiteral"/>.</summary>
    public TypeNode Argument { get; } = argument;
    public ImportAttributes? Attributes { get; } = attributes;
    public Node? Qualifier { get; } = qualifier;
    public TypeNode[] TypeArguments { get; } = typeArguments;
}
