using Kiln.TypeScript.Diagnostics;
using Kiln.TypeScript.Tree;

namespace Kiln.TypeScript;

/// <content>Statements and their scopes (ECMA-262 §14).</content>
internal sealed partial class EarlyErrorChecker
{
    private void VisitStatements(Statement[] statements)
    {
        foreach (var statement in statements)
        {
            VisitStatement(statement);
        }
    }

    private void VisitStatement(Statement statement)
    {
        // What is only declared, not defined, never reaches an engine.
        if (statement.Has(NodeFlags.Ambient) || !Enter(statement))
        {
            return;
        }

        var saved = context;
        if (statement is not (DeclarationStatement or ImportDeclaration or ExportDeclaration or ExportAssignment))
        {
            context &= ~(CheckContext.TopLevel | CheckContext.CaseClause);
        }

        if (statement is DeclarationStatement { Modifiers.Flags: not ModifierFlags.None } declaration)
        {
            CheckModifiers(declaration.Modifiers, ModifierFlags.Export | ModifierFlags.Default | (statement is FunctionDeclaration ? ModifierFlags.Async : 0));
        }

        // Of TypeScript's files its own grammar says so.
        if (!isTypeScript && statement is not ClassDeclaration && file.Text[Math.Min(statement.Start, file.Text.Length - 1)] == '@')
        {
            Report(DiagnosticCodes.DecoratorNotHere, statement.Start, statement.Start + 1);
        }

        VisitStatementCore(statement);
        context = saved;
        depth--;
    }

    private void VisitStatementCore(Statement statement)
    {
        switch (statement)
        {
            case ExpressionStatement n:
                if (DirectiveOf(n) is null)
                {
                    VisitExpression(n.Expression);
                }
                else
                {
                    CheckStringLiteral((StringLiteral)n.Expression);
                }

                break;
            case VariableStatement n:
                VisitVariables(n.DeclarationList, inForHead: false);
                NoteExports(n);
                break;
            case ReturnStatement n:
                if ((context & CheckContext.Return) == 0)
                {
                    Report(DiagnosticCodes.ReturnOutsideFunction, n.Start, n.Start + "return".Length);
                }

                VisitExpression(n.Expression);
                break;
            case IfStatement n:
                VisitIf(n);
                break;
            case Block n:
                VisitBlock(n);
                break;
            case FunctionDeclaration n:
                VisitFunctionDeclaration(n);
                NoteExports(n);
                break;
            case ClassDeclaration n:
                NoteExports(n);
                if (n.Name is not null)
                {
                    DeclareLexical(n.Name, BindingKind.Class);
                }

                VisitClass(n.Modifiers, n.Name, n.Extends, n.Members);
                break;
            case ForStatement n:
                VisitFor(n);
                break;
            case ForInOrOfStatement n:
                VisitForInOrOf(n);
                break;
            case WhileStatement n:
                VisitExpression(n.Condition);
                VisitLoopBody(n.Body, "while");
                break;
            case DoStatement n:
                VisitLoopBody(n.Body, "do");
                VisitExpression(n.Condition);
                break;
            case TryStatement n:
                VisitTry(n);
                break;
            case SwitchStatement n:
                VisitSwitch(n);
                break;
            case ThrowStatement n:
                VisitExpression(n.Expression);
                break;
            case JumpStatement n:
                CheckJump(n);
                break;
            case LabeledStatement n:
                VisitLabeled(n);
                break;
            case WithStatement n:
                if (IsStrict)
                {
                    Report(DiagnosticCodes.WithInStrict, n.Start, n.Start + "with".Length);
                }

                VisitExpression(n.Expression);
                VisitEmbedded(n.Body, "with");
                break;
            case EnumDeclaration n:
                DeclareLexical(n.Name, BindingKind.Enum);
                NoteExports(n);
                VisitEnum(n);
                break;
            case ModuleDeclaration n:
                VisitNamespace(n);
                break;
            case ImportDeclaration n:
                VisitImport(n);
                break;
            case ImportEqualsDeclaration n:
                VisitImportEquals(n);
                break;
            case ExportDeclaration n:
                VisitExport(n);
                break;
            case ExportAssignment n:
                VisitExportAssignment(n);
                break;
            case InterfaceDeclaration or TypeAliasDeclaration or NamespaceExportDeclaration or SimpleStatement or ModuleBlock:
                break;
            default:
                throw new InvalidOperationException($"Unknown statement {statement.Kind}.");
        }
    }

