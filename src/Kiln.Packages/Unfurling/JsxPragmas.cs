using System.Text;
using Kiln.Analysis;
using Kiln.Analysis.Rewriting;
using Kiln.Packages.Publishing;
using Kiln.TypeScript;
using Kiln.TypeScript.Modules;

namespace Kiln.Packages.Unfurling;

/// <summary>Writes what <c>compilerOptions</c> say about JSX into the file, where it counts after publishing too (publishing.md §2.6).</summary>
internal static class JsxPragmas
{
    public static IEnumerable<PublishDiagnostic> Add(string path, SourceFile file, ModuleInfo info, ImportResolver resolver, SpecifierEdits edits)
    {
        var problems = new List<PublishDiagnostic>();
        var settings = resolver.SettingsOf(path);

        // 1. What the file says itself is unfurled in place.
        if (info.JsxImportSource is { } own)
        {
            edits.ReplaceInComment(own, Unfurl(own.Text, SpecifierUse.Code));
        }

        if (info.JsxImportSourceTypes is { } ownTypes)
        {
            edits.ReplaceInComment(ownTypes, Unfurl(ownTypes.Text, SpecifierUse.Types));
        }

        // 2. The rest comes from the options. What is not set at all is React's classic runtime.
        var automatic = settings.Jsx is "react-jsx" or "react-jsxdev" or "precompile";
        if (!automatic && settings.Jsx is not (null or "react"))
        {
            return problems;
        }

        var text = new StringBuilder();
        Write("jsxRuntime", automatic ? "automatic" : "classic");
        if (automatic)
        {
            if (settings.JsxImportSource is { } source && info.JsxImportSource is null)
            {
                Write("jsxImportSource", Unfurl(source, SpecifierUse.Code) ?? source);
            }

            var types = settings.JsxImportSourceTypes ?? (settings.Jsx == "react-jsx" ? settings.JsxImportSource : null);
            if (types is not null && info.JsxImportSourceTypes is null)
            {
                Write("jsxImportSourceTypes", Unfurl(types, SpecifierUse.Types) ?? types);
            }
        }
        else
        {
            Write("jsxFactory", settings.JsxFactory ?? "React.createElement");
            Write("jsxFragmentFactory", settings.JsxFragmentFactory ?? "React.Fragment");
        }

        if (text.Length > 0)
        {
            edits.Insert(StartOf(file), text.ToString());
        }

        return problems;

        string? Unfurl(string specifier, SpecifierUse use) => resolver.Resolve(path, specifier, use).Text;

        void Write(string name, string value)
        {
            if (HasPragma(file, name))
            {
                return;
            }

            if (value.Any(char.IsWhiteSpace) || value.Contains("*/", StringComparison.Ordinal))
            {
                problems.Add(new PublishDiagnostic(PublishDiagnosticCodes.InvalidJsxPragma, DiagnosticSeverity.Error, $"The value \"{value}\" of compilerOptions cannot be written as a @{name} comment.", path) { Hint = "Name a package or a function without blanks." });
            }
            else
            {
                text.Append("/** @").Append(name).Append(' ').Append(value).Append(" */");
            }
        }
    }

    /// <summary>The start of the file, or of the line after <c>#!</c>.</summary>
    private static int StartOf(SourceFile file)
    {
        if (file.Comments is not [{ Kind: CommentKind.Shebang } shebang, ..])
        {
            return 0;
        }

        var end = file.Text.IndexOf('\n', shebang.End);
        return end < 0 ? file.Text.Length : end + 1;
    }

    /// <summary>A block comment in front of the first statement has the pragma already.</summary>
    private static bool HasPragma(SourceFile file, string name)
    {
        var end = file.Statements.Length > 0 ? file.Statements[0].Start : file.Text.Length;
        foreach (var comment in file.Comments)
        {
            if (comment.Start >= end)
            {
                break;
            }

            if (comment.Kind is CommentKind.Block or CommentKind.JsDoc && Mentions(file.Text.AsSpan(comment.Start, comment.End - comment.Start), name))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Mentions(ReadOnlySpan<char> comment, string name)
    {
        for (var at = comment.IndexOf('@'); at >= 0; at = comment.IndexOf('@'))
        {
            comment = comment[(at + 1)..];
            if (comment.StartsWith(name, StringComparison.OrdinalIgnoreCase) && comment.Length > name.Length && char.IsWhiteSpace(comment[name.Length]))
            {
                return true;
            }
        }

        return false;
    }
}
