using Kiln.TypeScript.Diagnostics;
using Kiln.TypeScript.Tree;

namespace Kiln.TypeScript;

internal sealed partial class FileParser
{
    // Modifiers.

    private static ModifierFlags ModifierOf(TokenKind kind) => kind switch
    {
        TokenKind.Export => ModifierFlags.Export,
        TokenKind.Default => ModifierFlags.Default,
        TokenKind.Declare => ModifierFlags.Declare,
        TokenKind.Abstract => ModifierFlags.Abstract,
        TokenKind.Async => ModifierFlags.Async,
        TokenKind.Const => ModifierFlags.Const,
        TokenKind.Public => ModifierFlags.Public,
        TokenKind.Private => ModifierFlags.Private,
        TokenKind.Protected => ModifierFlags.Protected,
        TokenKind.Static => ModifierFlags.Static,
        TokenKind.Readonly => ModifierFlags.Readonly,
        TokenKind.Override => ModifierFlags.Override,
        TokenKind.Accessor => ModifierFlags.Accessor,
        TokenKind.In => ModifierFlags.In,
        TokenKind.Out => ModifierFlags.Out,
        _ => ModifierFlags.None,
    };

    private const ModifierFlags ErasedModifiers =
        ModifierFlags.Declare | ModifierFlags.Abstract | ModifierFlags.Public | ModifierFlags.Private | ModifierFlags.Protected | ModifierFlags.Readonly | ModifierFlags.Override;

    /// <param name="constIsModifier">In type parameters and class members; before <c>enum</c> it always is one. <c>in</c> and <c>out</c> stand in type parameters alone.</param>
    /// <param name="inClass"><c>static {</c> starts a static block.</param>
    private Modifiers ParseModifiers(bool allowDecorators, bool constIsModifier = false, bool inClass = false)
    {
        if (Kind != TokenKind.At && ModifierOf(Kind) == ModifierFlags.None)
        {
            return Modifiers.None;
        }

        var start = Start;
        var flags = ModifierFlags.None;
        var mark = scratchCount;
        while (true)
        {
            if (Kind == TokenKind.At)
            {
                if (!allowDecorators)
                {
                    break;
                }

                Push(ParseDecorator());
                continue;
            }

            var flag = ModifierOf(Kind);
            if (flag == ModifierFlags.None || ((flag & (ModifierFlags.In | ModifierFlags.Out)) != 0 && (!constIsModifier || inClass))
                || (flag == ModifierFlags.Default && (flags != ModifierFlags.Export || inClass))
                || (flag == ModifierFlags.Static && (flags & ModifierFlags.Static) != 0) || !IsModifierHere(constIsModifier, inClass))
            {
                break;
            }

            flags |= flag;
            var keywordStart = Start;
            Next();
            if ((flag & ErasedModifiers) != 0)
            {
                Erase(erasures.Count, keywordStart, Start, ErasureKind.Inline, DiagnosticCodes.ModifierInJavaScript, text[keywordStart..PreviousEnd]);
            }
            else if (flag == ModifierFlags.Accessor)
            {
                needsTransform = true;
            }
        }

        var decorators = Drain<Decorator>(mark);
        return flags == 0 && decorators.Length == 0 ? Modifiers.None : new Modifiers(flags, decorators, start, Start);
    }

    /// <summary>The current word is a modifier and not itself the name: decided by the token after it.</summary>
    private bool IsModifierHere(bool constIsModifier, bool inClass)
    {
        var saved = lexer.Token;
        var kind = Kind;
        lexer.Next();
        bool result;
        switch (kind)
        {
            case TokenKind.Const:
                result = Kind == TokenKind.Enum || (constIsModifier && !NewLineBefore && CanFollowModifier());
                break;
            case TokenKind.Export:
                if (Kind == TokenKind.Default)
                {
                    lexer.Next();
                    result = CanFollowDefault();
                }
                else if (Kind == TokenKind.Type)
                {
                    // `export type X`, but not `export type {`, `export type *`.
                    lexer.Next();
                    result = CanFollowExport();
                }
                else
                {
                    result = CanFollowExport();
                }

                break;
            case TokenKind.Default:
                result = CanFollowDefault();
                break;
            case TokenKind.Static:
                result = !(inClass && Kind == TokenKind.OpenBrace) && CanFollowModifier();
                break;
            default:
                result = !NewLineBefore && CanFollowModifier();
                break;
        }

        lexer.Token = saved;
        return result;
    }

