namespace Kiln.TypeScript.Tree;

/// <summary>A name. Its text is the slice of the file, or decoded from it when <see cref="NodeFlags.HasEscape"/> is set.</summary>
public sealed class Identifier(int start, int end) : Expression(SyntaxKind.Identifier, start, end);

/// <summary><c>#name</c>; the slice includes the <c>#</c>.</summary>
public sealed class PrivateIdentifier(int start, int end) : Expression(SyntaxKind.PrivateIdentifier, start, end);

/// <summary>
/// A literal that is one token: <see cref="SyntaxKind.NumericLiteral"/>, <see cref="SyntaxKind.BigIntLiteral"/>,
/// <see cref="SyntaxKind.RegularExpressionLiteral"/>, <see cref="SyntaxKind.NoSubstitutionTemplateLiteral"/>.
/// </summary>
public sealed class Literal(SyntaxKind kind, int start, int end) : Expression(kind, start, end);

/// <summary>A quoted string; the slice includes the quotes. See <see cref="SourceFile.GetStringValue"/>.</summary>
public sealed class StringLiteral(int start, int end) : Expression(SyntaxKind.StringLiteral, start, end);

/// <summary><c>this</c>, <c>super</c>, <c>null</c>, <c>true</c>, <c>false</c>, by <see cref="Node.Kind"/>.</summary>
public sealed class KeywordExpression(SyntaxKind kind, int start, int end) : Expression(kind, start, end);

/// <summary>A hole in an array literal or array pattern; empty range.</summary>
public sealed class OmittedExpression(int position) : Expression(SyntaxKind.OmittedExpression, position, position);

/// <summary>One literal part of a template, with its delimiters (<c>`…${</c>, <c>}…${</c>, <c>}…`</c>) in the slice.</summary>
public sealed class TemplateElement(int start, int end) : Node(SyntaxKind.TemplateElement, start, end);

/// <summary><c>`a${b}c`</c>: <c>Elements.Length == Expressions.Length + 1</c>.</summary>
public sealed class TemplateExpression(int start, int end, TemplateElement[] elements, Expression[] expressions) : Expression(SyntaxKind.TemplateExpression, start, end)
{
    public TemplateElement[] Elements { get; } = elements;
    public Expression[] Expressions { get; } = expressions;
}

public sealed class ArrayLiteralExpression(int start, int end, Expression[] elements) : Expression(SyntaxKind.ArrayLiteralExpression, start, end)
{
    public Expression[] Elements { get; } = elements;
}

/// <summary>Properties are <see cref="PropertyAssignment"/>, <see cref="ShorthandPropertyAssignment"/>, <see cref="SpreadAssignment"/>, methods or accessors.</summary>
public sealed class ObjectLiteralExpression(int start, int end, Node[] properties) : Expression(SyntaxKind.ObjectLiteralExpression, start, end)
{
    public Node[] Properties { get; } = properties;
}

/// <summary><c>name: initializer</c>. A name is an <see cref="Identifier"/>, literal, <see cref="PrivateIdentifier"/> or <see cref="ComputedPropertyName"/>.</summary>
public sealed class PropertyAssignment(int start, int end, Node name, Expression initializer) : Node(SyntaxKind.PropertyAssignment, start, end)
{
    public Node Name { get; } = name;
    public Expression Initializer { get; } = initializer;
}

/// <summary><c>name</c>, or <c>name = default</c> where the object is an assignment pattern.</summary>
public sealed class ShorthandPropertyAssignment(int start, int end, Identifier name, Expression? objectAssignmentInitializer) : Node(SyntaxKind.ShorthandPropertyAssignment, start, end)
{
    public Identifier Name { get; } = name;
    public Expression? ObjectAssignmentInitializer { get; } = objectAssignmentInitializer;
}

public sealed class SpreadAssignment(int start, int end, Expression expression) : Node(SyntaxKind.SpreadAssignment, start, end)
{
    public Expression Expression { get; } = expression;
}

public sealed class ComputedPropertyName(int start, int end, Expression expression) : Node(SyntaxKind.ComputedPropertyName, start, end)
{
    public Expression Expression { get; } = expression;
}

