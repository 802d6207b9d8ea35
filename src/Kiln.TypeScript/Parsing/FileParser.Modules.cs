using Kiln.TypeScript.Diagnostics;
using Kiln.TypeScript.Tree;

namespace Kiln.TypeScript;

internal sealed partial class FileParser
{
    // Imports.

    private Statement ParseImport(int start, Modifiers modifiers, int mark)
    {
        Next();
        Identifier? name = IsIdentifier(Kind) ? TakeIdentifier() : null;
        var phase = ImportPhase.Evaluation;
        var isTypeOnly = false;
        if (name is not null)
        {
            var word = text.AsSpan(name.Start, name.Length);
            if (word is "type" && (Kind != TokenKind.From || IsFromANameHere()) && (IsIdentifier(Kind) || Kind is TokenKind.Asterisk or TokenKind.OpenBrace))
            {
                isTypeOnly = true;
                name = IsIdentifier(Kind) ? TakeIdentifier() : null;
            }
            else if (word is "defer" or "source" && IsPhaseHere())
            {
                phase = word is "defer" ? ImportPhase.Defer : ImportPhase.Source;
                name = IsIdentifier(Kind) ? TakeIdentifier() : null;
            }
        }

        if (name is not null && phase == ImportPhase.Evaluation && Kind is not (TokenKind.Comma or TokenKind.From))
        {
            return ParseImportEquals(start, modifiers, name, isTypeOnly, mark);
        }

        ImportClause? clause = null;
        if (name is not null || Kind is TokenKind.Asterisk or TokenKind.OpenBrace)
        {
            var clauseStart = name?.Start ?? Start;
            Node? bindings = null;
            if (name is null || Optional(TokenKind.Comma))
            {
                bindings = Kind == TokenKind.Asterisk ? ParseNamespaceImport() : ParseNamedImports();
            }

            clause = new ImportClause(clauseStart, PreviousEnd, name, bindings);
            Expect(TokenKind.From);
        }

        var specifier = ParseModuleSpecifier();
        var attributes = ParseImportAttributes();
        var semicolon = ExpectSemicolon();
        var declaration = Ended(
            new ImportDeclaration(start, PreviousEnd, phase, clause, specifier, attributes) { Flags = (isTypeOnly ? NodeFlags.TypeOnly : NodeFlags.None) | AmbientFlag },
            semicolon);
        AddReference(declaration);
        if (isTypeOnly)
        {
            Erase(mark, start, PreviousEnd, ErasureKind.Statement, DiagnosticCodes.DeclarationInJavaScript, "import type");
        }

        return declaration;
    }

    /// <summary>The current <c>from</c> is a name itself: <c>import type from from "x"</c>, <c>import type from = …</c>.</summary>
    private bool IsFromANameHere() => PeekKind() is TokenKind.From or TokenKind.Equals;

    /// <summary><c>import defer * as ns from</c> and <c>import source x from</c>, but <c>import defer from</c>, <c>import defer, { a } from</c>.</summary>
    private bool IsPhaseHere() =>
        Kind == TokenKind.From ? PeekKind() != TokenKind.StringLiteral : Kind is not (TokenKind.Comma or TokenKind.Equals);

    private StringLiteral ParseModuleSpecifier()
    {
        if (Kind == TokenKind.StringLiteral)
        {
            return TakeStringLiteral();
        }

        if (CanStartExpression())
        {
            ReportHere(DiagnosticCodes.StringLiteralExpected);
            ParseAssignmentAllowIn();
        }
        else
        {
            ReportHere(DiagnosticCodes.ExpressionExpected);
        }

        return new StringLiteral(PreviousEnd, PreviousEnd) { Flags = NodeFlags.Missing };
    }

    private NamespaceImport ParseNamespaceImport()
    {
        var start = Start;
        Next();
        Expect(TokenKind.As);
        var name = ParseIdentifier();
        return new NamespaceImport(start, PreviousEnd, name);
    }