    private bool CanFollowExport() =>
        Kind == TokenKind.At || (Kind is not (TokenKind.Asterisk or TokenKind.As or TokenKind.OpenBrace) && CanFollowModifier());

    private bool CanFollowDefault()
    {
        switch (Kind)
        {
            case TokenKind.Class or TokenKind.Function or TokenKind.Interface or TokenKind.At:
                return true;
            case TokenKind.Abstract:
                return PeekKind(out var line) == TokenKind.Class && !line;
            case TokenKind.Async:
                return PeekKind(out line) == TokenKind.Function && !line;
            default:
                return false;
        }
    }

    private bool CanFollowModifier() =>
        Kind is TokenKind.OpenBracket or TokenKind.OpenBrace or TokenKind.Asterisk or TokenKind.DotDotDot || IsLiteralPropertyName(Kind);

    private Decorator ParseDecorator()
    {
        var start = Start;
        if (!Enter())
        {
            return new Decorator(start, start, MissingIdentifier());
        }

        needsTransform = true;
        Next();
        var saved = context;
        context |= ParseContext.Decorator;
        var expression = ParseLeftHandSideExpression();
        context = saved;
        depth--;
        return new Decorator(start, PreviousEnd, expression);
    }

    // Declarations.

    private Statement ParseDeclaration()
    {
        var start = Start;
        var mark = erasures.Count;
        var modifiers = ParseModifiers(allowDecorators: true);
        if (!modifiers.Has(ModifierFlags.Declare))
        {
            return ParseDeclarationAfterModifiers(start, modifiers, mark);
        }

        var saved = context;
        context |= ParseContext.Ambient;
        var statement = ParseDeclarationAfterModifiers(start, modifiers, mark);
        context = saved;
        Erase(mark, statement.Start, statement.End, ErasureKind.Statement, DiagnosticCodes.ModifierInJavaScript, "declare");
        return statement;
    }

    private Statement ParseDeclarationAfterModifiers(int start, Modifiers modifiers, int mark)
    {
        switch (Kind)
        {
            case TokenKind.Var or TokenKind.Let or TokenKind.Const or TokenKind.Using or TokenKind.Await:
                return ParseVariableStatement(start, modifiers);
            case TokenKind.Function:
                return ParseFunctionDeclaration(start, modifiers, mark);
            case TokenKind.Class:
                return ParseClassDeclaration(start, modifiers, mark);
            case TokenKind.Interface:
                return ParseInterface(start, modifiers, mark);
            case TokenKind.Type:
                return ParseTypeAlias(start, modifiers, mark);
            case TokenKind.Enum:
                return ParseEnum(start, modifiers);
            case TokenKind.Global or TokenKind.Module or TokenKind.Namespace:
                return ParseModule(start, modifiers, mark);
            case TokenKind.Import:
                return ParseImport(start, modifiers, mark);
            case TokenKind.Export:
                return ParseExport(start, modifiers, mark);
            default:
                // Modifiers or decorators that nothing follows.
                if (modifiers.Has(ModifierFlags.Export) && text[start] != '@')
                {
                    Report(DiagnosticCodes.DeclarationOrStatementExpected, start, start + "export".Length);
                }
                else
                {
                    Report(DiagnosticCodes.DeclarationExpected, PreviousEnd, PreviousEnd);
                }

                var expression = CanStartStatement(Kind) && Kind != TokenKind.EndOfFile ? ParseExpression() : MissingIdentifier();
                var semicolon = Optional(TokenKind.Semicolon);
                return Ended(new ExpressionStatement(start, PreviousEnd, expression), semicolon);
        }
    }

