namespace Kiln.TypeScript.Tree;

/// <summary>A class field, or with <see cref="ModifierFlags.Accessor"/> an auto-accessor.</summary>
public sealed class PropertyDeclaration(int start, int end, Modifiers modifiers, Node name, TypeNode? type, Expression? initializer) : Member(SyntaxKind.PropertyDeclaration, start, end, modifiers)
{
    public Node Name { get; } = name;
    public TypeNode? Type { get; } = type;
    public Expression? Initializer { get; } = initializer;
}

/// <summary>A method of a class or object literal; no body for overloads, abstract and ambient methods.</summary>
public sealed class MethodDeclaration(int start, int end, Modifiers modifiers, Node name, TypeParameter[] typeParameters, Parameter[] parameters, TypeNode? type, Block? body) : Member(SyntaxKind.MethodDeclaration, start, end, modifiers)
{
    public Node Name { get; } = name;
    public TypeParameter[] TypeParameters { get; } = typeParameters;
    public Parameter[] Parameters { get; } = parameters;
    public TypeNode? Type { get; } = type;
    public Block? Body { get; } = body;
}

public sealed class ConstructorDeclaration(int start, int end, Modifiers modifiers, Parameter[] parameters, Block? body) : Member(SyntaxKind.Constructor, start, end, modifiers)
{
    public Parameter[] Parameters { get; } = parameters;
    public Block? Body { get; } = body;
}

/// <summary><c>get x()</c> or <c>set x(v)</c>, by <see cref="Node.Kind"/>; in classes, object literals, interfaces and type literals.</summary>
public sealed class AccessorDeclaration(SyntaxKind kind, int start, int end, Modifiers modifiers, Node name, TypeParameter[] typeParameters, Parameter[] parameters, TypeNode? type, Block? body) : Member(kind, start, end, modifiers)
{
    public Node Name { get; } = name;
    public TypeParameter[] TypeParameters { get; } = typeParameters;
    public Parameter[] Parameters { get; } = parameters;
    public TypeNode? Type { get; } = type;
    public Block? Body { get; } = body;
}

/// <summary><c>[key: string]: T</c>.</summary>
public sealed class IndexSignature(int start, int end, Modifiers modifiers, Parameter[] parameters, TypeNode? type) : Member(SyntaxKind.IndexSignature, start, end, modifiers)
{
    public Parameter[] Parameters { get; } = parameters;
    public TypeNode? Type { get; } = type;
}

public sealed class ClassStaticBlock(int start, int end, Modifiers modifiers, Block body) : Member(SyntaxKind.ClassStaticBlock, start, end, modifiers)
{
    public Block Body { get; } = body;
}

/// <summary>A stray <c>;</c> in a class body.</summary>
public sealed class SemicolonClassElement(int start, int end) : Node(SyntaxKind.SemicolonClassElement, start, end);

public sealed class PropertySignature(int start, int end, Modifiers modifiers, Node name, TypeNode? type, Expression? initializer) : Member(SyntaxKind.PropertySignature, start, end, modifiers)
{
    public Node Name { get; } = name;
    public TypeNode? Type { get; } = type;

    /// <summary>Not allowed by the grammar, kept for its diagnostic.</summary>
    public Expression? Initializer { get; } = initializer;
}

public sealed class MethodSignature(int start, int end, Modifiers modifiers, Node name, TypeParameter[] typeParameters, Parameter[] parameters, TypeNode? type) : Member(SyntaxKind.MethodSignature, start, end, modifiers)
{
    public Node Name { get; } = name;
    public TypeParameter[] TypeParameters { get; } = typeParameters;
    public Parameter[] Parameters { get; } = parameters;
    public TypeNode? Type { get; } = type;
}

/// <summary><c>(a): T</c> or <c>new (a): T</c>, by <see cref="Node.Kind"/>.</summary>
public sealed class CallOrConstructSignature(SyntaxKind kind, int start, int end, TypeParameter[] typeParameters, Parameter[] parameters, TypeNode? type) : Node(kind, start, end)
{
    public TypeParameter[] TypeParameters { get; } = typeParameters;
    public Parameter[] Parameters { get; } = parameters;
    public TypeNode? Type { get; } = type;
}
