namespace Kiln.TypeScript.Tree;

/// <summary><see cref="Body"/> is null for overload signatures and ambient functions. <see cref="Name"/> is null only under <c>export default</c>.</summary>
public sealed class FunctionDeclaration(int start, int end, Modifiers modifiers, Identifier? name, TypeParameter[] typeParameters, Parameter[] parameters, TypeNode? type, Block? body) : DeclarationStatement(SyntaxKind.FunctionDeclaration, start, end, modifiers)
{
    public Identifier? Name { get; } = name;
    public TypeParameter[] TypeParameters { get; } = typeParameters;
    public Parameter[] Parameters { get; } = parameters;
    public TypeNode? Type { get; } = type;
    public Block? Body { get; } = body;
}

/// <summary><see cref="BodyStart"/> is the offset of <c>{</c>.</summary>
public sealed class ClassDeclaration(int start, int end, Modifiers modifiers, Identifier? name, TypeParameter[] typeParameters, HeritageClause? extends, HeritageClause? implements, int bodyStart, Node[] members) : DeclarationStatement(SyntaxKind.ClassDeclaration, start, end, modifiers)
{
    public Identifier? Name { get; } = name;
    public TypeParameter[] TypeParameters { get; } = typeParameters;
    public HeritageClause? Extends { get; } = extends;
    public HeritageClause? Implements { get; } = implements;
    public int BodyStart { get; } = bodyStart;
    public Node[] Members { get; } = members;
}

public sealed class InterfaceDeclaration(int start, int end, Modifiers modifiers, Identifier name, TypeParameter[] typeParameters, HeritageClause? extends, Node[] members) : DeclarationStatement(SyntaxKind.InterfaceDeclaration, start, end, modifiers)
{
    public Identifier Name { get; } = name;
    public TypeParameter[] TypeParameters { get; } = typeParameters;
    public HeritageClause? Extends { get; } = extends;
    public Node[] Members { get; } = members;
}

public sealed class TypeAliasDeclaration(int start, int end, Modifiers modifiers, Identifier name, TypeParameter[] typeParameters, TypeNode type) : DeclarationStatement(SyntaxKind.TypeAliasDeclaration, start, end, modifiers)
{
    public Identifier Name { get; } = name;
    public TypeParameter[] TypeParameters { get; } = typeParameters;
    public TypeNode Type { get; } = type;
}

/// <summary><c>const enum</c> has <see cref="ModifierFlags.Const"/>.</summary>
public sealed class EnumDeclaration(int start, int end, Modifiers modifiers, Identifier name, EnumMember[] members) : DeclarationStatement(SyntaxKind.EnumDeclaration, start, end, modifiers)
{
    public Identifier Name { get; } = name;
    public EnumMember[] Members { get; } = members;
}

public sealed class EnumMember(int start, int end, Node name, Expression? initializer) : Node(SyntaxKind.EnumMember, start, end)
{
    public Node Name { get; } = name;
    public Expression? Initializer { get; } = initializer;
}

/// <summary>
/// <c>namespace A { }</c>, <c>module "x" { }</c> or <c>declare global { }</c>. The name is an <see cref="Identifier"/> (also for <c>global</c>, with
/// <see cref="IsGlobal"/>) or a <see cref="StringLiteral"/>. <see cref="Body"/> is a <see cref="ModuleBlock"/>, the inner <see cref="ModuleDeclaration"/> of
/// <c>namespace A.B { }</c>, or null for <c>declare module "x";</c>.
/// </summary>
public sealed class ModuleDeclaration(int start, int end, Modifiers modifiers, Expression name, bool isGlobal, Statement? body) : DeclarationStatement(SyntaxKind.ModuleDeclaration, start, end, modifiers)
{
    public Expression Name { get; } = name;
    public bool IsGlobal { get; } = isGlobal;
    public Statement? Body { get; } = body;
}

public sealed class ModuleBlock(int start, int end, Statement[] statements) : Statement(SyntaxKind.ModuleBlock, start, end)
{
    public Statement[] Statements { get; } = statements;
}

/// <summary><c>import a, { b } from "x" with { }</c>; <see cref="NodeFlags.TypeOnly"/> for <c>import type</c>. A side-effect import has no clause.</summary>
public sealed class ImportDeclaration(int start, int end, ImportPhase phase, ImportClause? clause, StringLiteral moduleSpecifier, ImportAttributes? attributes) : Statement(SyntaxKind.ImportDeclaration, start, end)
{
    public ImportPhase Phase { get; } = phase;
    public ImportClause? Clause { get; } = clause;
    public StringLiteral ModuleSpecifier { get; } = moduleSpecifier;
    public ImportAttributes? Attributes { get; } = attributes;
}

