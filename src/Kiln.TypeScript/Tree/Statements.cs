namespace Kiln.TypeScript.Tree;

public sealed class Block(int start, int end, Statement[] statements) : Statement(SyntaxKind.Block, start, end)
{
    public Statement[] Statements { get; } = statements;
}

/// <summary><c>;</c>, <c>debugger;</c> by <see cref="Node.Kind"/>.</summary>
public sealed class SimpleStatement(SyntaxKind kind, int start, int end) : Statement(kind, start, end);

public sealed class ExpressionStatement(int start, int end, Expression expression) : Statement(SyntaxKind.ExpressionStatement, start, end)
{
    public Expression Expression { get; } = expression;
}

public sealed class IfStatement(int start, int end, Expression condition, Statement thenStatement, Statement? elseStatement) : Statement(SyntaxKind.IfStatement, start, end)
{
    public Expression Condition { get; } = condition;
    public Statement ThenStatement { get; } = thenStatement;
    public Statement? ElseStatement { get; } = elseStatement;
}

public sealed class DoStatement(int start, int end, Statement body, Expression condition) : Statement(SyntaxKind.DoStatement, start, end)
{
    public Statement Body { get; } = body;
    public Expression Condition { get; } = condition;
}

public sealed class WhileStatement(int start, int end, Expression condition, Statement body) : Statement(SyntaxKind.WhileStatement, start, end)
{
    public Expression Condition { get; } = condition;
    public Statement Body { get; } = body;
}

/// <summary><see cref="Initializer"/> is a <see cref="VariableDeclarationList"/> or an <see cref="Expression"/>.</summary>
public sealed class ForStatement(int start, int end, Node? initializer, Expression? condition, Expression? incrementor, Statement body) : Statement(SyntaxKind.ForStatement, start, end)
{
    public Node? Initializer { get; } = initializer;
    public Expression? Condition { get; } = condition;
    public Expression? Incrementor { get; } = incrementor;
    public Statement Body { get; } = body;
}

/// <summary><c>for (x in y)</c> or <c>for [await] (x of y)</c>, by <see cref="Node.Kind"/>.</summary>
public sealed class ForInOrOfStatement(SyntaxKind kind, int start, int end, Node initializer, Expression expression, Statement body) : Statement(kind, start, end)
{
    public Node Initializer { get; } = initializer;
    public Expression Expression { get; } = expression;
    public Statement Body { get; } = body;
}

/// <summary><c>break</c> or <c>continue</c>, by <see cref="Node.Kind"/>.</summary>
public sealed class JumpStatement(SyntaxKind kind, int start, int end, Identifier? label) : Statement(kind, start, end)
{
    public Identifier? Label { get; } = label;
}

public sealed class ReturnStatement(int start, int end, Expression? expression) : Statement(SyntaxKind.ReturnStatement, start, end)
{
    public Expression? Expression { get; } = expression;
}

public sealed class ThrowStatement(int start, int end, Expression expression) : Statement(SyntaxKind.ThrowStatement, start, end)
{
    public Expression Expression { get; } = expression;
}

public sealed class WithStatement(int start, int end, Expression expression, Statement body) : Statement(SyntaxKind.WithStatement, start, end)
{
    public Expression Expression { get; } = expression;
    public Statement Body { get; } = body;
}

public sealed class SwitchStatement(int start, int end, Expression expression, CaseClause[] clauses) : Statement(SyntaxKind.SwitchStatement, start, end)
{
    public Expression Expression { get; } = expression;
    public CaseClause[] Clauses { get; } = clauses;
}

/// <summary><see cref="Expression"/> is null for <c>default:</c>.</summary>
public sealed class CaseClause(int start, int end, Expression? expression, Statement[] statements) : Node(SyntaxKind.CaseClause, start, end)
{
    public Expression? Expression { get; } = expression;
    public Statement[] Statements { get; } = statements;
}

public sealed class LabeledStatement(int start, int end, Identifier label, Statement body) : Statement(SyntaxKind.LabeledStatement, start, end)
{
    public Identifier Label { get; } = label;
    public Statement Body { get; } = body;
}

public sealed class TryStatement(int start, int end, Block tryBlock, CatchClause? catchClause, Block? finallyBlock) : Statement(SyntaxKind.TryStatement, start, end)
{
    public Block TryBlock { get; } = tryBlock;
    public CatchClause? CatchClause { get; } = catchClause;
    public Block? FinallyBlock { get; } = finallyBlock;
}

public sealed class CatchClause(int start, int end, VariableDeclaration? variable, Block block) : Node(SyntaxKind.CatchClause, start, end)
{
    public VariableDeclaration? Variable { get; } = variable;
    public Block Block { get; } = block;
}

public sealed class VariableStatement(int start, int end, Modifiers modifiers, VariableDeclarationList declarationList) : DeclarationStatement(SyntaxKind.VariableStatement, start, end, modifiers)
{
    public VariableDeclarationList DeclarationList { get; } = declarationList;
}

public enum VariableKind : byte
{
    Var,
    Let,
    Const,
    Using,
    AwaitUsing,
}

/// <summary><c>const a = 1, b = 2</c> without the semicolon.</summary>
public sealed class VariableDeclarationList(int start, int end, VariableKind variableKind, VariableDeclaration[] declarations) : Node(SyntaxKind.VariableDeclarationList, start, end)
{
    public VariableKind VariableKind { get; } = variableKind;
    public VariableDeclaration[] Declarations { get; } = declarations;
}

/// <summary><see cref="Name"/> is an <see cref="Identifier"/> or a binding pattern.</summary>
public sealed class VariableDeclaration(int start, int end, Node name, TypeNode? type, Expression? initializer) : Node(SyntaxKind.VariableDeclaration, start, end)
{
    public Node Name { get; } = name;
    public TypeNode? Type { get; } = type;
    public Expression? Initializer { get; } = initializer;
}
