using Kiln.TypeScript.Diagnostics;
using Kiln.TypeScript.Tree;

namespace Kiln.TypeScript;

internal sealed partial class FileParser
{
    private ClassDeclaration ParseClassDeclaration(int start, Modifiers modifiers, int mark)
    {
        var parts = ParseClass(modifiers.Has(ModifierFlags.Default) ? -1 : start);
        _ = mark;
        return new ClassDeclaration(start, PreviousEnd, modifiers, parts.Name, parts.TypeParameters, parts.Extends, parts.Implements, parts.BodyStart, parts.Members) { Flags = AmbientFlag };
    }

    private Expression ParseClassExpression()
    {
        // `class extends class extends …` meets no other rule that counts.
        if (!Enter())
        {
            return MissingIdentifier();
        }

        var expression = ParseClassExpressionCore();
        depth--;
        return expression;
    }

    private ClassExpression ParseClassExpressionCore()
    {
        var start = Start;
        var modifiers = ParseModifiers(allowDecorators: true);
        if (Kind != TokenKind.Class)
        {
            ReportHere(DiagnosticCodes.ExpressionExpected);
            return new ClassExpression(start, PreviousEnd, modifiers, null, [], null, null, PreviousEnd, []);
        }

        var parts = ParseClass(mustHaveName: -1);
        return new ClassExpression(start, PreviousEnd, modifiers, parts.Name, parts.TypeParameters, parts.Extends, parts.Implements, parts.BodyStart, parts.Members);
    }

    private readonly record struct ClassParts(Identifier? Name, TypeParameter[] TypeParameters, HeritageClause? Extends, HeritageClause? Implements, int BodyStart, Node[] Members);

    /// <summary>From <c>class</c> to the closing brace.</summary>
    /// <param name="mustHaveName">Start of a declaration that must have a name; else negative.</param>
    private ClassParts ParseClass(int mustHaveName)
    {
        Next();
        Identifier? name = null;

        // `class implements X { }` has no name.
        if (IsBindingIdentifier(Kind) && !(Kind == TokenKind.Implements && IsIdentifierName(PeekKind())))
        {
            name = TakeIdentifier();
        }
        else if (mustHaveName >= 0)
        {
            name = MissingIdentifier();
            if (Kind is TokenKind.OpenBrace or TokenKind.Extends or TokenKind.Implements or TokenKind.LessThan)
            {
                Report(DiagnosticCodes.ClassNameMissing, mustHaveName, PreviousEnd);
            }
        }

        var typeParameters = ParseTypeParameters();
        ParseHeritage(isInterface: false, out var extends, out var implements);
        var bodyStart = Start;
        if (!Expect(TokenKind.OpenBrace))
        {
            return new ClassParts(name, typeParameters, extends, implements, bodyStart, []);
        }

        var saved = context;
        context &= ParseContext.Ambient | ParseContext.Function | ParseContext.Await | ParseContext.Yield;
        classDepth++;
        var mark = scratchCount;
        var outer = EnterList(ListKind.ClassMembers);
        while (Kind is not (TokenKind.CloseBrace or TokenKind.EndOfFile))
        {
            if (Kind == TokenKind.Semicolon)
            {
                Next();
                Push(new SemicolonClassElement(PreviousEnd - 1, PreviousEnd));
                continue;
            }

            if (!CanStartMember() || (TokenFacts.IsKeyword(Kind) && !StartsClassMember()))
            {
                if (LeavesList(DiagnosticCodes.ClassMemberExpected))
                {
                    break;
                }

                continue;
            }

            var before = Start;
            Push(ParseClassMember());
            if (Start == before && Kind != TokenKind.EndOfFile)
            {
                Next();
            }
        }

        lists = outer;
        context = saved;
        classDepth--;
        ExpectClosing(TokenKind.CloseBrace, bodyStart);
        return new ClassParts(name, typeParameters, extends, implements, bodyStart, Drain<Node>(mark));
    }

