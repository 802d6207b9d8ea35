using Kiln.TypeScript.Diagnostics;
using Kiln.TypeScript.Tree;

namespace Kiln.TypeScript;

/// <content>Mapped types, and the members of interfaces and type literals.</content>
internal sealed partial class FileParser
{
    private bool IsMappedTypeHere()
    {
        var saved = lexer.Token;
        lexer.Next();
        bool result;
        if (Kind is TokenKind.Plus or TokenKind.Minus)
        {
            lexer.Next();
            result = Kind == TokenKind.Readonly;
        }
        else
        {
            if (Kind == TokenKind.Readonly)
            {
                lexer.Next();
            }

            result = false;
            if (Kind == TokenKind.OpenBracket)
            {
                lexer.Next();
                if (IsIdentifier(Kind))
                {
                    lexer.Next();
                    result = Kind == TokenKind.In;
                }
            }
        }

        lexer.Token = saved;
        return result;
    }

    private MappedType ParseMappedType()
    {
        var start = Start;
        Next();
        var isReadonly = ParseMappedModifier(TokenKind.Readonly);
        Expect(TokenKind.OpenBracket);
        var nameStart = Start;
        var name = ParsePropertyIdentifier();
        Expect(TokenKind.In);
        var constraint = ParseTypeAllowConditional();
        var parameter = new TypeParameter(nameStart, PreviousEnd, Modifiers.None, name, constraint, null);
        var nameType = Optional(TokenKind.As) ? ParseTypeAllowConditional() : null;
        Expect(TokenKind.CloseBracket);
        var optional = ParseMappedModifier(TokenKind.Question);
        var type = Optional(TokenKind.Colon) ? ParseTypeAllowConditional() : null;
        ParseTypeMemberSeparator();
        Expect(TokenKind.CloseBrace);
        return new MappedType(start, PreviousEnd, isReadonly, parameter, nameType, optional, type);
    }

    private MappedModifier ParseMappedModifier(TokenKind kind)
    {
        if (Kind == kind)
        {
            Next();
            return MappedModifier.Present;
        }

        if (Kind is not (TokenKind.Plus or TokenKind.Minus))
        {
            return MappedModifier.None;
        }

        var modifier = Kind == TokenKind.Plus ? MappedModifier.Plus : MappedModifier.Minus;
        Next();
        Expect(kind);
        return modifier;
    }

    // Members of interfaces and type literals.

    private Node[] ParseTypeMembers()
    {
        var open = Start;
        if (!Expect(TokenKind.OpenBrace))
        {
            return [];
        }

        var saved = context;
        context &= ~ParseContext.NoConditionalTypes;
        var mark = scratchCount;
        var outer = EnterList(ListKind.TypeMembers);
        while (Kind is not (TokenKind.CloseBrace or TokenKind.EndOfFile))
        {
            if (!IsLiteralPropertyName(Kind) && Kind is not (TokenKind.OpenParen or TokenKind.LessThan or TokenKind.OpenBracket))
            {
                if (LeavesList(DiagnosticCodes.PropertyOrSignatureExpected))
                {
                    break;
                }

                continue;
            }

            var before = Start;
            Push(ParseTypeMember());
            if (Start == before && Kind != TokenKind.EndOfFile)
            {
                Next();
            }
        }

        lists = outer;
        context = saved;
        ExpectClosing(TokenKind.CloseBrace, open);
        return Drain<Node>(mark);
    }

    private void ParseTypeMemberSeparator()
    {
        if (!Optional(TokenKind.Comma))
        {
            ExpectSemicolon();
        }
    }

    private Node ParseTypeMember()
    {
        var start = Start;
        if (Kind is TokenKind.OpenParen or TokenKind.LessThan)
        {
            return ParseCallOrConstructSignature(start, SyntaxKind.CallSignature);
        }

        if (Kind == TokenKind.New && PeekKind() is TokenKind.OpenParen or TokenKind.LessThan && Kind == TokenKind.New)
        {
            Next();
            return ParseCallOrConstructSignature(start, SyntaxKind.ConstructSignature);
        }

        var modifiers = ParseModifiers(allowDecorators: false);
        if (Kind is TokenKind.Get or TokenKind.Set && IsAccessorHere())
        {
            return ParseAccessor(start, modifiers, inType: true);
        }

        if (IsIndexSignatureHere())
        {
            return ParseIndexSignature(start, modifiers);
        }

        var name = ParsePropertyName();
        NoteSignatureKey(name);
        var flags = Optional(TokenKind.Question) ? NodeFlags.Optional : NodeFlags.None;
        if (Kind is TokenKind.OpenParen or TokenKind.LessThan)
        {
            var signature = ParseSignature(isAsync: false, isGenerator: false);
            ParseTypeMemberSeparator();
            return new MethodSignature(start, PreviousEnd, modifiers, name, signature.TypeParameters, signature.Parameters, signature.Type) { Flags = flags };
        }

        var type = ParseTypeAnnotation();
        if (Kind == TokenKind.Equals)
        {
            ReportHere(DiagnosticCodes.InterfacePropertyInitializer);
        }

        var initializer = ParseInitializer();
        if (type is null && initializer is null && Kind != TokenKind.Comma && !CanEndStatement)
        {
            Report(DiagnosticCodes.PropertyOrSignatureExpected, start, name.End);
        }
        else
        {
            ParseTypeMemberSeparator();
        }

        return new PropertySignature(start, PreviousEnd, modifiers, name, type, initializer) { Flags = flags };
    }

    private CallOrConstructSignature ParseCallOrConstructSignature(int start, SyntaxKind kind)
    {
        var signature = ParseSignature(isAsync: false, isGenerator: false);
        ParseTypeMemberSeparator();
        return new CallOrConstructSignature(kind, start, PreviousEnd, signature.TypeParameters, signature.Parameters, signature.Type);
    }

    /// <summary><c>[key: T]</c>, <c>[key?: T]</c>, <c>[...</c>, <c>[]</c>: an index signature rather than a computed name.</summary>
    private bool IsIndexSignatureHere()
    {
        if (Kind != TokenKind.OpenBracket)
        {
            return false;
        }

        var saved = lexer.Token;
        var result = LooksLikeIndexSignature();
        lexer.Token = saved;
        return result;
    }

    private bool LooksLikeIndexSignature()
    {
        lexer.Next();
        if (Kind is TokenKind.DotDotDot or TokenKind.CloseBracket)
        {
            return true;
        }

        if (ModifierOf(Kind) != ModifierFlags.None)
        {
            lexer.Next();
            if (IsIdentifier(Kind))
            {
                return true;
            }
        }
        else if (!IsIdentifier(Kind))
        {
            return false;
        }
        else
        {
            lexer.Next();
        }

        if (Kind == TokenKind.Colon || (Kind == TokenKind.Comma && isTypeScript))
        {
            return true; // in JavaScript `[a, b]` is a computed name with a comma
        }

        if (Kind != TokenKind.Question)
        {
            return false;
        }

        lexer.Next();
        return Kind is TokenKind.Colon or TokenKind.Comma or TokenKind.CloseBracket;
    }

    private IndexSignature ParseIndexSignature(int start, Modifiers modifiers)
    {
        Next();
        var parameters = ParseParameterList(TokenKind.CloseBracket, context);
        Expect(TokenKind.CloseBracket);
        var type = ParseTypeAnnotation();
        ParseTypeMemberSeparator();
        return new IndexSignature(start, PreviousEnd, modifiers, parameters, type) { Flags = AmbientFlag };
    }

    // Type parameters and arguments.
}
