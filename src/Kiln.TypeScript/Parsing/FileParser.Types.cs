using Kiln.TypeScript.Diagnostics;
using Kiln.TypeScript.Lexing;
using Kiln.TypeScript.Tree;

namespace Kiln.TypeScript;

internal sealed partial class FileParser
{
    /// <summary><c>: T</c>; null when there is none.</summary>
    /// <param name="markerStart">Where a <c>?</c> or <c>!</c> in front of it stands, which is erased with it; else negative.</param>
    private TypeNode? ParseTypeAnnotation(int markerStart = -1)
    {
        if (Kind != TokenKind.Colon)
        {
            if (markerStart >= 0)
            {
                Erase(erasures.Count, markerStart, markerStart + 1, ErasureKind.Inline, DiagnosticCodes.ModifierInJavaScript, text[markerStart] == '?' ? "?" : "!");
            }

            return null;
        }

        var mark = erasures.Count;
        var start = markerStart >= 0 ? markerStart : Start;
        Next();
        var type = ParseType();
        Erase(mark, start, PreviousEnd, ErasureKind.Inline, DiagnosticCodes.TypeAnnotationInJavaScript);
        return type;
    }

    private TypeNode? ParseReturnTypeAnnotation()
    {
        if (Kind != TokenKind.Colon)
        {
            return null;
        }

        var mark = erasures.Count;
        var start = Start;
        Next();
        var type = ParseTypeOrPredicate();
        Erase(mark, start, PreviousEnd, ErasureKind.Inline, DiagnosticCodes.TypeAnnotationInJavaScript);
        return type;
    }

    /// <summary>A return type: <c>x is T</c> or a type. (<c>asserts x</c> and <c>this is T</c> are types anywhere, as in TypeScript's parser.)</summary>
    private TypeNode ParseTypeOrPredicate()
    {
        if (!IsIdentifier(Kind) || PeekKind(out var newLine) != TokenKind.Is || newLine)
        {
            return ParseType();
        }

        var start = Start;
        var parameter = TakeIdentifier();
        Next();
        var type = ParseType();
        return new TypePredicate(start, PreviousEnd, false, parameter, type);
    }

    private TypeReference MissingType() => new TypeReference(PreviousEnd, PreviousEnd, MissingIdentifier(), []) { Flags = NodeFlags.Missing };

    private TypeNode ParseType()
    {
        if (!Enter())
        {
            return MissingType();
        }

        // `await` and `yield` are no operators in types, so they are plain names.
        var saved = context;
        context &= ~(ParseContext.Await | ParseContext.Yield);
        var type = ParseTypeCore();
        context = saved;
        depth--;
        return type;
    }

    private TypeNode ParseTypeCore()
    {
        if (IsFunctionTypeHere())
        {
            return ParseFunctionType();
        }

        var start = Start;
        var type = ParseUnionType();
        if (Kind != TokenKind.Extends || (context & ParseContext.NoConditionalTypes) != 0 || NewLineBefore)
        {
            return type;
        }

        Next();
        var saved = context;
        context |= ParseContext.NoConditionalTypes;
        var extends = ParseType();
        context = saved & ~ParseContext.NoConditionalTypes;
        Expect(TokenKind.Question);
        var whenTrue = ParseType();
        Expect(TokenKind.Colon);
        var whenFalse = ParseType();
        context = saved;
        return new ConditionalType(start, PreviousEnd, type, extends, whenTrue, whenFalse);
    }

    private TypeNode ParseTypeAllowConditional()
    {
        var saved = context;
        context &= ~ParseContext.NoConditionalTypes;
        var type = ParseType();
        context = saved;
        return type;
    }

    private bool IsFunctionTypeHere()
    {
        switch (Kind)
        {
            case TokenKind.LessThan:
            case TokenKind.New:
                return true;
            case TokenKind.OpenParen:
                return IsParenthesizedFunctionType();
            case TokenKind.Abstract:
                return PeekKind() == TokenKind.New;
            default:
                return false;
        }
    }

