using Kiln.TypeScript.Diagnostics;
using Kiln.TypeScript.Tree;

namespace Kiln.TypeScript;

internal sealed partial class FileParser
{
    /// <summary>Statements up to <c>}</c> (not at the top level) or the end of the file, in a <c>switch</c> also up to the next clause.</summary>
    private Statement[] ParseStatements(bool isTopLevel = false, bool inSwitch = false)
    {
        var mark = scratchCount;
        var list = isTopLevel ? ListKind.SourceElements : inSwitch ? ListKind.SwitchClauseStatements : ListKind.BlockStatements;
        var outer = EnterList(list);
        while (Kind != TokenKind.EndOfFile)
        {
            if (Kind == TokenKind.CloseBrace && !isTopLevel)
            {
                break;
            }

            if (inSwitch && (Kind is TokenKind.Case or TokenKind.Default))
            {
                break;
            }

            if (!CanStartStatement(Kind) || (Kind is TokenKind.Export or TokenKind.Import && !StartsStatement()))
            {
                if (LeavesList(inSwitch ? DiagnosticCodes.StatementExpected : DiagnosticCodes.DeclarationOrStatementExpected))
                {
                    break;
                }

                continue;
            }

            if (Kind is >= TokenKind.Private and <= TokenKind.Static && IsClassMemberHere())
            {
                // `private x` after a body without its brace: the class goes on.
                ReportHere(DiagnosticCodes.DeclarationOrStatementExpected);
                if (classDepth > 0 && !isTopLevel)
                {
                    break;
                }

                Next();
                continue;
            }

            var before = Start;
            Push(ParseStatement());
            if (Start == before && Kind != TokenKind.EndOfFile)
            {
                // A statement that took nothing has reported why.
                ReportHere(DiagnosticCodes.DeclarationOrStatementExpected);
                Next();
            }
        }

        lists = outer;
        return Drain<Statement>(mark);
    }

    private static bool CanStartStatement(TokenKind kind) => kind is not (
        TokenKind.CloseBrace or TokenKind.CloseParen or TokenKind.CloseBracket or TokenKind.Comma or TokenKind.Colon or TokenKind.Dot or TokenKind.DotDotDot
        or TokenKind.Question or TokenKind.QuestionDot or TokenKind.Arrow or TokenKind.Case or TokenKind.Default or TokenKind.Else or TokenKind.Extends or TokenKind.Equals or TokenKind.Unknown);

    /// <summary>A modifier of class members that starts no declaration and has a word behind it on its line.</summary>
    private bool IsClassMemberHere() => PeekKind(out var newLine) is var next && !newLine && IsIdentifierName(next) && PrecedenceOf(next) == 0 && !StartsDeclaration();

    private Statement ParseStatement()
    {
        if (!Enter())
        {
            return new SimpleStatement(SyntaxKind.EmptyStatement, PreviousEnd, PreviousEnd) { Flags = NodeFlags.Missing };
        }

        var statement = ParseStatementCore();
        depth--;
        return statement;
    }

    /// <summary>
    /// A statement in the place of one statement, where no declaration may stand: with a line break behind it, <c>let</c> is a name
    /// (ECMA-262 §14.5). TypeScript reads a declaration all the same.
    /// </summary>
    private Statement ParseEmbeddedStatement()
    {
        if (Kind == TokenKind.Let && !isTypeScript && PeekKind(out var newLine) != TokenKind.OpenBracket && newLine)
        {
            return ParseExpressionOrLabeled(Start);
        }

        return ParseStatement();
    }