    private bool CanStartMember() => IsLiteralPropertyName(Kind) || Kind is TokenKind.At or TokenKind.Asterisk or TokenKind.OpenBracket;

    private void ParseHeritage(bool isInterface, out HeritageClause? extends, out HeritageClause? implements)
    {
        extends = null;
        implements = null;
        while (Kind is TokenKind.Extends or TokenKind.Implements)
        {
            var start = Start;
            var mark = erasures.Count;
            var isExtends = Kind == TokenKind.Extends;
            if (isExtends ? extends is not null : implements is not null)
            {
                ReportHere(isExtends ? DiagnosticCodes.ExtendsTwice : DiagnosticCodes.ImplementsTwice);
            }
            else if (isExtends && implements is not null)
            {
                ReportHere(DiagnosticCodes.ExtendsAfterImplements);
            }

            Next();
            var listMark = scratchCount;
            do
            {
                if (Kind is TokenKind.OpenBrace or TokenKind.Extends or TokenKind.Implements or TokenKind.EndOfFile)
                {
                    // `class A extends { }` extends an object literal when another body follows.
                    if (Kind != TokenKind.OpenBrace || scratchCount != listMark || !IsObjectLiteralAsBase())
                    {
                        ReportMissingBase(isEmpty: scratchCount == listMark, isExtends ? "extends" : "implements");
                        break;
                    }
                }

                var typeStart = Start;
                var expression = ParseLeftHandSideExpression();
                TypeNode[] typeArguments = [];
                if (expression is ExpressionWithTypeArguments instantiation && instantiation.Start == typeStart)
                {
                    Push(instantiation);
                    continue;
                }

                if (Kind is TokenKind.LessThan or TokenKind.LessThanLessThan)
                {
                    typeArguments = ParseTypeArguments();
                }

                Push(new ExpressionWithTypeArguments(typeStart, PreviousEnd, expression, typeArguments));
            }
            while (Optional(TokenKind.Comma));

            var clause = new HeritageClause(start, PreviousEnd, Drain<ExpressionWithTypeArguments>(listMark));
            if (isExtends)
            {
                extends ??= clause;
                if (!isInterface && clause.Types.Length > 1)
                {
                    Report(DiagnosticCodes.OneBaseClass, clause.Types[1].Start, clause.Types[1].End);
                }
            }
            else
            {
                implements ??= clause;
                if (isInterface)
                {
                    Report(DiagnosticCodes.InterfaceImplements, start, PreviousEnd);
                }
                else
                {
                    Erase(mark, start, PreviousEnd, ErasureKind.Inline, DiagnosticCodes.ImplementsInJavaScript);
                }
            }
        }
    }

    private void ReportMissingBase(bool isEmpty, string keyword)
    {
        if (Kind == TokenKind.EndOfFile)
        {
            return; // the missing body is reported
        }

        if (isEmpty)
        {
            Report(DiagnosticCodes.HeritageListEmpty, PreviousEnd, PreviousEnd, keyword);
        }
        else
        {
            Report(DiagnosticCodes.TrailingCommaNotAllowed, PreviousEnd - 1, PreviousEnd);
        }
    }

    /// <summary><c>extends {}</c>: an empty object literal is a base when a comma, another clause or the body follows.</summary>
    private bool IsObjectLiteralAsBase()
    {
        var saved = lexer.Token;
        lexer.Next();
        var result = true;
        if (Kind == TokenKind.CloseBrace)
        {
            lexer.Next();
            result = Kind is TokenKind.Comma or TokenKind.OpenBrace or TokenKind.Extends or TokenKind.Implements;
        }

        lexer.Token = saved;
        return result;
    }

    private Node ParseClassMember()
    {
        if (!Enter())
        {
            return new SemicolonClassElement(PreviousEnd, PreviousEnd) { Flags = NodeFlags.Missing };
        }

        var member = ParseClassMemberCore();
        depth--;
        return member;
    }