    /// <summary>After <c>(</c>: does a parameter list start, or a parenthesized type?</summary>
    private bool IsParenthesizedFunctionType()
    {
        var saved = lexer.Token;
        lexer.Next();
        var result = false;
        switch (Kind)
        {
            case TokenKind.CloseParen or TokenKind.DotDotDot:
                result = true;
                break;
            default:
                if (SkipParameterStart(saved))
                {
                    if (Kind is TokenKind.Colon or TokenKind.Comma or TokenKind.Question or TokenKind.Equals)
                    {
                        result = true;
                    }
                    else if (Kind == TokenKind.CloseParen)
                    {
                        lexer.Next();
                        result = Kind == TokenKind.Arrow;
                    }
                }

                break;
        }

        // A guess that gave the file up has left its end as the current token.
        lexer.Token = aborted ? lexer.Token : saved;
        return result;
    }

    private bool SkipParameterStart(LexerState open)
    {
        // Modifiers are errors in a function type but must not hide that it is one.
        while (ModifierOf(Kind) != ModifierFlags.None)
        {
            var before = lexer.Token;
            lexer.Next();
            if (NewLineBefore || !CanFollowModifier())
            {
                lexer.Token = before;
                break;
            }
        }

        if (IsIdentifier(Kind) || Kind == TokenKind.This)
        {
            lexer.Next();
            return true;
        }

        if (Kind is not (TokenKind.OpenBracket or TokenKind.OpenBrace))
        {
            return false;
        }

        // A pattern can be arbitrarily long: guess, and remember the failure.
        if (HasFailed(Guess.Pattern, open.Start))
        {
            return false;
        }

        if (patternEnds.TryGetValue(open.Start, out var end))
        {
            lexer.Token = end;
            return true;
        }

        var state = BeginGuess();
        ParseBindingName(DiagnosticCodes.IdentifierExpected);
        if (guessFailed)
        {
            DropGuess(state);
            RememberFailure(Guess.Pattern, open.Start);
            return false;
        }

        // The pattern is parsed again with the parameter: keep the position only.
        var token = lexer.Token;
        DropGuess(state);
        if (!aborted)
        {
            lexer.Token = token;
            patternEnds[open.Start] = token;
        }

        return true;
    }

    private FunctionType ParseFunctionType()
    {
        var start = Start;
        var isAbstract = Kind == TokenKind.Abstract;
        if (isAbstract)
        {
            Next();
        }

        var modifiers = isAbstract ? new Modifiers(ModifierFlags.Abstract, [], start, Start) : Modifiers.None;
        var isConstructor = Optional(TokenKind.New);
        var typeParameters = ParseTypeParameters();
        var parameters = ParseParameters(isAsync: false, isGenerator: false);
        Expect(TokenKind.Arrow);

        // A result type reaches as far as it can: `A extends () => B extends C ? 1 : 2 ? 3 : 4`.
        var saved = context;
        context &= ~ParseContext.NoConditionalTypes;
        var type = ParseTypeOrPredicate();
        context = saved;
        return new FunctionType(isConstructor ? SyntaxKind.ConstructorType : SyntaxKind.FunctionType, start, PreviousEnd, modifiers, typeParameters, parameters, type);
    }

    private TypeNode ParseUnionType() => ParseTypeList(TokenKind.Bar, SyntaxKind.UnionType);

    private TypeNode ParseTypeList(TokenKind separator, SyntaxKind kind)
    {
        var start = Start;
        var leading = Optional(separator);
        var type = ParseConstituent(separator);
        if (Kind != separator && !leading)
        {
            return type;
        }

        var mark = scratchCount;
        Push(type);
        while (Optional(separator))
        {
            Push(ParseConstituent(separator));
        }

        return new UnionOrIntersectionType(kind, start, PreviousEnd, Drain<TypeNode>(mark));
    }