    private Statement ParseStatementCore()
    {
        var start = Start;
        switch (Kind)
        {
            case TokenKind.Semicolon:
                Next();
                return new SimpleStatement(SyntaxKind.EmptyStatement, start, PreviousEnd);
            case TokenKind.OpenBrace:
                return ParseBlock();
            case TokenKind.Var:
                return ParseVariableStatement(start, Modifiers.None);
            case TokenKind.Const:
                return PeekKind() == TokenKind.Enum ? ParseDeclaration() : ParseVariableStatement(start, Modifiers.None);
            case TokenKind.Let when IsLetDeclaration():
                return ParseVariableStatement(start, Modifiers.None);
            case TokenKind.Using when IsUsingDeclaration(inForHead: false):
                return ParseVariableStatement(start, Modifiers.None);
            case TokenKind.Await when IsAwaitUsingDeclaration():
                return ParseVariableStatement(start, Modifiers.None);
            case TokenKind.Function:
                return ParseFunctionDeclaration(start, Modifiers.None, erasures.Count);
            case TokenKind.Class:
                return ParseClassDeclaration(start, Modifiers.None, erasures.Count);
            case TokenKind.If:
                return ParseIf();
            case TokenKind.Do:
                return ParseDo(start);
            case TokenKind.While:
                return ParseWhile(start);
            case TokenKind.For:
                return ParseFor(start);
            case TokenKind.Continue:
            case TokenKind.Break:
                return ParseJump(start);
            case TokenKind.Return:
                return ParseReturn(start);
            case TokenKind.With:
                return ParseWith(start);
            case TokenKind.Switch:
                return ParseSwitch(start);
            case TokenKind.Throw:
                return ParseThrow(start);
            case TokenKind.Try:

            // `catch` and `finally` without `try` are read as what they look like.
            case TokenKind.Catch:
            case TokenKind.Finally:
                return ParseTry(start);
            case TokenKind.Debugger:
                Next();
                var ended = ExpectSemicolon();
                return Ended(new SimpleStatement(SyntaxKind.DebuggerStatement, start, PreviousEnd), ended);
            case TokenKind.At:
            case TokenKind.Enum:
            case TokenKind.Export:
                return ParseDeclaration();
            case TokenKind.Import:
                return PeekKind() is TokenKind.OpenParen or TokenKind.Dot or TokenKind.LessThan ? ParseExpressionOrLabeled(start) : ParseDeclaration();
            case TokenKind.Async or TokenKind.Interface or TokenKind.Type or TokenKind.Module or TokenKind.Namespace or TokenKind.Declare
                or TokenKind.Abstract or TokenKind.Accessor or TokenKind.Global or TokenKind.Static or TokenKind.Readonly
                or TokenKind.Public or TokenKind.Private or TokenKind.Protected when StartsDeclaration():
                return ParseDeclaration();
            default:
                return ParseExpressionOrLabeled(start);
        }
    }

    private static T Ended<T>(T statement, bool withSemicolon)
        where T : Statement
    {
        if (!withSemicolon)
        {
            statement.Flags |= NodeFlags.NoSemicolon;
        }

        return statement;
    }

    private bool IsLetDeclaration()
    {
        var next = PeekKind();
        return IsBindingIdentifier(next) || next is TokenKind.OpenBrace or TokenKind.OpenBracket;
    }

    /// <summary><c>using</c> and a name on the same line; <c>for (using of …)</c> loops over a variable named <c>using</c>.</summary>
    private bool IsUsingDeclaration(bool inForHead)
    {
        var saved = lexer.Token;
        lexer.Next();
        var result = !NewLineBefore && (IsBindingIdentifier(Kind) || Kind == TokenKind.OpenBrace);
        if (result && inForHead && Kind == TokenKind.Of)
        {
            // `for (using of = x; ;)` declares a variable named `of`; `for (using of xs)` assigns to one named `using`.
            lexer.Next();
            result = Kind is TokenKind.Equals or TokenKind.Semicolon or TokenKind.Colon;
        }

        lexer.Token = saved;
        return result;
    }

    private bool IsAwaitUsingDeclaration()
    {
        var saved = lexer.Token;
        lexer.Next();
        var result = Kind == TokenKind.Using && !NewLineBefore && IsUsingDeclaration(inForHead: false);
        lexer.Token = saved;
        return result;
    }

