namespace Kiln.TypeScript.Tree;

/// <summary><c>{ a, b: c = 1, ...rest }</c> in a declaration. Assignment patterns stay object and array literals.</summary>
public sealed class ObjectBindingPattern(int start, int end, BindingElement[] elements) : Node(SyntaxKind.ObjectBindingPattern, start, end)
{
    public BindingElement[] Elements { get; } = elements;
}

/// <summary>Elements are <see cref="BindingElement"/> or <see cref="OmittedExpression"/>.</summary>
public sealed class ArrayBindingPattern(int start, int end, Node[] elements) : Node(SyntaxKind.ArrayBindingPattern, start, end)
{
    public Node[] Elements { get; } = elements;
}

/// <summary><see cref="Name"/> is an <see cref="Identifier"/> or a pattern.</summary>
public sealed class BindingElement(int start, int end, Node? propertyName, Node name, Expression? initializer) : Node(SyntaxKind.BindingElement, start, end)
{
    public Node? PropertyName { get; } = propertyName;
    public Node Name { get; } = name;
    public Expression? Initializer { get; } = initializer;
}

/// <summary>A parameter; <c>this</c> parameters are <see cref="Identifier"/>s whose text is <c>this</c>.</summary>
public sealed class Parameter(int start, int end, Modifiers modifiers, Node name, TypeNode? type, Expression? initializer) : Node(SyntaxKind.Parameter, start, end)
{
    public Modifiers Modifiers { get; } = modifiers;
    public Node Name { get; } = name;
    public TypeNode? Type { get; } = type;
    public Expression? Initializer { get; } = initializer;
}

public sealed class TypeParameter(int start, int end, Modifiers modifiers, Identifier name, TypeNode? constraint, TypeNode? @default) : Node(SyntaxKind.TypeParameter, start, end)
{
    public Modifiers Modifiers { get; } = modifiers;
    public Identifier Name { get; } = name;
    public TypeNode? Constraint { get; } = constraint;
    public TypeNode? Default { get; } = @default;
}

/// <summary><c>extends A, B</c> or <c>implements A, B</c>, keyword included in the range.</summary>
public sealed class HeritageClause(int start, int end, ExpressionWithTypeArguments[] types) : Node(SyntaxKind.HeritageClause, start, end)
{
    public ExpressionWithTypeArguments[] Types { get; } = types;
}
