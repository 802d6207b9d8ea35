using Kiln.TypeScript.Diagnostics;
using Kiln.TypeScript.Tree;

namespace Kiln.TypeScript;

/// <content>Statements, and where they cannot stand.</content>
internal sealed partial class GrammarVisitor
{
    /// <summary>What contains the statement that is visited.</summary>
    private StatementPlace place;

    /// <summary>The module in whose braces <see cref="place"/> <see cref="StatementPlace.Module"/> is; null in the file itself.</summary>
    private ModuleDeclaration? module;

    /// <summary>The module around <see cref="module"/>.</summary>
    private ModuleDeclaration? outerModule;

    /// <summary>A statement in an ambient context was reported in the list that is visited: one is enough.</summary>
    private bool reportedAmbientStatement;

    /// <param name="reported">The container itself was reported: its statements are not.</param>
    private void VisitStatements(Statement[] statements, StatementPlace where, bool reported)
    {
        var savedPlace = place;
        var savedReported = reportedAmbientStatement;
        place = where;
        reportedAmbientStatement = reported;
        foreach (var statement in statements)
        {
            VisitStatement(statement);
        }

        CheckOverloads(statements);
        place = savedPlace;
        reportedAmbientStatement = savedReported;
    }

    private void VisitBlock(Block block, bool reported = false) => VisitStatements(block.Statements, StatementPlace.Block, reported);

    /// <summary>A statement that is the body of another.</summary>
    private void VisitBody(Statement statement)
    {
        var saved = place;
        place = StatementPlace.Nested;
        VisitStatement(statement);
        place = saved;
    }

    private void VisitStatement(Statement statement)
    {
        if (!Enter(statement))
        {
            return;
        }

        if (statement is DeclarationStatement declaration)
        {
            VisitDeclaration(declaration);
        }
        else
        {
            VisitPlainStatement(statement);
        }

        depth--;
    }

    private void VisitPlainStatement(Statement statement)
    {
        switch (statement)
        {
            case ImportDeclaration import:
                VisitImport(import);
                return;
            case ExportDeclaration export:
                VisitExport(export);
                return;
            case ExportAssignment assignment:
                VisitExportAssignment(assignment);
                return;
            case NamespaceExportDeclaration export:
                CheckNamespaceExport(export);
                return;
        }

        CheckAmbientStatement(statement);
        switch (statement)
        {
            case Block block: VisitBlock(block); break;
            case ExpressionStatement expression: VisitExpression(expression.Expression); break;
            case IfStatement choice: VisitIf(choice); break;
            case DoStatement loop: VisitBody(loop.Body); VisitExpression(loop.Condition); break;
            case WhileStatement loop: VisitExpression(loop.Condition); VisitBody(loop.Body); break;
            case ForStatement loop: VisitFor(loop); break;
            case ForInOrOfStatement loop: VisitForInOrOf(loop); break;
            case ReturnStatement result: VisitOptional(result.Expression); break;
            case ThrowStatement thrown: VisitExpression(thrown.Expression); break;
            case WithStatement with: VisitExpression(with.Expression); break; // its body is none of TypeScript's business: every name in it may be a member
            case SwitchStatement choice: VisitSwitch(choice); break;
            case LabeledStatement labeled: VisitLabeled(labeled); break;
            case TryStatement attempt: VisitTry(attempt); break;
            case ModuleBlock block: VisitStatements(block.Statements, StatementPlace.Module, reported: false); break;
            case SimpleStatement or JumpStatement: break;
            default: throw new InvalidOperationException($"Unknown statement {statement.Kind}.");
        }
    }

    private void CheckAmbientStatement(Statement statement)
    {
        if (ambient && !reportedAmbientStatement && place is StatementPlace.File or StatementPlace.Module or StatementPlace.Block)
        {
            reportedAmbientStatement = ReportToken(DiagnosticCodes.StatementInAmbientContext, statement.Start);
        }
    }

