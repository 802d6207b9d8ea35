using Kiln.TypeScript.Diagnostics;
using Kiln.TypeScript.Text;
using Kiln.TypeScript.Tree;

namespace Kiln.TypeScript;

/// <content>
/// What happens after an error, in TypeScript's manner: a forgotten separator is reported and read over; a token that fits nowhere is skipped; one that
/// an enclosing list can go on with ends the lists inside. None of this runs in a file without errors, except that lists note that they are open.
/// </content>
internal sealed partial class FileParser
{
    private ListKind lists;

    /// <summary>Where the innermost template with holes starts.</summary>
    private int openTemplate;

    /// <summary>Notes an open list. The caller puts the result back into <see cref="lists"/> when the list ends.</summary>
    private ListKind EnterList(ListKind kind)
    {
        var outer = lists;
        lists |= kind;
        return outer;
    }

    /// <summary>
    /// The current token is no element of the list. Reports that; true when an enclosing list knows what to do with the token and this one must end, else
    /// the token has been skipped.
    /// </summary>
    private bool LeavesList(int code)
    {
        ReportHere(code);
        if (Kind == TokenKind.EndOfFile || IsInSomeList())
        {
            return true;
        }

        Next();
        return false;
    }

    /// <summary>After an element: takes the comma, or reports it missing unless the list ends here. True when there was a comma.</summary>
    /// <param name="close">What ends the list.</param>
    /// <param name="elementStart">Where the element started: if it took nothing, a token is skipped.</param>
    /// <param name="code">What is reported.</param>
    /// <param name="forgiveSemicolon">A semicolon on the same line was meant to be a comma.</param>
    private bool TakeSeparator(TokenKind close, int elementStart, int code = DiagnosticCodes.TokenExpected, bool forgiveSemicolon = false)
    {
        if (Kind == TokenKind.Comma)
        {
            Next();
            return true;
        }

        if (Kind == close || Kind == TokenKind.EndOfFile || (Kind == TokenKind.Semicolon && close == TokenKind.CloseParen && (lists & ListKind.Arguments) != 0))
        {
            return false;
        }

        ReportHere(code, ",");
        if ((forgiveSemicolon && Kind == TokenKind.Semicolon && !NewLineBefore) || Start == elementStart)
        {
            Next();
        }

        return false;
    }

    /// <summary>Takes a closing bracket, or reports it missing with the place of the one that it would close.</summary>
    /// <param name="close">The closing bracket.</param>
    /// <param name="open">Where the opening one stands; negative when that is missing too.</param>
    private void ExpectClosing(TokenKind close, int open)
    {
        if (Kind == close)
        {
            Next();
            return;
        }

        var opening = close switch
        {
            TokenKind.CloseParen => "(",
            TokenKind.CloseBracket => "[",
            _ => "{",
        };
        var closing = TokenNames.Of(close);
        ReportHere(DiagnosticCodes.TokenExpected, closing, open < 0 ? null : Unclosed(opening, closing, open));
    }

    private static RelatedDiagnostic Unclosed(string opening, string closing, int start) =>
        new(DiagnosticCodes.MatchingTokenOfPattern, new TextSpan(start, start + opening.Length), opening, closing);

    /// <summary>For a string, template or comment without an end: where it starts.</summary>
    private RelatedDiagnostic? RelatedToTokenError()
    {
        ref var token = ref lexer.Token;
        switch (token.ErrorCode)
        {
            case DiagnosticCodes.UnterminatedString:
                var quote = text[token.Start].ToString();
                return Unclosed(quote, quote, token.Start);
            case DiagnosticCodes.UnterminatedTemplate:
                return Unclosed("`", "`", text[token.Start] == '`' ? token.Start : openTemplate);
            case DiagnosticCodes.CommentEndExpected:
                return Unclosed("/*", "*/", lexer.LastCommentStart);
            default:
                return null;
        }
    }

    private void ReportConflictMarkers()
    {
        foreach (var start in lexer.ConflictMarkers)
        {
            if (diagnostics.Count < MaxDiagnostics)
            {
                diagnostics.Add(new Diagnostic(DiagnosticCodes.ConflictMarker, new TextSpan(start, start + Lexing.Lexer.ConflictMarkerLength)));
            }
        }
    }

    private bool IsInSomeList()
    {
        for (var kind = ListKind.SourceElements; kind <= ListKind.VariableDeclarations; kind = (ListKind)((int)kind << 1))
        {
            if ((lists & kind) != 0 && (EndsList(kind) || ContinuesList(kind)))
            {
                return true;
            }
        }

        return false;
    }

    private bool EndsList(ListKind kind) => kind switch
    {
        ListKind.SourceElements => false,
        ListKind.SwitchClauseStatements => Kind is TokenKind.CloseBrace or TokenKind.Case or TokenKind.Default,
        ListKind.ArrayBindingElements or ListKind.ArrayElements => Kind == TokenKind.CloseBracket,
        ListKind.Arguments => Kind is TokenKind.CloseParen or TokenKind.Semicolon,
        ListKind.Parameters => Kind is TokenKind.CloseParen or TokenKind.CloseBracket,
        ListKind.VariableDeclarations => EndsVariables,
        _ => Kind == TokenKind.CloseBrace,
    };