    private Node ParseClassMemberCore()
    {
        var start = Start;
        var mark = erasures.Count;
        var saved = context;
        var modifiers = ParseModifiers(allowDecorators: true, constIsModifier: true, inClass: true);
        if (modifiers.Has(ModifierFlags.Declare))
        {
            context |= ParseContext.Ambient;
        }

        var member = ParseClassMemberAfterModifiers(start, modifiers, mark, out var isTypeOnly);
        context = saved;
        if (isTypeOnly || modifiers.Has(ModifierFlags.Declare | ModifierFlags.Abstract))
        {
            Erase(mark, start, member.End, ErasureKind.Member, DiagnosticCodes.SignatureInJavaScript);
        }

        return member;
    }

    /// <param name="isTypeOnly">The member has no run-time part: an overload or an index signature.</param>
    private Node ParseClassMemberAfterModifiers(int start, Modifiers modifiers, int mark, out bool isTypeOnly)
    {
        isTypeOnly = false;
        if (Kind == TokenKind.Static && PeekKind() == TokenKind.OpenBrace)
        {
            Next();
            var saved = context;
            context = (context & ParseContext.Ambient) | ParseContext.Function | ParseContext.Await;
            var block = ParseBlock();
            context = saved;
            return new ClassStaticBlock(start, PreviousEnd, modifiers, block);
        }

        if (Kind is TokenKind.Get or TokenKind.Set && IsAccessorHere())
        {
            var accessor = ParseAccessor(start, modifiers, inType: false);
            isTypeOnly = accessor.Body is null;
            return accessor;
        }

        if (IsConstructorHere())
        {
            Next();
            if (Kind is not (TokenKind.OpenParen or TokenKind.LessThan) && modifiers == Modifiers.None && !CanFollowMemberName())
            {
                Report(DiagnosticCodes.ClassMemberExpected, start, PreviousEnd);
            }

            if (Kind == TokenKind.LessThan)
            {
                ParseTypeParameters();
            }

            var parameters = ParseParameters(isAsync: false, isGenerator: false);
            var returnType = ParseReturnTypeAnnotation();
            _ = returnType;
            var body = ParseFunctionBody(isAsync: false, isGenerator: false, out var semicolon);
            isTypeOnly = body is null;
            return new ConstructorDeclaration(start, PreviousEnd, modifiers, parameters, body)
            {
                Flags = AmbientFlag | (semicolon ? NodeFlags.None : NodeFlags.NoSemicolon),
            };
        }

        if (IsIndexSignatureHere())
        {
            isTypeOnly = true;
            return ParseIndexSignature(start, modifiers);
        }

        if (IsLiteralPropertyName(Kind) || Kind is TokenKind.Asterisk or TokenKind.OpenBracket)
        {
            return ParsePropertyOrMethod(start, modifiers, out isTypeOnly);
        }

        Report(DiagnosticCodes.DeclarationExpected, PreviousEnd, PreviousEnd);
        return new PropertyDeclaration(start, PreviousEnd, modifiers, MissingIdentifier(), null, null);
    }

    /// <summary><c>get</c> or <c>set</c> followed by a name; before <c>*</c> it is a field, and a generator follows.</summary>
    private bool IsAccessorHere()
    {
        var saved = lexer.Token;
        lexer.Next();
        var result = Kind != TokenKind.Asterisk && CanFollowModifier();
        lexer.Token = saved;
        return result;
    }

    private bool IsConstructorHere() =>
        Kind == TokenKind.Constructor
        || (Kind == TokenKind.StringLiteral && (TokenText is "'constructor'" or "\"constructor\"") && PeekKind() == TokenKind.OpenParen);