public sealed class SpreadElement(int start, int end, Expression expression) : Expression(SyntaxKind.SpreadElement, start, end)
{
    public Expression Expression { get; } = expression;
}

public sealed class ParenthesizedExpression(int start, int end, Expression expression) : Expression(SyntaxKind.ParenthesizedExpression, start, end)
{
    public Expression Expression { get; } = expression;
}

public sealed class FunctionExpression(int start, int end, Identifier? name, TypeParameter[] typeParameters, Parameter[] parameters, TypeNode? type, Block body) : Expression(SyntaxKind.FunctionExpression, start, end)
{
    public Identifier? Name { get; } = name;
    public TypeParameter[] TypeParameters { get; } = typeParameters;
    public Parameter[] Parameters { get; } = parameters;
    public TypeNode? Type { get; } = type;
    public Block Body { get; } = body;
}

/// <summary><see cref="Body"/> is a <see cref="Block"/> or an <see cref="Expression"/>.</summary>
public sealed class ArrowFunction(int start, int end, TypeParameter[] typeParameters, Parameter[] parameters, TypeNode? type, int arrow, Node body) : Expression(SyntaxKind.ArrowFunction, start, end)
{
    public TypeParameter[] TypeParameters { get; } = typeParameters;
    public Parameter[] Parameters { get; } = parameters;
    public TypeNode? Type { get; } = type;

    /// <summary>Offset of <c>=&gt;</c>.</summary>
    public int Arrow { get; } = arrow;
    public Node Body { get; } = body;
}

/// <summary>A class in expression position. <see cref="BodyStart"/> is the offset of <c>{</c>.</summary>
public sealed class ClassExpression(int start, int end, Modifiers modifiers, Identifier? name, TypeParameter[] typeParameters, HeritageClause? extends, HeritageClause? implements, int bodyStart, Node[] members) : Expression(SyntaxKind.ClassExpression, start, end)
{
    public Modifiers Modifiers { get; } = modifiers;
    public Identifier? Name { get; } = name;
    public TypeParameter[] TypeParameters { get; } = typeParameters;
    public HeritageClause? Extends { get; } = extends;
    public HeritageClause? Implements { get; } = implements;
    public int BodyStart { get; } = bodyStart;
    public Node[] Members { get; } = members;
}

/// <summary><c>expression.name</c> or <c>expression?.name</c>; the name is an <see cref="Identifier"/> or <see cref="PrivateIdentifier"/>.</summary>
public sealed class PropertyAccessExpression(int start, int end, Expression expression, Expression name) : Expression(SyntaxKind.PropertyAccessExpression, start, end)
{
    public Expression Expression { get; } = expression;
    public Expression Name { get; } = name;
}

public sealed class ElementAccessExpression(int start, int end, Expression expression, Expression argument) : Expression(SyntaxKind.ElementAccessExpression, start, end)
{
    public Expression Expression { get; } = expression;
    public Expression Argument { get; } = argument;
}

public sealed class CallExpression(int start, int end, Expression expression, TypeNode[] typeArguments, Expression[] arguments) : Expression(SyntaxKind.CallExpression, start, end)
{
    public Expression Expression { get; } = expression;
    public TypeNode[] TypeArguments { get; } = typeArguments;
    public Expression[] Arguments { get; } = arguments;
}

/// <summary><c>import(x)</c>, <c>import.defer(x)</c>, <c>import.source(x)</c>.</summary>
public sealed class ImportCallExpression(int start, int end, ImportPhase phase, Expression[] arguments) : Expression(SyntaxKind.ImportCallExpression, start, end)
{
    public ImportPhase Phase { get; } = phase;
    public Expression[] Arguments { get; } = arguments;
}

/// <summary><see cref="Arguments"/> is null for <c>new X</c> without parentheses.</summary>
public sealed class NewExpression(int start, int end, Expression expression, TypeNode[] typeArguments, Expression[]? arguments) : Expression(SyntaxKind.NewExpression, start, end)
{
    public Expression Expression { get; } = expression;
    public TypeNode[] TypeArguments { get; } = typeArguments;
    public Expression[]? Arguments { get; } = arguments;
}

