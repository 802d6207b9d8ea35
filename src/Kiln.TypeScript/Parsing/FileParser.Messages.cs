using Kiln.TypeScript.Diagnostics;
using Kiln.TypeScript.Lexing;
using Kiln.TypeScript.Tree;

namespace Kiln.TypeScript;

/// <content>Which message helps most where something is missing. Nothing here runs for a correct file.</content>
internal sealed partial class FileParser
{
    private const int LongestWordToCompare = 24;

    /// <summary>Modifiers that only a class member or a parameter can have.</summary>
    private const ModifierFlags MemberModifiers =
        ModifierFlags.Public | ModifierFlags.Private | ModifierFlags.Protected | ModifierFlags.Readonly | ModifierFlags.Override | ModifierFlags.Static | ModifierFlags.Accessor;

    /// <summary>A statement does not end after an expression. A single word there is more likely a misspelt keyword or a declaration without a name.</summary>
    private void ReportMissingSemicolonAfter(Node expression)
    {
        switch (expression)
        {
            case TaggedTemplateExpression tagged:
                Report(DiagnosticCodes.TemplateAsModuleName, tagged.Template.Start, tagged.Template.End);
                return;
            case Identifier { Length: > 0 } name:
                ReportMissingSemicolonAfterWord(name);
                return;
            default:
                ReportHere(DiagnosticCodes.TokenExpected, ";");
                return;
        }
    }

    private void ReportMissingSemicolonAfterWord(Identifier name)
    {
        var word = text.AsSpan(name.Start, name.Length);
        switch (word)
        {
            case "interface":
                ReportDeclarationName(TokenKind.OpenBrace, DiagnosticCodes.InterfaceNameMissing, DiagnosticCodes.ReservedInterfaceName);
                return;
            case "type":
                ReportDeclarationName(TokenKind.Equals, DiagnosticCodes.TypeAliasNameMissing, DiagnosticCodes.ReservedAliasName);
                return;
            case "module" or "namespace":
                ReportDeclarationName(TokenKind.OpenBrace, DiagnosticCodes.NamespaceNameMissing, DiagnosticCodes.NamespaceNameNotAllowed);
                return;
            case "declare":
                ReportHere(DiagnosticCodes.UnexpectedKeywordOrIdentifier);
                return;
            case "is":
                Report(DiagnosticCodes.PredicateNotHere, name.Start, name.End);
                return;
        }

        if (SuggestKeyword(word) is { } suggestion)
        {
            Report(DiagnosticCodes.UnknownKeyword, name.Start, name.End, suggestion);
        }
        else if (Kind == TokenKind.Unknown)
        {
            ReportTokenError();
        }
        else
        {
            Report(DiagnosticCodes.UnexpectedKeywordOrIdentifier, name.Start, name.End);
        }
    }

    /// <summary>What stands in the place of a declaration's name is none.</summary>
    private void ReportDeclarationName(TokenKind afterName, int missing, int notAllowed)
    {
        if (Kind == afterName)
        {
            ReportHere(missing);
        }
        else
        {
            ReportHere(notAllowed, TokenText.ToString());
        }
    }

    private void ReportMissingSemicolonAfterProperty(Modifiers modifiers, Node name, TypeNode? type, Expression? initializer)
    {
        if (Kind == TokenKind.At && !NewLineBefore)
        {
            ReportHere(DiagnosticCodes.DecoratorAfterName);
        }
        else if (initializer is not null)
        {
            ReportHere(DiagnosticCodes.TokenExpected, ";");
        }
        else if (type is not null)
        {
            ReportHere(Kind == TokenKind.OpenParen ? DiagnosticCodes.CallInTypeAnnotation : DiagnosticCodes.PropertyInitializerExpected);
        }
        else if (name is Identifier word && Kind != TokenKind.OpenBracket && !modifiers.Has(MemberModifiers) && modifiers.Decorators.Length == 0
            && Keywords.Find(text.AsSpan(word.Start, word.Length)) is var keyword and not (TokenKind.Identifier or TokenKind.Get or TokenKind.Set) && (ModifierOf(keyword) & MemberModifiers) == 0)
        {
            // `class`, `export function`, `let` … in a class body: a statement strayed here.
            Report(DiagnosticCodes.ClassMemberExpected, modifiers == Modifiers.None ? name.Start : modifiers.Start, name.End);
        }
        else
        {
            ReportMissingSemicolonAfter(name);
        }
    }