    /// <summary>A contextual keyword at the start of a statement begins a declaration: looks past modifiers at what is declared.</summary>
    private bool StartsDeclaration()
    {
        var saved = lexer.Token;
        var result = LooksLikeDeclaration();
        lexer.Token = saved;
        return result;
    }

    /// <summary>
    /// <c>static</c> alone may be followed by a line break, so that a run of lines <c>static</c>, each a statement, would be looked through from every line.
    /// </summary>
    private const int MaxRepeatedStatic = 16;

    private bool LooksLikeDeclaration()
    {
        var statics = 0;
        while (true)
        {
            switch (Kind)
            {
                case TokenKind.Var or TokenKind.Let or TokenKind.Const or TokenKind.Function or TokenKind.Class or TokenKind.Enum:
                    return true;
                case TokenKind.Using:
                    return IsUsingDeclaration(inForHead: false);
                case TokenKind.Await:
                    return IsAwaitUsingDeclaration();
                case TokenKind.Interface or TokenKind.Type:
                    lexer.Next();
                    return !NewLineBefore && IsIdentifier(Kind);
                case TokenKind.Module or TokenKind.Namespace:
                    lexer.Next();
                    return !NewLineBefore && (IsIdentifier(Kind) || Kind == TokenKind.StringLiteral);
                case TokenKind.Abstract or TokenKind.Accessor or TokenKind.Async or TokenKind.Declare or TokenKind.Private or TokenKind.Protected
                    or TokenKind.Public or TokenKind.Readonly:
                    var previous = Kind;
                    lexer.Next();
                    if (NewLineBefore)
                    {
                        return false;
                    }

                    if (previous == TokenKind.Declare && Kind == TokenKind.Type)
                    {
                        return true;
                    }

                    continue;
                case TokenKind.Global:
                    lexer.Next();

                    // `global⏎export {}` is two statements of JavaScript, also where typescript takes it for a declaration.
                    return (isTypeScript || !NewLineBefore) && Kind is (TokenKind.OpenBrace or TokenKind.Identifier or TokenKind.Export);
                case TokenKind.Import:
                    lexer.Next();
                    return Kind is TokenKind.StringLiteral or TokenKind.Asterisk or TokenKind.OpenBrace || IsIdentifierName(Kind);
                case TokenKind.Export:
                    lexer.Next();
                    if ((Kind == TokenKind.Type ? PeekKind() : Kind) is TokenKind.Equals or TokenKind.Asterisk or TokenKind.OpenBrace or TokenKind.Default or TokenKind.As or TokenKind.At)
                    {
                        return true;
                    }

                    continue;
                case TokenKind.Static:
                    lexer.Next();
                    if (++statics > MaxRepeatedStatic)
                    {
                        return false;
                    }

                    continue;
                default:
                    return false;
            }
        }
    }

    /// <param name="missingCode">Reported where no <c>{</c> stands.</param>
    private Block ParseBlock(int missingCode = DiagnosticCodes.TokenExpected)
    {
        var start = Start;
        if (Kind != TokenKind.OpenBrace)
        {
            ReportHere(missingCode, "{");
            return new Block(start, start, []) { Flags = NodeFlags.Missing };
        }

        Next();

        var statements = ParseStatements();
        ExpectClosing(TokenKind.CloseBrace, start);
        var block = new Block(start, PreviousEnd, statements);
        if (Kind == TokenKind.Equals)
        {
            ReportHere(DiagnosticCodes.EqualsAfterBlock);
            Next();
        }

        return block;
    }

    private Statement ParseExpressionOrLabeled(int start)
    {
        var expression = ParseExpressionAllowIn();
        if (expression is Identifier label && Kind == TokenKind.Colon && !label.Has(NodeFlags.Missing))
        {
            Next();
            var body = ParseEmbeddedStatement();
            return new LabeledStatement(start, PreviousEnd, label, body);
        }

        if (!CanEndStatement)
        {
            ReportMissingSemicolonAfter(expression);
        }

        var semicolon = Optional(TokenKind.Semicolon);
        return Ended(new ExpressionStatement(start, PreviousEnd, expression), semicolon);
    }