    private bool ContinuesList(ListKind kind) => kind switch
    {
        ListKind.SourceElements or ListKind.BlockStatements or ListKind.SwitchClauseStatements => Kind != TokenKind.Semicolon && StartsStatement(),
        ListKind.SwitchClauses => Kind is TokenKind.Case or TokenKind.Default,
        ListKind.TypeMembers => IsLiteralPropertyName(Kind) || Kind is TokenKind.OpenParen or TokenKind.LessThan or TokenKind.OpenBracket,
        ListKind.ClassMembers => CanStartMember() && (!TokenFacts.IsKeyword(Kind) || StartsClassMember()),
        ListKind.EnumMembers => IsLiteralPropertyName(Kind) || Kind == TokenKind.OpenBracket,
        ListKind.ObjectBindingElements => IsLiteralPropertyName(Kind) || Kind is TokenKind.OpenBracket or TokenKind.DotDotDot,
        ListKind.ArrayBindingElements => IsBindingIdentifier(Kind) || Kind is TokenKind.Comma or TokenKind.DotDotDot or TokenKind.OpenBrace or TokenKind.OpenBracket,
        ListKind.Arguments => Kind == TokenKind.DotDotDot || CanStartExpression(),
        ListKind.ObjectLiteralMembers => CanStartMember() || Kind is TokenKind.DotDotDot or TokenKind.Dot,
        ListKind.ArrayElements => Kind is TokenKind.Comma or TokenKind.Dot or TokenKind.DotDotDot || CanStartExpression(),
        ListKind.Parameters => CanStartParameter(),
        ListKind.Specifiers => IsSpecifierHere(),
        ListKind.ImportAttributes => CanParseExportName(),
        ListKind.VariableDeclarations => IsBindingIdentifier(Kind) || Kind is TokenKind.OpenBrace or TokenKind.OpenBracket or TokenKind.PrivateIdentifier,
        _ => throw new InvalidOperationException(kind.ToString()),
    };

    /// <summary>More careful than <see cref="CanStartStatement"/>, which lets statements report what is wrong with them.</summary>
    private bool StartsStatement() => Kind switch
    {
        TokenKind.Export => StartsDeclaration(),
        TokenKind.Import => StartsDeclaration() || PeekKind() is TokenKind.OpenParen or TokenKind.LessThan or TokenKind.Dot,
        TokenKind.At or TokenKind.Semicolon or TokenKind.OpenBrace or TokenKind.Var or TokenKind.Function or TokenKind.Class or TokenKind.Enum or TokenKind.If
            or TokenKind.Do or TokenKind.While or TokenKind.For or TokenKind.Continue or TokenKind.Break or TokenKind.Return or TokenKind.With
            or TokenKind.Switch or TokenKind.Throw or TokenKind.Try or TokenKind.Debugger or TokenKind.Catch or TokenKind.Finally or TokenKind.Const => true,
        _ => CanStartExpression(),
    };

    /// <summary>In the braces of an import or export; <c>from "x"</c> shows that the closing one is missing.</summary>
    private bool IsSpecifierHere() => CanParseExportName() && !(Kind == TokenKind.From && PeekKind() == TokenKind.StringLiteral);

    /// <summary>A keyword in a class body: a modifier or the name of a member, not the start of a statement that was meant to stand elsewhere.</summary>
    private bool StartsClassMember()
    {
        if (Kind is TokenKind.Constructor or TokenKind.Get or TokenKind.Set || (ModifierOf(Kind) & ClassMemberModifiers) != 0)
        {
            return true;
        }

        var saved = lexer.Token;
        var result = LooksLikeClassMember();
        lexer.Token = saved;
        return result;
    }

    private const ModifierFlags ClassMemberModifiers =
        ModifierFlags.Public | ModifierFlags.Private | ModifierFlags.Protected | ModifierFlags.Static | ModifierFlags.Readonly | ModifierFlags.Override | ModifierFlags.Accessor;

    private bool LooksLikeClassMember()
    {
        var name = Kind;
        while (ModifierOf(Kind) != ModifierFlags.None)
        {
            name = Kind;
            if ((ModifierOf(Kind) & ClassMemberModifiers) != 0)
            {
                return true;
            }

            lexer.Next();
        }

        if (Kind == TokenKind.Asterisk)
        {
            return true;
        }

        if (IsLiteralPropertyName(Kind))
        {
            name = Kind;
            lexer.Next();
        }

        return Kind == TokenKind.OpenBracket || !TokenFacts.IsKeyword(name) || name is TokenKind.Get or TokenKind.Set
            || Kind is TokenKind.OpenParen or TokenKind.LessThan or TokenKind.Exclamation or TokenKind.Colon or TokenKind.Equals or TokenKind.Question or TokenKind.At
            || CanEndStatement;
    }
}