    private void VisitBlock(Block block)
    {
        bindings.Enter(block.Start, isFunction: false);
        VisitStatements(block.Statements);
        bindings.Leave();
    }

    /// <summary>Walks <c>else if</c> chains in a loop: they are deep only in the tree.</summary>
    private void VisitIf(IfStatement statement)
    {
        for (var current = statement; current is not null;)
        {
            VisitExpression(current.Condition);
            VisitIfBranch(current.ThenStatement);
            if (current.ElseStatement is IfStatement chained)
            {
                current = chained;
                continue;
            }

            if (current.ElseStatement is { } last)
            {
                VisitIfBranch(last);
            }

            return;
        }
    }

    /// <summary>Sloppy mode allows a plain function here and gives it a block of its own (ECMA-262 B.3.4).</summary>
    private void VisitIfBranch(Statement branch)
    {
        if (branch is FunctionDeclaration { Body: not null } function && !IsStrict && !function.Has(NodeFlags.Async | NodeFlags.Generator))
        {
            bindings.Enter(branch.Start, isFunction: false);
            VisitStatement(branch);
            bindings.Leave();
            return;
        }

        VisitEmbedded(branch, "if");
    }

    private void VisitLoopBody(Statement body, string keyword)
    {
        labels.EnterLoop();
        VisitEmbedded(body, keyword);
        labels.LeaveLoop();
    }

    /// <summary>A statement in the place of one statement: declarations need a block.</summary>
    private void VisitEmbedded(Statement statement, string keyword)
    {
        CheckEmbedded(statement, keyword);
        bindings.Enter(statement.Start, isFunction: false);
        VisitStatement(statement);
        bindings.Leave();
    }

    private void CheckEmbedded(Statement statement, string keyword)
    {
        // `while (1) a: b: function f() {}` labels a function all the same.
        var inner = statement;
        while (inner is LabeledStatement labeled)
        {
            inner = labeled.Body;
        }

        switch (inner)
        {
            case FunctionDeclaration function when function.Body is not null:
                Report(DiagnosticCodes.FunctionNeedsBlock, inner.Start, Math.Min(inner.End, inner.Start + "function".Length), keyword);
                break;
            case VariableStatement { DeclarationList.VariableKind: not VariableKind.Var } variables when inner == statement:
                Report(DiagnosticCodes.DeclarationNeedsBlock, variables.Start, variables.End, KeywordOf(variables.DeclarationList.VariableKind));
                break;
            case ClassDeclaration when inner == statement:
                Report(DiagnosticCodes.DeclarationNeedsBlock, inner.Start, Math.Min(inner.End, inner.Start + "class".Length), "class");
                break;
        }
    }

    private static string KeywordOf(VariableKind kind) => kind switch
    {
        VariableKind.Var => "var",
        VariableKind.Let => "let",
        VariableKind.Const => "const",
        VariableKind.Using => "using",
        _ => "await using",
    };

    private void VisitFor(ForStatement statement)
    {
        bindings.Enter(statement.Start, isFunction: false);
        if (statement.Initializer is VariableDeclarationList list)
        {
            VisitVariables(list, inForHead: true);
            foreach (var declaration in list.Declarations)
            {
                CheckInitializerPresent(list, declaration);
            }
        }
        else
        {
            VisitExpression(statement.Initializer as Expression);
        }

        VisitExpression(statement.Condition);
        VisitExpression(statement.Incrementor);
        VisitLoopBody(statement.Body, "for");
        bindings.Leave();
    }