    private Expression ParseParenthesizedCondition()
    {
        var open = Start;
        var opened = Expect(TokenKind.OpenParen);
        var condition = ParseExpressionAllowIn();
        ExpectClosing(TokenKind.CloseParen, opened ? open : -1);
        return condition;
    }

    /// <summary>Reads <c>if … else if … else …</c> in a loop and builds it from its end: generated code has chains of hundreds.</summary>
    private Statement ParseIf()
    {
        var mark = scratchCount;
        var startMark = chainStarts.Count;
        Statement? last = null;
        while (true)
        {
            chainStarts.Add(Start);
            Next();
            Push(ParseParenthesizedCondition());
            Push(ParseEmbeddedStatement());
            if (!Optional(TokenKind.Else))
            {
                break;
            }

            if (Kind != TokenKind.If)
            {
                last = ParseEmbeddedStatement();
                break;
            }

            if (chainStarts.Count - startMark >= MaxChain)
            {
                Report(DiagnosticCodes.NestedTooDeeply, Start, lexer.Token.End, MaxChain.ToString(System.Globalization.CultureInfo.InvariantCulture));
                if (!guessFailed)
                {
                    Abort();
                }

                break;
            }
        }

        for (var i = chainStarts.Count - startMark - 1; i >= 0; i--)
        {
            var condition = (Expression)scratch[mark + (2 * i)].Node;
            var then = (Statement)scratch[mark + (2 * i) + 1].Node;
            last = new IfStatement(chainStarts[startMark + i], PreviousEnd, condition, then, last);
        }

        Truncate(chainStarts, startMark);
        scratchCount = mark;
        return last!;
    }

    private DoStatement ParseDo(int start)
    {
        Next();
        var body = ParseEmbeddedStatement();
        Expect(TokenKind.While);
        var condition = ParseParenthesizedCondition();

        // A semicolon is always inserted here when there is none (ECMA-262 §12.10.1).
        var semicolon = Optional(TokenKind.Semicolon);
        return Ended(new DoStatement(start, PreviousEnd, body, condition), semicolon);
    }

    private WhileStatement ParseWhile(int start)
    {
        Next();
        var condition = ParseParenthesizedCondition();
        var body = ParseEmbeddedStatement();
        return new WhileStatement(start, PreviousEnd, condition, body);
    }

    private WithStatement ParseWith(int start)
    {
        Next();
        var expression = ParseParenthesizedCondition();
        var body = ParseEmbeddedStatement();
        return new WithStatement(start, PreviousEnd, expression, body);
    }

    private Statement ParseFor(int start)
    {
        Next();
        var isAwait = Optional(TokenKind.Await);
        if (isAwait && (context & ParseContext.Function) == 0)
        {
            hasTopLevelAwait = true;
        }

        Expect(TokenKind.OpenParen);
        Node? initializer = null;
        if (Kind != TokenKind.Semicolon)
        {
            var isDeclaration = Kind switch
            {
                TokenKind.Var or TokenKind.Const => true,
                TokenKind.Let => IsLetDeclaration(),
                TokenKind.Using => IsUsingDeclaration(inForHead: true),
                TokenKind.Await => IsAwaitUsingDeclaration(),
                _ => false,
            };
            var saved = context;
            context |= ParseContext.NoIn;
            initializer = isDeclaration ? ParseVariableDeclarationList() : ParseExpression();
            context = saved;
        }

        if (isAwait ? Expect(TokenKind.Of) : Optional(TokenKind.Of))
        {
            var iterable = ParseAssignmentAllowIn();
            Expect(TokenKind.CloseParen);
            var body = ParseEmbeddedStatement();
            return new ForInOrOfStatement(SyntaxKind.ForOfStatement, start, PreviousEnd, initializer ?? MissingIdentifier(), iterable, body)
            {
                Flags = isAwait ? NodeFlags.Await : NodeFlags.None,
            };
        }

        if (Optional(TokenKind.In))
        {
            var target = ParseExpressionAllowIn();
            Expect(TokenKind.CloseParen);
            var body = ParseEmbeddedStatement();
            return new ForInOrOfStatement(SyntaxKind.ForInStatement, start, PreviousEnd, initializer ?? MissingIdentifier(), target, body);
        }

        Expect(TokenKind.Semicolon);
        var condition = Kind is not (TokenKind.Semicolon or TokenKind.CloseParen) ? ParseExpressionAllowIn() : null;
        Expect(TokenKind.Semicolon);
        var incrementor = Kind != TokenKind.CloseParen ? ParseExpressionAllowIn() : null;
        Expect(TokenKind.CloseParen);
        var loop = ParseEmbeddedStatement();
        return new ForStatement(start, PreviousEnd, initializer, condition, incrementor, loop);
    }