    private FunctionDeclaration ParseFunctionDeclaration(int start, Modifiers modifiers, int mark)
    {
        Next();
        var isGenerator = Optional(TokenKind.Asterisk);
        var isAsync = modifiers.Has(ModifierFlags.Async);
        Identifier? name = null;
        if (IsBindingIdentifier(Kind))
        {
            name = TakeIdentifier();
        }
        else if (!modifiers.Has(ModifierFlags.Default))
        {
            name = ReportMissingIdentifier();
        }

        var signature = ParseSignature(isAsync, isGenerator);
        var body = ParseFunctionBody(isAsync, isGenerator, out var semicolon);
        var function = new FunctionDeclaration(start, PreviousEnd, modifiers, name, signature.TypeParameters, signature.Parameters, signature.Type, body)
        {
            Flags = FunctionFlags(isAsync, isGenerator) | AmbientFlag,
        };
        if (body is null)
        {
            Erase(mark, start, PreviousEnd, ErasureKind.Statement, DiagnosticCodes.SignatureInJavaScript);
            Ended(function, semicolon);
        }

        return function;
    }

    private static NodeFlags FunctionFlags(bool isAsync, bool isGenerator) =>
        (isAsync ? NodeFlags.Async : NodeFlags.None) | (isGenerator ? NodeFlags.Generator : NodeFlags.None);

    private readonly record struct Signature(TypeParameter[] TypeParameters, Parameter[] Parameters, TypeNode? Type);

    private ParseContext FunctionContext(bool isAsync, bool isGenerator) =>
        (context & ParseContext.Ambient) | ParseContext.Function | (isAsync ? ParseContext.Await : 0) | (isGenerator ? ParseContext.Yield : 0);

    private Signature ParseSignature(bool isAsync, bool isGenerator)
    {
        var typeParameters = ParseTypeParameters();
        var parameters = ParseParameters(isAsync, isGenerator);
        var type = ParseReturnTypeAnnotation();
        return new Signature(typeParameters, parameters, type);
    }

    /// <summary>A body, or the semicolon of a signature without one.</summary>
    private Block? ParseFunctionBody(bool isAsync, bool isGenerator, out bool semicolon)
    {
        semicolon = true;
        if (Kind != TokenKind.OpenBrace && CanEndStatement)
        {
            semicolon = Optional(TokenKind.Semicolon);
            return null;
        }

        return ParseFunctionBlock(isAsync, isGenerator, DiagnosticCodes.BraceOrSemicolonExpected);
    }

    private Block ParseFunctionBlock(bool isAsync, bool isGenerator, int missingCode = DiagnosticCodes.TokenExpected)
    {
        var saved = context;
        context = FunctionContext(isAsync, isGenerator);
        var block = ParseBlock(missingCode);
        context = saved;
        return block;
    }

    private Parameter[] ParseParameters(bool isAsync, bool isGenerator)
    {
        var open = Start;
        if (!Expect(TokenKind.OpenParen))
        {
            return [];
        }

        var saved = context;

        // A decorator of a parameter is evaluated outside the function.
        var decoratorContext = context & ~(ParseContext.NoIn | ParseContext.Decorator | ParseContext.NoConditionalTypes);
        context = FunctionContext(isAsync, isGenerator);
        var parameters = ParseParameterList(TokenKind.CloseParen, decoratorContext);
        ExpectClosing(TokenKind.CloseParen, open);
        context = saved;
        return parameters;
    }

    private Parameter[] ParseParameterList(TokenKind close, ParseContext decoratorContext)
    {
        var mark = scratchCount;
        var outer = EnterList(ListKind.Parameters);
        while (Kind is not (TokenKind.CloseParen or TokenKind.CloseBracket or TokenKind.EndOfFile))
        {
            if (!CanStartParameter())
            {
                ReportMissingParameter();
                if (LeavesList(DiagnosticCodes.ParameterDeclarationExpected))
                {
                    break;
                }

                continue;
            }

            var before = Start;

            var parameter = ParseParameter(decoratorContext);
            Push(parameter);
            if (TakeSeparator(close, before) && Kind == close)
            {
                parameter.Flags |= NodeFlags.TrailingComma;
            }
        }

        lists = outer;
        return Drain<Parameter>(mark);
    }

