namespace Kiln.TypeScript.Tree;

/// <summary><c>&lt;a b="c"&gt;…&lt;/a&gt;</c>. Children are <see cref="JsxText"/>, <see cref="JsxExpression"/>, elements or fragments.</summary>
public sealed class JsxElement(int start, int end, JsxOpeningElement opening, Node[] children, JsxClosingElement closing) : Expression(SyntaxKind.JsxElement, start, end)
{
    public JsxOpeningElement Opening { get; } = opening;
    public Node[] Children { get; } = children;
    public JsxClosingElement Closing { get; } = closing;
}

/// <summary><c>&lt;a b /&gt;</c> is a <see cref="SyntaxKind.JsxSelfClosingElement"/>, <c>&lt;a b&gt;</c> a <see cref="SyntaxKind.JsxOpeningElement"/>.</summary>
public sealed class JsxOpeningElement(SyntaxKind kind, int start, int end, Expression tagName, TypeNode[] typeArguments, Node[] attributes) : Expression(kind, start, end)
{
    /// <summary>An <see cref="Identifier"/> (which may contain <c>-</c>), <c>this</c>, <see cref="PropertyAccessExpression"/> or <see cref="JsxNamespacedName"/>.</summary>
    public Expression TagName { get; } = tagName;
    public TypeNode[] TypeArguments { get; } = typeArguments;

    /// <summary><see cref="JsxAttribute"/> or <see cref="JsxSpreadAttribute"/>.</summary>
    public Node[] Attributes { get; } = attributes;
}

public sealed class JsxClosingElement(int start, int end, Expression? tagName) : Node(SyntaxKind.JsxClosingElement, start, end)
{
    public Expression? TagName { get; } = tagName;
}

/// <summary><c>&lt;&gt;…&lt;/&gt;</c>.</summary>
public sealed class JsxFragment(int start, int end, Node[] children) : Expression(SyntaxKind.JsxFragment, start, end)
{
    public Node[] Children { get; } = children;
}

/// <summary><c>name</c>, <c>name="v"</c>, <c>name={e}</c>, <c>name=&lt;a/&gt;</c>. The name is an <see cref="Identifier"/> or <see cref="JsxNamespacedName"/>.</summary>
public sealed class JsxAttribute(int start, int end, Expression name, Expression? initializer) : Node(SyntaxKind.JsxAttribute, start, end)
{
    public Expression Name { get; } = name;

    /// <summary>A <see cref="StringLiteral"/> (JSX text rules: entities, no escapes), <see cref="JsxExpression"/>, element or fragment.</summary>
    public Expression? Initializer { get; } = initializer;
}

public sealed class JsxSpreadAttribute(int start, int end, Expression expression) : Node(SyntaxKind.JsxSpreadAttribute, start, end)
{
    public Expression Expression { get; } = expression;
}

/// <summary><c>{expression}</c>, <c>{...expression}</c> (<see cref="NodeFlags.Rest"/>) or <c>{/* empty */}</c>.</summary>
public sealed class JsxExpression(int start, int end, Expression? expression) : Expression(SyntaxKind.JsxExpression, start, end)
{
    public Expression? Expression { get; } = expression;
}

public sealed class JsxNamespacedName(int start, int end, Identifier @namespace, Identifier name) : Expression(SyntaxKind.JsxNamespacedName, start, end)
{
    public Identifier Namespace { get; } = @namespace;
    public Identifier Name { get; } = name;
}

/// <summary>Text between tags, entities still encoded.</summary>
public sealed class JsxText(int start, int end) : Node(SyntaxKind.JsxText, start, end);