/// <summary>The template is a <see cref="Literal"/> of kind <see cref="SyntaxKind.NoSubstitutionTemplateLiteral"/> or a <see cref="TemplateExpression"/>.</summary>
public sealed class TaggedTemplateExpression(int start, int end, Expression tag, TypeNode[] typeArguments, Expression template) : Expression(SyntaxKind.TaggedTemplateExpression, start, end)
{
    public Expression Tag { get; } = tag;
    public TypeNode[] TypeArguments { get; } = typeArguments;
    public Expression Template { get; } = template;
}

/// <summary><c>import.meta</c> (<see cref="SyntaxKind.ImportMeta"/>) or <c>new.target</c> (<see cref="SyntaxKind.NewTarget"/>).</summary>
public sealed class MetaProperty(SyntaxKind kind, int start, int end) : Expression(kind, start, end);

/// <summary>Prefix operators, <c>typeof</c>, <c>void</c> and <c>delete</c> included.</summary>
public sealed class PrefixUnaryExpression(int start, int end, TokenKind @operator, Expression operand) : Expression(SyntaxKind.PrefixUnaryExpression, start, end)
{
    public TokenKind Operator { get; } = @operator;
    public Expression Operand { get; } = operand;
}

public sealed class PostfixUnaryExpression(int start, int end, Expression operand, TokenKind @operator) : Expression(SyntaxKind.PostfixUnaryExpression, start, end)
{
    public Expression Operand { get; } = operand;
    public TokenKind Operator { get; } = @operator;
}

/// <summary>Binary, logical, assignment and comma operators. Left-deep chains are as deep as they are long: walk the spine in a loop.</summary>
public sealed class BinaryExpression(int start, int end, Expression left, TokenKind @operator, int operatorStart, Expression right) : Expression(SyntaxKind.BinaryExpression, start, end)
{
    /// <summary>The left operand; a <see cref="PrivateIdentifier"/> in <c>#x in y</c>.</summary>
    public Expression Left { get; } = left;
    public TokenKind Operator { get; } = @operator;
    public int OperatorStart { get; } = operatorStart;
    public Expression Right { get; } = right;
}

public sealed class ConditionalExpression(int start, int end, Expression condition, Expression whenTrue, Expression whenFalse) : Expression(SyntaxKind.ConditionalExpression, start, end)
{
    public Expression Condition { get; } = condition;
    public Expression WhenTrue { get; } = whenTrue;
    public Expression WhenFalse { get; } = whenFalse;
}

/// <summary><c>yield</c> or <c>yield*</c> (<see cref="NodeFlags.Generator"/>).</summary>
public sealed class YieldExpression(int start, int end, Expression? expression) : Expression(SyntaxKind.YieldExpression, start, end)
{
    public Expression? Expression { get; } = expression;
}

public sealed class AwaitExpression(int start, int end, Expression expression) : Expression(SyntaxKind.AwaitExpression, start, end)
{
    public Expression Expression { get; } = expression;
}

/// <summary><c>x as T</c>, <c>x satisfies T</c> or <c>&lt;T&gt;x</c>, by <see cref="Node.Kind"/>.</summary>
public sealed class AssertionExpression(SyntaxKind kind, int start, int end, Expression expression, TypeNode type) : Expression(kind, start, end)
{
    public Expression Expression { get; } = expression;
    public TypeNode Type { get; } = type;
}

public sealed class NonNullExpression(int start, int end, Expression expression) : Expression(SyntaxKind.NonNullExpression, start, end)
{
    public Expression Expression { get; } = expression;
}

/// <summary>An instantiation expression <c>f&lt;T&gt;</c>, or a base in a heritage clause (with or without arguments).</summary>
public sealed class ExpressionWithTypeArguments(int start, int end, Expression expression, TypeNode[] typeArguments) : Expression(SyntaxKind.ExpressionWithTypeArguments, start, end)
{
    public Expression Expression { get; } = expression;
    public TypeNode[] TypeArguments { get; } = typeArguments;
}
