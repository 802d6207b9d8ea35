using Kiln.Packages.Unfurling;
using Kiln.TypeScript;
using Kiln.TypeScript.Text;

namespace Kiln.Packages.Publishing;

/// <summary><c>/// &lt;reference lib="…" /&gt;</c> and <c>no-default-lib</c>, which change the types of everybody's code; wherever they stand, as the client looks for them.</summary>
internal static class TripleSlashDirectives
{
    public static IEnumerable<PublishDiagnostic> Find(string path, SourceFile file)
    {
        foreach (var comment in file.Comments)
        {
            if (comment.Kind == CommentKind.Line && IsBanned(file.Text.AsSpan(comment.Start, comment.End - comment.Start)))
            {
                yield return SourceDiagnostics.At(
                    PublishDiagnosticCodes.BannedTripleSlashDirectives,
                    DiagnosticSeverity.Error,
                    "Directives that choose libraries change the types of everybody's code and are not allowed.",
                    path,
                    file,
                    new TextSpan(comment.Start, comment.End)) with
                { Hint = "Remove the directive; compilerOptions.lib of the configuration file is for your own checks." };
            }
        }
    }

    /// <summary>Exactly three slashes, a blank, and one attribute: the others are not read by anybody.</summary>
    private static bool IsBanned(ReadOnlySpan<char> comment)
    {
        if (!comment.StartsWith("///", StringComparison.Ordinal) || comment.Length < 4 || !char.IsWhiteSpace(comment[3]))
        {
            return false;
        }

        var rest = comment[3..].Trim();
        const string Reference = "<reference";
        if (!rest.StartsWith(Reference, StringComparison.Ordinal) || !rest.EndsWith("/>", StringComparison.Ordinal) || rest.Length == Reference.Length || !char.IsWhiteSpace(rest[Reference.Length]))
        {
            return false;
        }

        var attribute = rest[Reference.Length..^2].Trim();
        if (attribute is "no-default-lib=\"true\"")
        {
            return true;
        }

        return attribute.StartsWith("lib=", StringComparison.Ordinal) && attribute[4..] is ['"', .. var doubled, '"'] && !doubled.IsEmpty && !doubled.Contains('"')
            || attribute.StartsWith("lib=", StringComparison.Ordinal) && attribute[4..] is ['\'', .. var single, '\''] && !single.IsEmpty && !single.Contains('\'');
    }
}