    private bool CanStartParameter() =>
        IsBindingIdentifier(Kind) || ModifierOf(Kind) != ModifierFlags.None
        || Kind is TokenKind.DotDotDot or TokenKind.OpenBrace or TokenKind.OpenBracket or TokenKind.At or TokenKind.This or TokenKind.PrivateIdentifier;

    private Parameter ParseParameter(ParseContext decoratorContext)
    {
        var start = Start;
        var mark = erasures.Count;
        Modifiers modifiers;
        if (Kind == TokenKind.At)
        {
            var saved = context;
            context = decoratorContext;
            modifiers = ParseModifiers(allowDecorators: true);
            context = saved;
        }
        else
        {
            modifiers = ParseModifiers(allowDecorators: true);
        }

        if (Kind == TokenKind.This)
        {
            var self = new Identifier(Start, lexer.Token.End);
            Next();
            var selfType = ParseTypeAnnotation();
            var parameter = new Parameter(start, PreviousEnd, modifiers, self, selfType, null);

            // `this` is no parameter of the function: it goes with its comma, the comma itself is taken by the caller.
            Erase(mark, start, Kind == TokenKind.Comma ? lexer.Token.End : PreviousEnd, ErasureKind.Inline, DiagnosticCodes.TypeAnnotationInJavaScript);
            return parameter;
        }

        if (modifiers.Has(ModifierFlags.ParameterProperty))
        {
            needsTransform = true;
        }

        var flags = Optional(TokenKind.DotDotDot) ? NodeFlags.Rest : NodeFlags.None;
        var name = ParseBindingName(DiagnosticCodes.PrivateParameter);
        var markerStart = -1;
        if (Kind == TokenKind.Question)
        {
            flags |= NodeFlags.Optional;
            markerStart = Start;
            Next();
        }

        var type = ParseTypeAnnotation(markerStart);
        var initializer = ParseInitializer();
        return new Parameter(start, PreviousEnd, modifiers, name, type, initializer) { Flags = flags };
    }

    // Interfaces, aliases, enums, namespaces.

    private InterfaceDeclaration ParseInterface(int start, Modifiers modifiers, int mark)
    {
        Next();
        var name = ParseIdentifier();
        var typeParameters = ParseTypeParameters();
        ParseHeritage(isInterface: true, out var extends, out _);
        var members = ParseTypeMembers();
        var declaration = new InterfaceDeclaration(start, PreviousEnd, modifiers, name, typeParameters, extends, members) { Flags = AmbientFlag };
        Erase(mark, start, PreviousEnd, ErasureKind.Statement, DiagnosticCodes.DeclarationInJavaScript, "interface");
        return declaration;
    }

    private TypeAliasDeclaration ParseTypeAlias(int start, Modifiers modifiers, int mark)
    {
        Next();
        if (NewLineBefore)
        {
            ReportHere(DiagnosticCodes.LineBreakNotPermitted);
        }

        var name = ParseIdentifier();
        var typeParameters = ParseTypeParameters();
        Expect(TokenKind.Equals);
        TypeNode type;
        if (Kind == TokenKind.Intrinsic && PeekKind() != TokenKind.Dot)
        {
            type = new KeywordType(Start, lexer.Token.End);
            Next();
        }
        else
        {
            type = ParseType();
        }

        var semicolon = ExpectSemicolon();
        var declaration = Ended(new TypeAliasDeclaration(start, PreviousEnd, modifiers, name, typeParameters, type) { Flags = AmbientFlag }, semicolon);
        Erase(mark, start, PreviousEnd, ErasureKind.Statement, DiagnosticCodes.TypeAliasInJavaScript);
        return declaration;
    }