    /// <summary>The current token goes on a class member after its name.</summary>
    private bool CanFollowMemberName() =>
        CanEndStatement || Kind is TokenKind.OpenParen or TokenKind.LessThan or TokenKind.Exclamation or TokenKind.Colon or TokenKind.Equals or TokenKind.Question;

    private void ReportMissingParameter()
    {
        if (TokenFacts.IsReservedWord(Kind))
        {
            // `void` and the like start a type.
            ReportHere(
                Kind is TokenKind.Void or TokenKind.New or TokenKind.Null or TokenKind.TypeOf or TokenKind.Import or TokenKind.True or TokenKind.False
                    ? DiagnosticCodes.ReservedWord
                    : DiagnosticCodes.ParameterNameNotAllowed,
                TokenText.ToString());
        }
        else
        {
            // A literal or the start of a type stands where the name should; anything else starts no parameter at all.
            ReportHere(Kind is TokenKind.NumericLiteral or TokenKind.BigIntLiteral or TokenKind.StringLiteral or TokenKind.NoSubstitutionTemplateLiteral or TokenKind.TemplateHead
                or TokenKind.Asterisk or TokenKind.LessThan or TokenKind.Bar or TokenKind.Ampersand or TokenKind.Question or TokenKind.Exclamation
                ? DiagnosticCodes.IdentifierExpected
                : DiagnosticCodes.ParameterDeclarationExpected);
        }
    }

    /// <summary>The keyword that a word was meant to be: one with few letters changed, else one that a space would set apart. Null when there is none.</summary>
    private static string? SuggestKeyword(ReadOnlySpan<char> word)
    {
        if (word.Length is < 3 or > LongestWordToCompare)
        {
            return null;
        }

        string? best = null;
        string? prefix = null;
        var bestDistance = (word.Length * 2 / 5) + 1; // two letters in five may be missing, added or moved
        for (var kind = TokenFacts.FirstReservedWord; kind <= TokenKind.Of; kind++)
        {
            var keyword = TokenNames.Of(kind);
            if (keyword.Length < 3)
            {
                continue;
            }

            if (Math.Abs(keyword.Length - word.Length) <= Math.Max(2, word.Length / 3) && Distance(word, keyword) is var distance && distance > 0 && distance < bestDistance)
            {
                best = keyword;
                bestDistance = distance;
            }

            if (word.Length > keyword.Length + 2 && word.StartsWith(keyword, StringComparison.Ordinal))
            {
                prefix = keyword;
            }
        }

        return best ?? (prefix is null ? null : $"{prefix} {word[prefix.Length..]}");
    }

    /// <summary>How many letters have to be taken out and put in; both words are short.</summary>
    private static int Distance(ReadOnlySpan<char> from, ReadOnlySpan<char> to)
    {
        Span<int> row = stackalloc int[LongestWordToCompare + 1];
        for (var i = 0; i <= from.Length; i++)
        {
            row[i] = i;
        }

        for (var j = 1; j <= to.Length; j++)
        {
            var diagonal = row[0];
            row[0] = j;
            for (var i = 1; i <= from.Length; i++)
            {
                var above = row[i];
                row[i] = from[i - 1] == to[j - 1] ? diagonal : Math.Min(row[i], row[i - 1]) + 1;
                diagonal = above;
            }
        }

        return row[from.Length];
    }
}