    private AccessorDeclaration ParseAccessor(int start, Modifiers modifiers, bool inType)
    {
        var kind = Kind == TokenKind.Get ? SyntaxKind.GetAccessor : SyntaxKind.SetAccessor;
        Next();
        var name = ParsePropertyName();
        var signature = ParseSignature(isAsync: false, isGenerator: false);
        Block? body = null;
        var semicolon = true;
        if (inType && Kind != TokenKind.OpenBrace)
        {
            ParseTypeMemberSeparator();
        }
        else
        {
            body = ParseFunctionBody(isAsync: false, isGenerator: false, out semicolon);
        }

        if (body is null)
        {
            NoteSignatureKey(name);
        }

        return new AccessorDeclaration(kind, start, PreviousEnd, modifiers, name, signature.TypeParameters, signature.Parameters, signature.Type, body)
        {
            Flags = AmbientFlag | (semicolon ? NodeFlags.None : NodeFlags.NoSemicolon),
        };
    }

    private Member ParsePropertyOrMethod(int start, Modifiers modifiers, out bool isTypeOnly)
    {
        isTypeOnly = false;
        var isGenerator = Optional(TokenKind.Asterisk);
        var name = ParsePropertyName();
        var flags = AmbientFlag;
        var markerStart = -1;
        if (Kind == TokenKind.Question)
        {
            markerStart = Start;
            flags |= NodeFlags.Optional;
            Next();
        }

        if (isGenerator || Kind is TokenKind.OpenParen or TokenKind.LessThan)
        {
            if (markerStart >= 0)
            {
                Erase(erasures.Count, markerStart, markerStart + 1, ErasureKind.Inline, DiagnosticCodes.ModifierInJavaScript, "?");
            }

            var isAsync = modifiers.Has(ModifierFlags.Async);
            var signature = ParseSignature(isAsync, isGenerator);
            var body = ParseFunctionBody(isAsync, isGenerator, out var methodSemicolon);
            isTypeOnly = body is null;
            if (isTypeOnly)
            {
                NoteSignatureKey(name);
            }

            return new MethodDeclaration(start, PreviousEnd, modifiers, name, signature.TypeParameters, signature.Parameters, signature.Type, body)
            {
                Flags = flags | FunctionFlags(isAsync, isGenerator) | (methodSemicolon ? NodeFlags.None : NodeFlags.NoSemicolon),
            };
        }

        if (markerStart < 0 && Kind == TokenKind.Exclamation && !NewLineBefore)
        {
            markerStart = Start;
            flags |= NodeFlags.Definite;
            Next();
        }

        if (modifiers.Has(ModifierFlags.Abstract))
        {
            NoteSignatureKey(name);
        }

        var type = ParseTypeAnnotation(markerStart);
        Expression? initializer = null;
        if (Optional(TokenKind.Equals))
        {
            var saved = context;
            context = (context & ParseContext.Ambient) | ParseContext.Function;
            initializer = ParseAssignmentExpression();
            context = saved;
        }

        if (!CanEndStatement)
        {
            ReportMissingSemicolonAfterProperty(modifiers, name, type, initializer);
        }

        var semicolon = Optional(TokenKind.Semicolon);
        return new PropertyDeclaration(start, PreviousEnd, modifiers, name, type, initializer) { Flags = flags | (semicolon ? NodeFlags.None : NodeFlags.NoSemicolon) };
    }

    private Node ParsePropertyName()
    {
        switch (Kind)
        {
            case TokenKind.StringLiteral:
                return TakeStringLiteral();
            case TokenKind.NumericLiteral:
                return TakeLiteral(SyntaxKind.NumericLiteral);
            case TokenKind.BigIntLiteral:
                return TakeLiteral(SyntaxKind.BigIntLiteral);
            case TokenKind.PrivateIdentifier:
                return TakePrivateIdentifier();
            case TokenKind.OpenBracket:
                var start = Start;
                Next();
                var expression = ParseExpressionAllowIn();
                ExpectClosing(TokenKind.CloseBracket, start);
                return new ComputedPropertyName(start, PreviousEnd, expression);
            default:
                return ParsePropertyIdentifier();
        }
    }

    /// <summary>A name in property position says nothing about <c>await</c>.</summary>
    private Identifier ParsePropertyIdentifier()
    {
        var saw = sawAwaitName;
        var name = ParseIdentifierName();
        sawAwaitName = saw;
        return name;
    }
}