    private void VisitForInOrOf(ForInOrOfStatement statement)
    {
        var isOf = statement.Kind == SyntaxKind.ForOfStatement;
        if (statement.Has(NodeFlags.Await) && (context & (CheckContext.Await | CheckContext.NoAwaitExpression)) != CheckContext.Await)
        {
            Report(DiagnosticCodes.ForAwaitContext, statement.Start, statement.Start + "for".Length);
        }

        bindings.Enter(statement.Start, isFunction: false);
        if (statement.Initializer is VariableDeclarationList list)
        {
            CheckForHead(list, isOf);
            VisitVariables(list, inForHead: true);
        }
        else if (statement.Initializer is Expression target)
        {
            CheckForTarget(statement, target, isOf);
            VisitTarget(target, isOf ? TargetUse.ForOf : TargetUse.ForIn);
        }

        // The expression is evaluated in a scope where the head's names exist but have no value; a `var` of it is impossible.
        VisitExpression(statement.Expression);
        VisitLoopBody(statement.Body, "for");
        bindings.Leave();
    }

    private void CheckForHead(VariableDeclarationList list, bool isOf)
    {
        if (list.Declarations.Length > 1)
        {
            Report(isOf ? DiagnosticCodes.ForOfOneDeclaration : DiagnosticCodes.ForInOneDeclaration, list.Declarations[1]);
        }

        if (list.VariableKind is VariableKind.Using or VariableKind.AwaitUsing && !isOf)
        {
            Report(list.VariableKind == VariableKind.Using ? DiagnosticCodes.UsingInForIn : DiagnosticCodes.AwaitUsingInForIn, list);
        }

        // `for (var x = 1 in y)` is what sloppy scripts may write (ECMA-262 B.3.5).
        if (list.Declarations is [{ Initializer: not null } first, ..] && (isOf || IsStrict || list.VariableKind != VariableKind.Var || first.Name is not Identifier))
        {
            Report(isOf ? DiagnosticCodes.ForOfInitializer : DiagnosticCodes.ForInInitializer, first.Name);
        }
    }

    /// <summary>What the grammar's lookahead excludes: <c>for (let of …)</c>, <c>for (async of …)</c>.</summary>
    private void CheckForTarget(ForInOrOfStatement statement, Expression target, bool isOf)
    {
        if (!isOf)
        {
            return;
        }

        var first = text.AsSpan(target.Start, Math.Min(5, target.Length));
        if (first.StartsWith("let") && (target.Length == 3 || !Lexing.CharacterFacts.IsAsciiPart(first.Length > 3 ? first[3] : ' ')))
        {
            Report(DiagnosticCodes.ForOfLet, target);
        }
        else if (target is Identifier && first is "async" && !statement.Has(NodeFlags.Await))
        {
            Report(DiagnosticCodes.ForOfAsync, target);
        }
    }

    private void VisitTry(TryStatement statement)
    {
        VisitBlock(statement.TryBlock);
        if (statement.CatchClause is { } clause)
        {
            // The parameter and the block's own declarations must not share a name: one scope for both.
            bindings.Enter(clause.Start, isFunction: false);
            if (clause.Variable is { } variable)
            {
                if (variable.Initializer is not null)
                {
                    Report(DiagnosticCodes.CatchInitializer, variable.Initializer);
                }

                if (variable.Name is Identifier name)
                {
                    DeclareLexical(name, BindingKind.CatchParameter);
                }
                else
                {
                    VisitBinding(variable.Name, BindingUse.CatchPattern);
                }
            }

            VisitStatements(clause.Block.Statements);
            bindings.Leave();
        }

        if (statement.FinallyBlock is { } last)
        {
            VisitBlock(last);
        }
    }

    private void VisitSwitch(SwitchStatement statement)
    {
        VisitExpression(statement.Expression);
        labels.EnterSwitch();
        bindings.Enter(statement.Start, isFunction: false);
        var saved = context;
        var sawDefault = false;
        foreach (var clause in statement.Clauses)
        {
            if (clause.Expression is null)
            {
                if (sawDefault)
                {
                    Report(DiagnosticCodes.DefaultTwice, clause.Start, clause.Start + "default".Length);
                }

                sawDefault = true;
            }

            VisitExpression(clause.Expression);
            context = saved | CheckContext.CaseClause;
            VisitStatements(clause.Statements);
            context = saved;
        }

        bindings.Leave();
        labels.LeaveSwitch();
    }