/// <summary>From the default name or the opening <c>*</c>/<c>{</c> to the last binding. <see cref="NamedBindings"/> is a <see cref="NamespaceImport"/> or <see cref="NamedImports"/>.</summary>
public sealed class ImportClause(int start, int end, Identifier? name, Node? namedBindings) : Node(SyntaxKind.ImportClause, start, end)
{
    public Identifier? Name { get; } = name;
    public Node? NamedBindings { get; } = namedBindings;
}

/// <summary><c>* as name</c>.</summary>
public sealed class NamespaceImport(int start, int end, Identifier name) : Node(SyntaxKind.NamespaceImport, start, end)
{
    public Identifier Name { get; } = name;
}

public sealed class NamedImports(int start, int end, ImportSpecifier[] elements) : Node(SyntaxKind.NamedImports, start, end)
{
    public ImportSpecifier[] Elements { get; } = elements;
}

/// <summary><c>[type] imported as local</c>; <see cref="PropertyName"/> (an <see cref="Identifier"/> or <see cref="StringLiteral"/>) is null when there is no <c>as</c>.</summary>
public sealed class ImportSpecifier(int start, int end, Expression? propertyName, Identifier name) : Node(SyntaxKind.ImportSpecifier, start, end)
{
    public Expression? PropertyName { get; } = propertyName;
    public Identifier Name { get; } = name;
}

/// <summary><c>with { type: "json" }</c> or, with <see cref="IsAssert"/>, the withdrawn <c>assert { }</c>; keyword included in the range.</summary>
public sealed class ImportAttributes(int start, int end, bool isAssert, ImportAttribute[] elements) : Node(SyntaxKind.ImportAttributes, start, end)
{
    public bool IsAssert { get; } = isAssert;
    public ImportAttribute[] Elements { get; } = elements;
}

public sealed class ImportAttribute(int start, int end, Expression name, Expression value) : Node(SyntaxKind.ImportAttribute, start, end)
{
    public Expression Name { get; } = name;
    public Expression Value { get; } = value;
}

/// <summary><c>import x = require("y")</c> (<see cref="Reference"/> is an <see cref="ExternalModuleReference"/>) or <c>import x = A.B</c> (an <see cref="Identifier"/> or <see cref="QualifiedName"/>).</summary>
public sealed class ImportEqualsDeclaration(int start, int end, Modifiers modifiers, Identifier name, Node reference) : DeclarationStatement(SyntaxKind.ImportEqualsDeclaration, start, end, modifiers)
{
    public Identifier Name { get; } = name;
    public Node Reference { get; } = reference;
}

/// <summary><c>require("y")</c> on the right of <c>import x =</c>.</summary>
public sealed class ExternalModuleReference(int start, int end, Expression expression) : Node(SyntaxKind.ExternalModuleReference, start, end)
{
    public Expression Expression { get; } = expression;
}

/// <summary><c>export as namespace X</c>.</summary>
public sealed class NamespaceExportDeclaration(int start, int end, Identifier name) : Statement(SyntaxKind.NamespaceExportDeclaration, start, end)
{
    public Identifier Name { get; } = name;
}

/// <summary><c>export default x</c>, or with <see cref="IsExportEquals"/> <c>export = x</c>.</summary>
public sealed class ExportAssignment(int start, int end, bool isExportEquals, Expression expression) : Statement(SyntaxKind.ExportAssignment, start, end)
{
    public bool IsExportEquals { get; } = isExportEquals;
    public Expression Expression { get; } = expression;
}

/// <summary>
/// <c>export { a } [from "x"]</c>, <c>export * from "x"</c> (<see cref="Clause"/> null), <c>export * as n from "x"</c> (<see cref="NamespaceExport"/>).
/// </summary>
public sealed class ExportDeclaration(int start, int end, Node? clause, StringLiteral? moduleSpecifier, ImportAttributes? attributes) : Statement(SyntaxKind.ExportDeclaration, start, end)
{
    public Node? Clause { get; } = clause;
    public StringLiteral? ModuleSpecifier { get; } = moduleSpecifier;
    public ImportAttributes? Attributes { get; } = attributes;
}

public sealed class NamedExports(int start, int end, ExportSpecifier[] elements) : Node(SyntaxKind.NamedExports, start, end)
{
    public ExportSpecifier[] Elements { get; } = elements;
}

/// <summary><c>* as name</c>; the name is an <see cref="Identifier"/> or <see cref="StringLiteral"/>.</summary>
public sealed class NamespaceExport(int start, int end, Expression name) : Node(SyntaxKind.NamespaceExport, start, end)
{
    public Expression Name { get; } = name;
}

/// <summary><c>[type] local as exported</c>; <see cref="PropertyName"/> is the local (or the source module's) name, null when there is no <c>as</c>.</summary>
public sealed class ExportSpecifier(int start, int end, Expression? propertyName, Expression name) : Node(SyntaxKind.ExportSpecifier, start, end)
{
    public Expression? PropertyName { get; } = propertyName;
    public Expression Name { get; } = name;
}