    private NamedImports ParseNamedImports()
    {
        var start = Start;
        var mark = scratchCount;
        if (Expect(TokenKind.OpenBrace))
        {
            var outer = EnterList(ListKind.Specifiers);
            while (Kind is not (TokenKind.CloseBrace or TokenKind.EndOfFile))
            {
                if (Kind == TokenKind.From && PeekKind() == TokenKind.StringLiteral)
                {
                    break; // `{ a, from "x"`: the brace is missing
                }

                if (!IsSpecifierHere())
                {
                    if (LeavesList(DiagnosticCodes.IdentifierExpected))
                    {
                        break;
                    }

                    continue;
                }

                var names = ParseSpecifier(isImport: true);
                if (names.Name is Identifier local)
                {
                    Push(new ImportSpecifier(names.Start, PreviousEnd, names.PropertyName, local) { Flags = names.IsTypeOnly ? NodeFlags.TypeOnly : NodeFlags.None });
                }
                else
                {
                    Report(DiagnosticCodes.IdentifierExpected, names.Name.Start, names.Name.End);
                }

                TakeSeparator(TokenKind.CloseBrace, names.Start);
            }

            lists = outer;
            ExpectClosing(TokenKind.CloseBrace, start);
        }

        return new NamedImports(start, PreviousEnd, Drain<ImportSpecifier>(mark));
    }

    private bool CanParseExportName() => IsIdentifierName(Kind) || Kind == TokenKind.StringLiteral;

    private readonly record struct SpecifierNames(int Start, bool IsTypeOnly, Expression? PropertyName, Expression Name);

    /// <summary><c>[type] a [as b]</c>, where each of <c>type</c> and <c>as</c> may also be a name.</summary>
    private SpecifierNames ParseSpecifier(bool isImport)
    {
        var start = Start;
        var isTypeOnly = false;
        var mayRename = true;
        Expression? propertyName = null;
        var nameIsReserved = TokenFacts.IsReservedWord(Kind);
        var startsWithType = Kind == TokenKind.Type;
        var name = ParseExportName();
        if (startsWithType)
        {
            if (Kind == TokenKind.As)
            {
                // type as …
                var firstAs = ParsePropertyIdentifier();
                if (Kind == TokenKind.As)
                {
                    var secondAs = ParsePropertyIdentifier();
                    if (CanParseExportName())
                    {
                        // type as as x: imports the type named `as`
                        isTypeOnly = true;
                        propertyName = firstAs;
                        nameIsReserved = TokenFacts.IsReservedWord(Kind);
                        name = ParseExportName();
                    }
                    else
                    {
                        // type as as: the value named `type`
                        propertyName = name;
                        name = secondAs;
                    }

                    mayRename = false;
                }
                else if (CanParseExportName())
                {
                    // type as x: the value named `type`
                    propertyName = name;
                    nameIsReserved = TokenFacts.IsReservedWord(Kind);
                    name = ParseExportName();
                    mayRename = false;
                }
                else
                {
                    // type as: the type named `as`
                    isTypeOnly = true;
                    name = firstAs;
                }
            }
            else if (CanParseExportName())
            {
                isTypeOnly = true;
                nameIsReserved = TokenFacts.IsReservedWord(Kind);
                name = ParseExportName();
            }
        }

        if (mayRename && Kind == TokenKind.As)
        {
            propertyName = name;
            Next();
            nameIsReserved = TokenFacts.IsReservedWord(Kind);
            name = ParseExportName();
        }

        if (isTypeOnly && !isTypeScript)
        {
            Report(DiagnosticCodes.DeclarationInJavaScript, start, PreviousEnd, isImport ? "import type" : "export type");
        }

        if (isImport && nameIsReserved)
        {
            Report(DiagnosticCodes.IdentifierExpected, name.Start, name.End);
        }

        return new SpecifierNames(start, isTypeOnly, propertyName, name);
    }