    private TypeNode ParseConstituent(TokenKind separator)
    {
        if (Kind is TokenKind.LessThan or TokenKind.New || (Kind == TokenKind.OpenParen && PreviousTokenIsTypeOperator(separator) && IsParenthesizedFunctionType()))
        {
            var start = Start;
            var function = ParseFunctionType();
            Report(
                function.Kind == SyntaxKind.FunctionType
                    ? separator == TokenKind.Bar ? DiagnosticCodes.FunctionTypeInUnion : DiagnosticCodes.FunctionTypeInIntersection
                    : separator == TokenKind.Bar ? DiagnosticCodes.ConstructorTypeInUnion : DiagnosticCodes.ConstructorTypeInIntersection,
                start,
                PreviousEnd);
            return function;
        }

        return separator == TokenKind.Bar ? ParseTypeList(TokenKind.Ampersand, SyntaxKind.IntersectionType) : ParseTypeOperator();
    }

    /// <summary>A function type is refused as a member of a union or intersection; at its very start it was looked for before.</summary>
    private bool PreviousTokenIsTypeOperator(TokenKind separator) => PreviousEnd > 0 && text[PreviousEnd - 1] == (separator == TokenKind.Bar ? '|' : '&');

    private TypeNode ParseTypeOperator()
    {
        TypeOperatorKind kind;
        switch (Kind)
        {
            case TokenKind.KeyOf:
                kind = TypeOperatorKind.KeyOf;
                break;
            case TokenKind.Unique:
                kind = TypeOperatorKind.Unique;
                break;
            case TokenKind.Readonly:
                kind = TypeOperatorKind.Readonly;
                break;
            case TokenKind.Infer:
                return ParseInfer();
            default:
                var saved = context;
                context &= ~ParseContext.NoConditionalTypes;
                var postfix = ParsePostfixType();
                context = saved;
                return postfix;
        }

        if (!Enter())
        {
            return MissingType();
        }

        var start = Start;
        Next();
        var operand = ParseTypeOperator();
        depth--;
        return new TypeOperator(start, PreviousEnd, kind, operand);
    }

    /// <summary>
    /// <c>infer T [extends C]</c>. After <c>extends</c> a <c>?</c> tells that no constraint was meant but a conditional type, unless that cannot
    /// stand here.
    /// </summary>
    private InferType ParseInfer()
    {
        var start = Start;
        Next();
        var nameStart = Start;
        var name = ParseIdentifier();
        TypeNode? constraint = null;
        if (Kind == TokenKind.Extends && !HasFailed(Guess.InferConstraint, Start))
        {
            var position = Start;
            var state = BeginGuess();
            Next();
            var saved = context;
            context |= ParseContext.NoConditionalTypes;
            constraint = ParseType();
            context = saved;
            if (guessFailed || (Kind == TokenKind.Question && (context & ParseContext.NoConditionalTypes) == 0))
            {
                DropGuess(state);
                RememberFailure(Guess.InferConstraint, position);
                constraint = null;
            }
            else
            {
                KeepGuess();
            }
        }

        var parameter = new TypeParameter(nameStart, PreviousEnd, Modifiers.None, name, constraint, null);
        return new InferType(start, PreviousEnd, parameter);
    }

    private TypeNode ParsePostfixType()
    {
        var start = Start;
        var type = ParseNonArrayType();
        while (Kind == TokenKind.OpenBracket && !NewLineBefore)
        {
            Next();
            if (Kind == TokenKind.CloseBracket)
            {
                Next();
                type = new ArrayType(start, PreviousEnd, type);
            }
            else
            {
                var index = ParseType();
                Expect(TokenKind.CloseBracket);
                type = new IndexedAccessType(start, PreviousEnd, type, index);
            }
        }

        if (Kind is TokenKind.Question or TokenKind.Exclamation && !NewLineBefore)
        {
            ReportJsDocTypeEnd(type);
        }

        return type;
    }