    private JumpStatement ParseJump(int start)
    {
        var kind = Kind == TokenKind.Break ? SyntaxKind.BreakStatement : SyntaxKind.ContinueStatement;
        Next();
        var label = CanEndStatement ? null : ParseIdentifier();
        var semicolon = ExpectSemicolon();
        return Ended(new JumpStatement(kind, start, PreviousEnd, label), semicolon);
    }

    private ReturnStatement ParseReturn(int start)
    {
        Next();
        var expression = CanEndStatement ? null : ParseExpressionAllowIn();
        var semicolon = ExpectSemicolon();
        return Ended(new ReturnStatement(start, PreviousEnd, expression), semicolon);
    }

    private ThrowStatement ParseThrow(int start)
    {
        Next();
        Expression expression;
        if (NewLineBefore)
        {
            Report(DiagnosticCodes.LineBreakNotPermitted, PreviousEnd, PreviousEnd);
            expression = MissingIdentifier();
        }
        else
        {
            expression = ParseExpressionAllowIn();
        }

        if (!CanEndStatement)
        {
            ReportMissingSemicolonAfter(expression);
        }

        var semicolon = Optional(TokenKind.Semicolon);
        return Ended(new ThrowStatement(start, PreviousEnd, expression), semicolon);
    }

    private SwitchStatement ParseSwitch(int start)
    {
        Next();
        var expression = ParseParenthesizedCondition();
        var open = Start;
        Expect(TokenKind.OpenBrace);
        var mark = scratchCount;
        var outer = EnterList(ListKind.SwitchClauses);
        while (Kind is not (TokenKind.CloseBrace or TokenKind.EndOfFile))
        {
            var clauseStart = Start;
            if (Kind is not (TokenKind.Case or TokenKind.Default))
            {
                if (LeavesList(DiagnosticCodes.CaseOrDefaultExpected))
                {
                    break;
                }

                continue;
            }

            Expression? test = null;
            if (Optional(TokenKind.Case))
            {
                test = ParseExpressionAllowIn();
            }
            else
            {
                Next();
            }

            Expect(TokenKind.Colon);
            var statements = ParseStatements(inSwitch: true);
            Push(new CaseClause(clauseStart, PreviousEnd, test, statements));
        }

        lists = outer;
        ExpectClosing(TokenKind.CloseBrace, open);
        return new SwitchStatement(start, PreviousEnd, expression, Drain<CaseClause>(mark));
    }