    private Expression ParseExportName() => Kind == TokenKind.StringLiteral ? TakeStringLiteral() : ParsePropertyIdentifier();

    private ImportEqualsDeclaration ParseImportEquals(int start, Modifiers modifiers, Identifier name, bool isTypeOnly, int mark)
    {
        Expect(TokenKind.Equals);
        Node reference;
        var isExternal = Kind == TokenKind.Require && PeekKind() == TokenKind.OpenParen;
        if (isExternal)
        {
            var referenceStart = Start;
            Next();
            Next();
            var specifier = ParseModuleSpecifier();
            Expect(TokenKind.CloseParen);
            reference = new ExternalModuleReference(referenceStart, PreviousEnd, specifier);
        }
        else
        {
            reference = ParseEntityName(allowReservedRight: false);
        }

        var semicolon = ExpectSemicolon();
        var declaration = Ended(
            new ImportEqualsDeclaration(start, PreviousEnd, modifiers, name, reference) { Flags = (isTypeOnly ? NodeFlags.TypeOnly : NodeFlags.None) | AmbientFlag },
            semicolon);
        if (isExternal)
        {
            AddReference(declaration);
        }

        if (isTypeOnly)
        {
            Erase(mark, start, PreviousEnd, ErasureKind.Statement, DiagnosticCodes.ImportEqualsInJavaScript);
        }
        else
        {
            needsTransform = true;
            TypeScriptOnly(DiagnosticCodes.ImportEqualsInJavaScript, start, PreviousEnd);
        }

        return declaration;
    }

    /// <summary><c>with { … }</c>, or <c>assert { … }</c> on the same line.</summary>
    private ImportAttributes? ParseImportAttributes()
    {
        if (Kind == TokenKind.With || (Kind == TokenKind.Assert && !NewLineBefore))
        {
            var start = Start;
            var isAssert = Kind == TokenKind.Assert;
            Next();
            return ParseImportAttributeList(start, isAssert);
        }

        return null;
    }

    private ImportAttributes ParseImportAttributeList(int start, bool isAssert)
    {
        var mark = scratchCount;
        var open = Start;
        if (Expect(TokenKind.OpenBrace))
        {
            var outer = EnterList(ListKind.ImportAttributes);
            while (Kind is not (TokenKind.CloseBrace or TokenKind.EndOfFile))
            {
                var attributeStart = Start;
                if (!CanParseExportName())
                {
                    if (LeavesList(DiagnosticCodes.IdentifierOrStringExpected))
                    {
                        break;
                    }

                    continue;
                }

                var name = ParseExportName();
                Expect(TokenKind.Colon);
                var value = ParseAssignmentAllowIn();
                Push(new ImportAttribute(attributeStart, PreviousEnd, name, value));
                TakeSeparator(TokenKind.CloseBrace, attributeStart, forgiveSemicolon: true);
            }

            lists = outer;
            ExpectClosing(TokenKind.CloseBrace, open);
        }

        return new ImportAttributes(start, PreviousEnd, isAssert, Drain<ImportAttribute>(mark));
    }

    // Exports.

    /// <summary>An <c>export</c> that is not a modifier: <c>export =</c>, <c>export default e</c>, <c>export as namespace</c>, <c>export *</c>, <c>export { }</c>.</summary>
    private Statement ParseExport(int start, Modifiers modifiers, int mark)
    {
        _ = modifiers;
        Next();
        switch (Kind)
        {
            case TokenKind.Default:
            case TokenKind.Equals:
                return ParseExportAssignment(start);
            case TokenKind.As:
                return ParseNamespaceExportDeclaration(start, mark);
            case TokenKind.Asterisk or TokenKind.OpenBrace or TokenKind.Type:
                return ParseExportDeclaration(start, mark);
            default:
                Report(DiagnosticCodes.DeclarationOrStatementExpected, start, PreviousEnd);
                return new SimpleStatement(SyntaxKind.EmptyStatement, start, PreviousEnd) { Flags = NodeFlags.Missing };
        }
    }

