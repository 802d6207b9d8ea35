using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Kiln.Packages.Licenses;

/// <summary>
/// License expressions of the SPDX specification, annex D: <c>MIT</c>, <c>GPL-2.0+</c>, <c>MIT OR Apache-2.0</c>,
/// <c>(MIT AND Zlib) OR GPL-2.0-only WITH Classpath-exception-2.0</c>, <c>LicenseRef-Our-Terms</c>.
/// </summary>
/// <remarks>The reference system knows only single identifiers; see docs/differences.md.</remarks>
public static class SpdxExpression
{
    /// <summary>Longest expression that is read; real ones have less than a hundred characters.</summary>
    public const int MaxLength = 512;

    private const int MaxDepth = 32;

    /// <summary>
    /// Reads an expression and spells identifiers and operators officially. On false <paramref name="reason"/> is a sentence for the user.
    /// </summary>
    public static bool TryNormalize(string text, [NotNullWhen(true)] out string? normalized, [NotNullWhen(false)] out string? reason)
    {
        ArgumentNullException.ThrowIfNull(text);
        normalized = null;
        if (text.Length > MaxLength)
        {
            reason = $"The license expression is longer than {MaxLength} characters.";
            return false;
        }

        var parser = new Parser(Tokenize(text));
        reason = parser.Expression(0) ?? parser.RequireEnd();
        if (reason is not null)
        {
            return false;
        }

        normalized = parser.Output.ToString();
        return true;
    }

    private static List<string> Tokenize(string text)
    {
        var tokens = new List<string>();
        var at = 0;
        while (at < text.Length)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
            }
            else if (text[at] is '(' or ')')
            {
                tokens.Add(text.Substring(at++, 1));
            }
            else
            {
                var start = at;
                while (at < text.Length && !char.IsWhiteSpace(text[at]) && text[at] is not ('(' or ')'))
                {
                    at++;
                }

                tokens.Add(text[start..at]);
            }
        }

        return tokens;
    }

    /// <summary>Each method reads one construct and answers the problem, or null. AND binds tighter than OR, which does not matter for validity.</summary>
    private sealed class Parser(List<string> tokens)
    {
        private int at;

        public StringBuilder Output { get; } = new();

        private string? Current => at < tokens.Count ? tokens[at] : null;

        public string? Expression(int depth)
        {
            if (depth > MaxDepth)
            {
                return "The license expression is nested too deeply.";
            }

            while (true)
            {
                if (Operand(depth) is { } problem)
                {
                    return problem;
                }

                if (!IsOperator(Current, "AND") && !IsOperator(Current, "OR"))
                {
                    return null;
                }

                Output.Append(' ').Append(Current!.ToUpperInvariant()).Append(' ');
                at++;
            }
        }

        public string? RequireEnd() => Current is null ? null : $"'{Current}' is not expected in the license expression; write AND, OR or WITH between identifiers.";

        private string? Operand(int depth)
        {
            switch (Current)
            {
                case null:
                    return "The license expression ends where a license identifier is expected.";
                case "(":
                    at++;
                    Output.Append('(');
                    if (Expression(depth + 1) is { } problem)
                    {
                        return problem;
                    }

                    if (Current != ")")
                    {
                        return "A ')' is missing in the license expression.";
                    }

                    at++;
                    Output.Append(')');
                    return null;
                case ")":
                    return "A license identifier is missing before ')' in the license expression.";
            }

            if (License(Current) is not { } license)
            {
                return UnknownLicense(Current);
            }

            Output.Append(license);
            at++;
            if (!IsOperator(Current, "WITH"))
            {
                return null;
            }

            at++;
            if (Current is null || SpdxIds.FindException(Current) is not { } exception)
            {
                return $"'{Current}' after WITH is not an SPDX license exception.";
            }

            Output.Append(" WITH ").Append(exception);
            at++;
            return null;
        }

        private static string? License(string text)
        {
            if (IsReference(text))
            {
                return text;
            }

            return text.EndsWith('+') ? SpdxIds.FindLicense(text[..^1]) is { } later ? later + "+" : null : SpdxIds.FindLicense(text);
        }

        /// <summary><c>LicenseRef-x</c> and <c>DocumentRef-y:LicenseRef-x</c>: terms that are on no list.</summary>
        private static bool IsReference(string text)
        {
            const string License = "LicenseRef-", Document = "DocumentRef-";
            var rest = text.AsSpan();
            if (rest.StartsWith(Document, StringComparison.Ordinal))
            {
                var colon = rest.IndexOf(':');
                if (colon < 0 || !IsIdString(rest[Document.Length..colon]))
                {
                    return false;
                }

                rest = rest[(colon + 1)..];
            }

            return rest.StartsWith(License, StringComparison.Ordinal) && IsIdString(rest[License.Length..]);
        }

        private static bool IsIdString(ReadOnlySpan<char> text)
        {
            foreach (var c in text)
            {
                if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '.'))
                {
                    return false;
                }
            }

            return !text.IsEmpty;
        }

        private static string UnknownLicense(string text)
        {
            var similar = SpdxIds.FindSimilarLicense(text);
            return $"'{text}' is not an SPDX license identifier." + (similar is null ? "" : $" Did you mean '{similar}'?");
        }

        private static bool IsOperator(string? token, string name) => string.Equals(token, name, StringComparison.OrdinalIgnoreCase);
    }
}