    private TypeNode ParseNonArrayType()
    {
        var start = Start;
        switch (Kind)
        {
            case TokenKind.Any or TokenKind.UnknownKeyword or TokenKind.String or TokenKind.Number or TokenKind.BigInt or TokenKind.Symbol or TokenKind.Boolean
                or TokenKind.Undefined or TokenKind.Never or TokenKind.Object:
                var keywordEnd = lexer.Token.End;
                if (keywordEnd < text.Length && text[keywordEnd] == '.' || PeekKind() == TokenKind.Dot)
                {
                    return ParseTypeReference();
                }

                Next();
                return new KeywordType(start, PreviousEnd);
            case TokenKind.Void:
                Next();
                return new KeywordType(start, PreviousEnd);
            case TokenKind.This:
                Next();
                if (Kind == TokenKind.Is && !NewLineBefore)
                {
                    var self = new KeywordType(start, PreviousEnd);
                    Next();
                    var predicate = ParseType();
                    return new TypePredicate(start, PreviousEnd, false, self, predicate);
                }

                return new KeywordType(start, PreviousEnd);
            case TokenKind.StringLiteral:
                return Wrap(TakeStringLiteral());
            case TokenKind.NumericLiteral:
                return Wrap(TakeLiteral(SyntaxKind.NumericLiteral));
            case TokenKind.BigIntLiteral:
                return Wrap(TakeLiteral(SyntaxKind.BigIntLiteral));
            case TokenKind.NoSubstitutionTemplateLiteral:
                return Wrap(ParseTemplate(isTagged: false));
            case TokenKind.TemplateHead:
                return ParseTemplateType();
            case TokenKind.True:
                return Wrap(TakeKeyword(SyntaxKind.TrueKeyword));
            case TokenKind.False:
                return Wrap(TakeKeyword(SyntaxKind.FalseKeyword));
            case TokenKind.Null:
                return Wrap(TakeKeyword(SyntaxKind.NullKeyword));
            case TokenKind.Minus when PeekKind() is TokenKind.NumericLiteral or TokenKind.BigIntLiteral:
                Next();
                var number = TakeLiteral(Kind == TokenKind.BigIntLiteral ? SyntaxKind.BigIntLiteral : SyntaxKind.NumericLiteral);
                return Wrap(new PrefixUnaryExpression(start, PreviousEnd, TokenKind.Minus, number));
            case TokenKind.TypeOf:
                return PeekKind() == TokenKind.Import ? ParseImportType() : ParseTypeQuery();
            case TokenKind.Import:
                return ParseImportType();
            case TokenKind.OpenBrace:
                return IsMappedTypeHere() ? ParseMappedType() : ParseTypeLiteral();
            case TokenKind.OpenBracket:
                return ParseTupleType();
            case TokenKind.OpenParen:
                Next();
                var inner = ParseType();
                Expect(TokenKind.CloseParen);
                return new WrappedType(SyntaxKind.ParenthesizedType, start, PreviousEnd, inner);
            case TokenKind.Asserts when PeekKind(out var newLine) is var next && !newLine && (IsIdentifier(next) || next == TokenKind.This):
                return ParseAssertsPredicate();
            default:
                return ParseTypeReference();
        }
    }

    private static LiteralType Wrap(Expression literal) => new(literal.Start, literal.End, literal);

    private TypeLiteral ParseTypeLiteral()
    {
        var start = Start;
        var members = ParseTypeMembers();
        return new TypeLiteral(start, PreviousEnd, members);
    }

    /// <summary>The type of an assertion: also the word <c>const</c>.</summary>
    private TypeNode ParseAssertedType()
    {
        if (Kind != TokenKind.Const)
        {
            return ParseType();
        }

        var name = TakeIdentifier();
        return new TypeReference(name.Start, name.End, name, []);
    }

    private TypeNode ParseTypeReference()
    {
        if (!IsIdentifier(Kind))
        {
            return ParseJsDocType();
        }

        var start = Start;
        var name = ParseEntityName(allowReservedRight: true);
        TypeNode[] arguments = [];
        if (Kind is TokenKind.LessThan or TokenKind.LessThanLessThan && !NewLineBefore)
        {
            arguments = ParseTypeArguments();
        }

        return new TypeReference(start, PreviousEnd, name, arguments);
    }

