using Kiln.TypeScript.Diagnostics;
using Kiln.TypeScript.Tree;

namespace Kiln.TypeScript;

/// <content>The types of JSDoc comments where TypeScript's own belong. They are read to say what is wrong and how to write it.</content>
internal sealed partial class FileParser
{
    /// <summary><c>?T</c>, <c>!T</c>, <c>*</c>, <c>function(T): U</c>; anything else is no type at all. All of them are refused.</summary>
    private TypeNode ParseJsDocType()
    {
        var start = Start;
        switch (Kind)
        {
            case TokenKind.Asterisk:
                ReportHere(DiagnosticCodes.JsDocType);
                Next();
                return MissingType();
            case TokenKind.Function when PeekKind() == TokenKind.OpenParen:
                ReportHere(DiagnosticCodes.JsDocType);
                Next();
                ParseJsDocParameters();
                if (Optional(TokenKind.Colon))
                {
                    ParseType();
                }

                return MissingType();
            case TokenKind.Question or TokenKind.Exclamation when StartsTypeAfterMark():
                var mark = Kind;
                Next();
                if (!Enter())
                {
                    return MissingType();
                }

                var type = ParseTypeOperator();
                depth--;
                Report(DiagnosticCodes.JsDocTypeStart, start, PreviousEnd, TokenNames.Of(mark), WithoutMark(mark, type));
                return type;
            default:
                ReportHere(DiagnosticCodes.TypeExpected);
                return MissingType();
        }
    }

    private void ParseJsDocParameters()
    {
        Next();
        while (Kind is not (TokenKind.CloseParen or TokenKind.EndOfFile))
        {
            if (Kind is TokenKind.New or TokenKind.This && PeekKind() == TokenKind.Colon)
            {
                Next();
                Next();
            }

            Optional(TokenKind.DotDotDot);
            ParseType();
            if (!ContinueList(TokenKind.CloseParen))
            {
                break;
            }
        }

        Expect(TokenKind.CloseParen);
    }

    /// <summary>A mark alone has no type to mark.</summary>
    private bool StartsTypeAfterMark() =>
        PeekKind() is var next && (IsIdentifierName(next) || next is TokenKind.OpenParen or TokenKind.OpenBracket or TokenKind.OpenBrace
            or TokenKind.StringLiteral or TokenKind.NumericLiteral or TokenKind.Question or TokenKind.Exclamation or TokenKind.Asterisk);

    /// <summary>
    /// <c>T?</c> and <c>T!</c> where the type must end. A <c>?</c> may also be the condition of a conditional type or mark a tuple element, so it is
    /// left alone unless what follows allows neither.
    /// </summary>
    private void ReportJsDocTypeEnd(TypeNode type)
    {
        if (type.Has(NodeFlags.Missing) || PeekKind() is not (TokenKind.Semicolon or TokenKind.Equals or TokenKind.CloseParen or TokenKind.GreaterThan or TokenKind.CloseBrace or TokenKind.EndOfFile))
        {
            return;
        }

        var mark = Kind;
        Report(DiagnosticCodes.JsDocTypeEnd, type.Start, lexer.Token.End, TokenNames.Of(mark), WithoutMark(mark, type));
        Next();
    }

    /// <summary>In a tuple <c>?</c> makes an element optional that is one plain type; behind an operator it marks only the operand.</summary>
    private void ReportOptionalOperand(TypeNode element)
    {
        if (element is InferType)
        {
            ReportHere(DiagnosticCodes.TokenExpected, ",");
            return;
        }

        var operand = element is UnionOrIntersectionType { Types: [.., var last] } ? last : element;
        Report(DiagnosticCodes.JsDocTypeEnd, operand.Start, lexer.Token.End, "?", WithoutMark(TokenKind.Question, operand));
    }

    private string WithoutMark(TokenKind mark, TypeNode type)
    {
        var source = text[type.Start..type.End];
        return mark == TokenKind.Question ? source + " | null | undefined" : source;
    }
}