    private void VisitIf(IfStatement choice)
    {
        while (true)
        {
            VisitExpression(choice.Condition);
            if (choice.ThenStatement.Kind == SyntaxKind.EmptyStatement)
            {
                Report(DiagnosticCodes.EmptyIfBody, choice.ThenStatement);
            }

            VisitBody(choice.ThenStatement);
            if (choice.ElseStatement is not IfStatement next)
            {
                break;
            }

            choice = next;
        }

        if (choice.ElseStatement is { } last)
        {
            VisitBody(last);
        }
    }

    private void VisitFor(ForStatement loop)
    {
        switch (loop.Initializer)
        {
            case VariableDeclarationList list: VisitVariables(list, VariablePlace.For); break;
            case Expression expression: VisitExpression(expression); break;
        }

        VisitOptional(loop.Condition);
        VisitOptional(loop.Incrementor);
        VisitBody(loop.Body);
    }

    private void VisitForInOrOf(ForInOrOfStatement loop)
    {
        if (loop.Initializer is VariableDeclarationList list)
        {
            VisitVariables(list, VariablePlace.ForInOrOf);
            if (list.Declarations is [{ Type: not null, Initializer: null } variable])
            {
                Report(loop.Kind == SyntaxKind.ForInStatement ? DiagnosticCodes.ForInTypeAnnotation : DiagnosticCodes.ForOfTypeAnnotation, variable.Name);
            }
        }
        else if (loop.Initializer is Expression target)
        {
            VisitAssignmentTarget(target);
        }

        VisitExpression(loop.Expression);
        VisitBody(loop.Body);
    }

    private void VisitSwitch(SwitchStatement choice)
    {
        VisitExpression(choice.Expression);
        foreach (var clause in choice.Clauses)
        {
            VisitOptional(clause.Expression);
            VisitStatements(clause.Statements, StatementPlace.Clause, reported: false);
        }
    }

    private void VisitLabeled(LabeledStatement labeled)
    {
        var saved = place;
        if (place != StatementPlace.Nested)
        {
            place = StatementPlace.Label;
        }

        VisitStatement(labeled.Body);
        place = saved;
    }

    private void VisitTry(TryStatement attempt)
    {
        VisitBlock(attempt.TryBlock);
        if (attempt.CatchClause is { } clause)
        {
            if (clause.Variable is { } variable)
            {
                VisitCatchVariable(variable);
            }

            VisitBlock(clause.Block);
        }

        if (attempt.FinallyBlock is { } last)
        {
            VisitBlock(last);
        }
    }

    private void VisitCatchVariable(VariableDeclaration variable)
    {
        VisitBindingName(variable.Name);
        if (variable.Type is { } type)
        {
            if (IsSurelyNotAnyOrUnknown(type))
            {
                ReportToken(DiagnosticCodes.CatchVariableType, type.Start);
            }

            if (FindUniqueSymbol(type) is { } unique)
            {
                Report(variable.Name is Identifier ? DiagnosticCodes.UniqueSymbolVariablePlace : DiagnosticCodes.UniqueSymbolPattern, unique);
            }
            else
            {
                VisitType(type);
            }
        }
        else if (variable.Initializer is { } initializer)
        {
            ReportToken(DiagnosticCodes.CatchInitializer, initializer.Start);
        }

        VisitOptional(variable.Initializer);
    }

    /// <summary>A name may stand for <c>any</c>; what is spelled out may not.</summary>
    private bool IsSurelyNotAnyOrUnknown(TypeNode type)
    {
        while (type is WrappedType { Kind: SyntaxKind.ParenthesizedType } wrapped)
        {
            type = wrapped.Type;
        }

        return type switch
        {
            KeywordType => !IsWord(type, "any") && !IsWord(type, "unknown"),
            LiteralType or FunctionType or TypeLiteral or ArrayType or TupleType or MappedType or TypeOperator or TypePredicate or InferType => true,
            _ => false,
        };
    }
}