    private TryStatement ParseTry(int start)
    {
        Expect(TokenKind.Try);
        var block = ParseBlock();
        CatchClause? clause = null;
        if (Kind == TokenKind.Catch)
        {
            var clauseStart = Start;
            Next();
            VariableDeclaration? variable = null;
            if (Optional(TokenKind.OpenParen))
            {
                variable = ParseVariableDeclaration(allowDefinite: false);
                Expect(TokenKind.CloseParen);
            }

            var handler = ParseBlock();
            clause = new CatchClause(clauseStart, PreviousEnd, variable, handler);
        }

        Block? finallyBlock = null;
        if (Optional(TokenKind.Finally))
        {
            finallyBlock = ParseBlock();
        }
        else if (clause is null)
        {
            ReportHere(DiagnosticCodes.CatchOrFinallyExpected);
        }

        return new TryStatement(start, PreviousEnd, block, clause, finallyBlock);
    }

    // Variables.

    private VariableStatement ParseVariableStatement(int start, Modifiers modifiers)
    {
        var list = ParseVariableDeclarationList();
        var semicolon = ExpectSemicolon();
        return Ended(new VariableStatement(start, PreviousEnd, modifiers, list) { Flags = AmbientFlag }, semicolon);
    }

    private VariableDeclarationList ParseVariableDeclarationList()
    {
        var start = Start;
        VariableKind kind;
        switch (Kind)
        {
            case TokenKind.Var:
                kind = VariableKind.Var;
                break;
            case TokenKind.Let:
                kind = VariableKind.Let;
                break;
            case TokenKind.Const:
                kind = VariableKind.Const;
                break;
            case TokenKind.Using:
                kind = VariableKind.Using;
                needsTransform = true;
                break;
            default:
                kind = VariableKind.AwaitUsing;
                needsTransform = true;
                if ((context & ParseContext.Function) == 0)
                {
                    hasTopLevelAwait = true;
                }

                Next();
                break;
        }

        Next();
        var mark = scratchCount;
        var outer = EnterList(ListKind.VariableDeclarations);
        do
        {
            if (!IsBindingIdentifier(Kind) && Kind is not (TokenKind.OpenBrace or TokenKind.OpenBracket or TokenKind.PrivateIdentifier))
            {
                ReportMissingVariable(isFirst: scratchCount == mark);
                break;
            }

            Push(ParseVariableDeclaration(allowDefinite: true));
        }
        while (Kind == TokenKind.Comma ? Optional(TokenKind.Comma) : Kind != TokenKind.Semicolon && !EndsVariables && ReportMissingComma(DiagnosticCodes.TokenExpected));

        lists = outer;

        return new VariableDeclarationList(start, PreviousEnd, kind, Drain<VariableDeclaration>(mark));
    }

    private bool EndsVariables => CanEndStatement || Kind is TokenKind.In or TokenKind.Of or TokenKind.Arrow;

    private void ReportMissingVariable(bool isFirst)
    {
        if (EndsVariables)
        {
            if (isFirst)
            {
                Report(DiagnosticCodes.VariableListEmpty, PreviousEnd, PreviousEnd);
            }
            else
            {
                Report(DiagnosticCodes.TrailingCommaNotAllowed, PreviousEnd - 1, PreviousEnd);
            }
        }
        else if (TokenFacts.IsReservedWord(Kind))
        {
            ReportHere(DiagnosticCodes.VariableNameNotAllowed, TokenText.ToString());
            Next();
        }
        else
        {
            ReportHere(DiagnosticCodes.VariableDeclarationExpected);
        }
    }

    private VariableDeclaration ParseVariableDeclaration(bool allowDefinite)
    {
        var start = Start;
        var name = ParseBindingName(DiagnosticCodes.PrivateVariable);
        var flags = NodeFlags.None;
        var markerStart = Start;
        if (allowDefinite && name is Identifier && Kind == TokenKind.Exclamation && !NewLineBefore)
        {
            flags |= NodeFlags.Definite;
            Next();
        }

        var type = ParseTypeAnnotation(flags != 0 ? markerStart : -1);
        Expression? initializer = null;
        if (Kind == TokenKind.Equals)
        {
            Next();
            initializer = ParseAssignmentExpression();
        }

        return new VariableDeclaration(start, PreviousEnd, name, type, initializer) { Flags = flags };
    }
}