    private EnumDeclaration ParseEnum(int start, Modifiers modifiers)
    {
        Next();
        if ((context & ParseContext.Ambient) == 0)
        {
            needsTransform = true;
        }

        var name = ParseIdentifier();
        var mark = scratchCount;
        var open = Start;
        if (Expect(TokenKind.OpenBrace))
        {
            var saved = context;
            context &= ParseContext.Ambient | ParseContext.Function;
            var outer = EnterList(ListKind.EnumMembers);
            while (Kind is not (TokenKind.CloseBrace or TokenKind.EndOfFile))
            {
                if (!IsLiteralPropertyName(Kind) && Kind != TokenKind.OpenBracket)
                {
                    if (LeavesList(DiagnosticCodes.EnumMemberExpected))
                    {
                        break;
                    }

                    continue;
                }

                var memberStart = Start;
                if (Kind == TokenKind.PrivateIdentifier)
                {
                    ReportHere(DiagnosticCodes.EnumMemberPrivate);
                }

                var memberName = ParsePropertyName();
                var initializer = ParseInitializer();
                Push(new EnumMember(memberStart, PreviousEnd, memberName, initializer));
                TakeSeparator(TokenKind.CloseBrace, memberStart, code: DiagnosticCodes.EnumMemberEnd);
            }

            lists = outer;
            ExpectClosing(TokenKind.CloseBrace, open);
            context = saved;
        }

        var declaration = new EnumDeclaration(start, PreviousEnd, modifiers, name, Drain<EnumMember>(mark)) { Flags = AmbientFlag };
        TypeScriptOnly(DiagnosticCodes.DeclarationInJavaScript, start, PreviousEnd, "enum");
        return declaration;
    }

    private ModuleDeclaration ParseModule(int start, Modifiers modifiers, int mark)
    {
        var isGlobal = Kind == TokenKind.Global;
        Expression name;
        if (isGlobal)
        {
            name = TakeIdentifier();
        }
        else
        {
            // Only `module` may have a string for its name.
            var isModule = Kind == TokenKind.Module;
            Next();
            name = isModule && Kind == TokenKind.StringLiteral ? TakeStringLiteral() : ParseIdentifier();
        }

        if ((context & ParseContext.Ambient) == 0)
        {
            needsTransform = true;
        }

        Statement? body;
        if (name is StringLiteral || isGlobal)
        {
            if (Kind == TokenKind.OpenBrace)
            {
                body = ParseModuleBlock();
            }
            else
            {
                body = null;
                ExpectSemicolon();
            }
        }
        else
        {
            body = Kind == TokenKind.Dot ? ParseNestedNamespace() : ParseModuleBlock();
        }

        var declaration = new ModuleDeclaration(start, PreviousEnd, modifiers, name, isGlobal, body) { Flags = AmbientFlag };
        if (name is StringLiteral)
        {
            AddReference(declaration);
        }

        TypeScriptOnly(DiagnosticCodes.DeclarationInJavaScript, start, PreviousEnd, "namespace");
        return declaration;
    }

    /// <summary>The <c>.B.C { }</c> of <c>namespace A.B.C { }</c>; the current token is the dot.</summary>
    private Statement ParseNestedNamespace()
    {
        if (!Enter())
        {
            return new SimpleStatement(SyntaxKind.EmptyStatement, PreviousEnd, PreviousEnd) { Flags = NodeFlags.Missing };
        }

        Next();
        var start = Start;
        var name = ParseIdentifierName();
        var body = Kind == TokenKind.Dot ? ParseNestedNamespace() : ParseModuleBlock();
        depth--;
        return new ModuleDeclaration(start, PreviousEnd, Modifiers.None, name, false, body) { Flags = AmbientFlag };
    }

    private ModuleBlock ParseModuleBlock()
    {
        var start = Start;
        if (!Expect(TokenKind.OpenBrace))
        {
            return new ModuleBlock(start, start, []) { Flags = NodeFlags.Missing };
        }

        var saved = context;
        context = (context & ParseContext.Ambient) | ParseContext.Function;
        var statements = ParseStatements();
        context = saved;
        ExpectClosing(TokenKind.CloseBrace, start);
        return new ModuleBlock(start, PreviousEnd, statements);
    }
}