    private ExportAssignment ParseExportAssignment(int start)
    {
        var isEquals = Kind == TokenKind.Equals;
        Next();
        var expression = ParseAssignmentAllowIn();
        var semicolon = ExpectSemicolon();
        var assignment = Ended(new ExportAssignment(start, PreviousEnd, isEquals, expression) { Flags = AmbientFlag }, semicolon);
        if (isEquals)
        {
            needsTransform = true;
            TypeScriptOnly(DiagnosticCodes.ExportEqualsInJavaScript, start, PreviousEnd);
        }

        return assignment;
    }

    private NamespaceExportDeclaration ParseNamespaceExportDeclaration(int start, int mark)
    {
        Next();
        Expect(TokenKind.Namespace);
        var name = ParseIdentifier();
        var semicolon = ExpectSemicolon();
        var declaration = Ended(new NamespaceExportDeclaration(start, PreviousEnd, name), semicolon);
        Erase(mark, start, PreviousEnd, ErasureKind.Statement, DiagnosticCodes.DeclarationInJavaScript, "export as namespace");
        return declaration;
    }

    private ExportDeclaration ParseExportDeclaration(int start, int mark)
    {
        var isTypeOnly = Optional(TokenKind.Type);
        Node? clause = null;
        StringLiteral? specifier = null;
        ImportAttributes? attributes = null;
        if (Kind == TokenKind.Asterisk)
        {
            var clauseStart = Start;
            Next();
            if (Optional(TokenKind.As))
            {
                var name = ParseExportName();
                clause = new NamespaceExport(clauseStart, PreviousEnd, name);
            }

            Expect(TokenKind.From);
            specifier = ParseModuleSpecifier();
        }
        else
        {
            clause = ParseNamedExports();
            if (Kind == TokenKind.From || (Kind == TokenKind.StringLiteral && !NewLineBefore))
            {
                Expect(TokenKind.From);
                specifier = ParseModuleSpecifier();
            }
        }

        if (specifier is not null && !NewLineBefore)
        {
            attributes = ParseImportAttributes();
        }

        var semicolon = ExpectSemicolon();
        var declaration = Ended(
            new ExportDeclaration(start, PreviousEnd, clause, specifier, attributes) { Flags = (isTypeOnly ? NodeFlags.TypeOnly : NodeFlags.None) | AmbientFlag },
            semicolon);
        if (specifier is not null)
        {
            AddReference(declaration);
        }

        if (isTypeOnly)
        {
            Erase(mark, start, PreviousEnd, ErasureKind.Statement, DiagnosticCodes.DeclarationInJavaScript, "export type");
        }

        return declaration;
    }

    private NamedExports ParseNamedExports()
    {
        var start = Start;
        var mark = scratchCount;
        if (Expect(TokenKind.OpenBrace))
        {
            var outer = EnterList(ListKind.Specifiers);
            while (Kind is not (TokenKind.CloseBrace or TokenKind.EndOfFile))
            {
                if (Kind == TokenKind.From && PeekKind() == TokenKind.StringLiteral)
                {
                    break; // `{ a, from "x"`: the brace is missing
                }

                if (!IsSpecifierHere())
                {
                    if (LeavesList(DiagnosticCodes.IdentifierExpected))
                    {
                        break;
                    }

                    continue;
                }

                var names = ParseSpecifier(isImport: false);
                Push(new ExportSpecifier(names.Start, PreviousEnd, names.PropertyName, names.Name) { Flags = names.IsTypeOnly ? NodeFlags.TypeOnly : NodeFlags.None });
                TakeSeparator(TokenKind.CloseBrace, names.Start);
            }

            lists = outer;
            ExpectClosing(TokenKind.CloseBrace, start);
        }

        return new NamedExports(start, PreviousEnd, Drain<ExportSpecifier>(mark));
    }
}