    private Node ParseEntityName(bool allowReservedRight)
    {
        var start = Start;
        Node name = allowReservedRight && IsIdentifierName(Kind) ? ParsePropertyIdentifier() : ParseIdentifier();
        while (Kind == TokenKind.Dot)
        {
            Next();
            if (Kind == TokenKind.LessThan)
            {
                Report(DiagnosticCodes.JsDocType, PreviousEnd - 1, PreviousEnd);
                break; // A.<B>
            }

            Identifier right;
            if (Kind == TokenKind.PrivateIdentifier)
            {
                right = ReportMissingIdentifier();
                Next();
            }
            else
            {
                right = ParsePropertyIdentifier();
            }

            name = new QualifiedName(start, PreviousEnd, name, right);
        }

        return name;
    }

    private TypePredicate ParseAssertsPredicate()
    {
        var start = Start;
        Next();
        Node parameter;
        if (Kind == TokenKind.This)
        {
            parameter = new KeywordType(Start, lexer.Token.End);
            Next();
        }
        else
        {
            parameter = TakeIdentifier();
        }

        var type = Optional(TokenKind.Is) ? ParseType() : null;
        return new TypePredicate(start, PreviousEnd, true, parameter, type);
    }

    private TypeQuery ParseTypeQuery()
    {
        var start = Start;
        Next();
        Node name;
        if (Kind == TokenKind.This)
        {
            // typeof this.x
            var nameStart = Start;
            name = new Identifier(Start, lexer.Token.End);
            Next();
            while (Optional(TokenKind.Dot))
            {
                var member = ParseQueryMember();
                name = new QualifiedName(nameStart, PreviousEnd, name, member);
            }
        }
        else
        {
            name = ParseQueryName();
        }

        TypeNode[] arguments = [];
        if (Kind is TokenKind.LessThan or TokenKind.LessThanLessThan && !NewLineBefore)
        {
            arguments = ParseTypeArguments();
        }

        return new TypeQuery(start, PreviousEnd, name, arguments);
    }

    private Identifier ParseQueryMember() => Kind == TokenKind.PrivateIdentifier ? TakeIdentifier() : ParsePropertyIdentifier();

    /// <summary>An entity name whose members may be private: <c>typeof this.#x</c>, <c>typeof a.#b</c>.</summary>
    private Node ParseQueryName()
    {
        var start = Start;
        Node name = IsIdentifierName(Kind) ? ParsePropertyIdentifier() : ParseIdentifier();
        while (Optional(TokenKind.Dot))
        {
            var member = ParseQueryMember();
            name = new QualifiedName(start, PreviousEnd, name, member);
        }

        return name;
    }

    private ImportType ParseImportType()
    {
        var start = Start;
        var isTypeOf = Optional(TokenKind.TypeOf);
        Next();
        var open = Start;
        Expect(TokenKind.OpenParen);
        var argument = ParseType();
        ImportAttributes? attributes = null;
        if (Optional(TokenKind.Comma) && Kind != TokenKind.CloseParen)
        {
            attributes = ParseImportTypeAttributes();
        }

        ExpectClosing(TokenKind.CloseParen, open);
        Node? qualifier = null;
        if (Optional(TokenKind.Dot))
        {
            qualifier = ParseEntityName(allowReservedRight: true);
        }

        TypeNode[] arguments = [];
        if (Kind is TokenKind.LessThan or TokenKind.LessThanLessThan && !NewLineBefore)
        {
            arguments = ParseTypeArguments();
        }

        var type = new ImportType(start, PreviousEnd, isTypeOf, argument, attributes, qualifier, arguments);
        AddReference(type);
        return type;
    }