    private void VisitLabeled(LabeledStatement statement)
    {
        CheckName(statement.Label, NameUse.Label);
        var name = NumberOf(statement.Label);
        if (labels.Find(name) is not null)
        {
            Report(DiagnosticCodes.DuplicateLabel, statement.Label, NameOf(statement.Label).ToString());
        }

        var body = statement.Body;
        switch (body)
        {
            case FunctionDeclaration { Body: not null } function when IsStrict || function.Has(NodeFlags.Async | NodeFlags.Generator):
                Report(DiagnosticCodes.LabelNotAllowed, statement.Label);
                break;
            case VariableStatement { DeclarationList.VariableKind: not VariableKind.Var } or ClassDeclaration:
                Report(DiagnosticCodes.LabelNotAllowed, statement.Label);
                break;
        }

        // All labels in front of a loop name the loop.
        var target = body;
        while (target is LabeledStatement next)
        {
            target = next.Body;
        }

        labels.Push(name, target is ForStatement or ForInOrOfStatement or WhileStatement or DoStatement);
        VisitStatement(body);
        labels.Pop();
    }

    private void CheckJump(JumpStatement statement)
    {
        var isBreak = statement.Kind == SyntaxKind.BreakStatement;
        if (statement.Label is { } label)
        {
            CheckName(label, NameUse.Label);
            var number = NumberOf(label);
            var found = labels.Find(number);
            if (found is null)
            {
                Report(
                    labels.IsBeyondFunction(number) ? DiagnosticCodes.JumpCrossesFunction : isBreak ? DiagnosticCodes.BreakLabelUnknown : DiagnosticCodes.ContinueLabelUnknown,
                    statement);
            }
            else if (!isBreak && found == false)
            {
                Report(DiagnosticCodes.ContinueLabelUnknown, statement);
            }

            return;
        }

        if (isBreak ? !labels.CanBreak : !labels.InLoop)
        {
            Report(isBreak ? DiagnosticCodes.BreakOutside : DiagnosticCodes.ContinueOutside, statement);
        }
    }

    // Variables.

    private void VisitVariables(VariableDeclarationList list, bool inForHead)
    {
        var use = list.VariableKind != VariableKind.Var ? BindingUse.Lexical : BindingUse.Variable;
        if (list.VariableKind is VariableKind.Using or VariableKind.AwaitUsing)
        {
            CheckUsing(list, inForHead);
        }

        foreach (var declaration in list.Declarations)
        {
            if (!inForHead)
            {
                CheckInitializerPresent(list, declaration);
            }

            VisitBinding(declaration.Name, use);
            VisitExpression(declaration.Initializer);
        }
    }

    private void CheckInitializerPresent(VariableDeclarationList list, VariableDeclaration declaration)
    {
        if (declaration.Initializer is not null)
        {
            return;
        }

        if (declaration.Name is not Identifier)
        {
            Report(DiagnosticCodes.PatternNeedsInitializer, declaration);
        }
        else if (list.VariableKind is not (VariableKind.Var or VariableKind.Let))
        {
            Report(DiagnosticCodes.MustBeInitialized, declaration.Name, KeywordOf(list.VariableKind));
        }
    }

    private void CheckUsing(VariableDeclarationList list, bool inForHead)
    {
        var keyword = KeywordOf(list.VariableKind);
        if (list.VariableKind == VariableKind.AwaitUsing && (context & (CheckContext.Await | CheckContext.NoAwaitExpression)) != CheckContext.Await)
        {
            Report(DiagnosticCodes.AwaitUsingContext, list.Start, list.Start + "await".Length);
        }

        if (!inForHead && (context & CheckContext.TopLevel) != 0 && !isModule)
        {
            Report(DiagnosticCodes.UsingInScript, list.Start, list.Start + keyword.Length, keyword);
        }

        if (!inForHead && (context & CheckContext.CaseClause) != 0)
        {
            Report(DiagnosticCodes.UsingInCase, list.Start, list.Start + keyword.Length, keyword);
        }

        foreach (var declaration in list.Declarations)
        {
            if (declaration.Name is not Identifier)
            {
                Report(DiagnosticCodes.UsingPattern, declaration.Name, keyword);
            }
        }
    }
}