    /// <summary><c>{ with: { … } }</c> inside <c>import("x", …)</c>.</summary>
    private ImportAttributes? ParseImportTypeAttributes()
    {
        Expect(TokenKind.OpenBrace);
        var start = Start;
        var isAssert = Kind == TokenKind.Assert;
        if (Kind is TokenKind.With or TokenKind.Assert)
        {
            Next();
        }
        else
        {
            ReportHere(DiagnosticCodes.TokenExpected, "with");
        }

        Expect(TokenKind.Colon);
        var attributes = ParseImportAttributeList(start, isAssert);
        Optional(TokenKind.Comma);
        Expect(TokenKind.CloseBrace);
        Optional(TokenKind.Comma);
        return attributes;
    }

    private TemplateLiteralType ParseTemplateType()
    {
        var start = Start;
        var mark = scratchCount;
        var element = TakeTemplateElement();
        Push(element);
        while (true)
        {
            var hole = element.End - 2;
            Push(ParseTypeAllowConditional());
            if (!RescanTemplatePart(isTagged: false, hole))
            {
                Push(new TemplateElement(PreviousEnd, PreviousEnd) { Flags = NodeFlags.Missing });
                break;
            }

            var isLast = Kind == TokenKind.TemplateTail;
            element = TakeTemplateElement();
            Push(element);
            if (isLast)
            {
                break;
            }
        }

        var elements = DrainTemplate<TypeNode>(mark, out var types);
        return new TemplateLiteralType(start, PreviousEnd, elements, types);
    }

    private TupleType ParseTupleType()
    {
        var start = Start;
        Next();
        var mark = scratchCount;
        while (Kind is not (TokenKind.CloseBracket or TokenKind.EndOfFile))
        {
            if (Kind == TokenKind.Comma)
            {
                ReportHere(DiagnosticCodes.TypeExpected);
                Next();
                continue;
            }

            Push(ParseTupleElement());
            if (Kind is not (TokenKind.CloseBracket or TokenKind.EndOfFile) && !Expect(TokenKind.Comma))
            {
                break;
            }
        }

        ExpectClosing(TokenKind.CloseBracket, start);
        return new TupleType(start, PreviousEnd, Drain<TypeNode>(mark));
    }

    private TypeNode ParseTupleElement()
    {
        var start = Start;
        if (IsNamedTupleMember())
        {
            var flags = Optional(TokenKind.DotDotDot) ? NodeFlags.Rest : NodeFlags.None;
            var name = ParsePropertyIdentifier();
            if (Optional(TokenKind.Question))
            {
                flags |= NodeFlags.Optional;
            }

            // `name: T?` and `name: ...T` are refused by GrammarChecker.
            Expect(TokenKind.Colon);
            var memberType = ParseTupleElementType();
            return new NamedTupleMember(start, PreviousEnd, name, memberType) { Flags = flags };
        }

        return ParseTupleElementType();
    }

    /// <summary><c>T</c>, <c>T?</c> or <c>...T</c>.</summary>
    private TypeNode ParseTupleElementType()
    {
        var start = Start;
        if (Optional(TokenKind.DotDotDot))
        {
            var rest = ParseType();
            return new WrappedType(SyntaxKind.RestType, start, PreviousEnd, rest);
        }

        var type = ParseType();
        if (Kind == TokenKind.Question && !NewLineBefore)
        {
            if (type is UnionOrIntersectionType or TypeOperator or InferType or FunctionType)
            {
                ReportOptionalOperand(type);
            }

            Next();
            return new WrappedType(SyntaxKind.OptionalType, start, PreviousEnd, type);
        }

        return type;
    }

    private bool IsNamedTupleMember()
    {
        var saved = lexer.Token;
        if (Kind == TokenKind.DotDotDot)
        {
            lexer.Next();
        }

        var result = false;
        if (IsIdentifierName(Kind))
        {
            lexer.Next();
            if (Kind == TokenKind.Question)
            {
                lexer.Next();
            }

            result = Kind == TokenKind.Colon;
        }

        lexer.Token = saved;
        return result;
    }
}
