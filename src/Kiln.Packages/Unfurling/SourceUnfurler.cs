using Kiln.Analysis;
using Kiln.Analysis.Rewriting;
using Kiln.Packages.Publishing;
using Kiln.TypeScript;
using Kiln.TypeScript.Modules;
using Kiln.TypeScript.Text;
using Kiln.TypeScript.Tree;

namespace Kiln.Packages.Unfurling;

/// <summary>
/// Rewrites the specifiers of one source file so that they need no configuration, and says which cannot be (publishing.md §2.4 to 2.6). Comments and
/// formatting stay.
/// </summary>
/// <remarks>Left alone: the pragmas <c>@ts-types</c>, <c>@deno-types</c> and <c>@ts-self-types</c>, and strings that are no specifiers by their syntax.</remarks>
internal sealed class SourceUnfurler
{
    private readonly string path;
    private readonly SourceFile file;
    private readonly ModuleInfo info;
    private readonly ImportResolver resolver;
    private readonly TypesPackages types;
    private readonly SpecifierEdits edits;
    private readonly List<PublishDiagnostic> problems = [];

    private SourceUnfurler(string path, SourceFile file, ModuleInfo info, ImportResolver resolver, TypesPackages types)
    {
        this.path = path;
        this.file = file;
        this.info = info;
        this.resolver = resolver;
        this.types = types;
        edits = new SpecifierEdits(file.Text);
    }

    /// <summary>The text to publish; the very same string when nothing changed.</summary>
    /// <param name="path">Absolute path of the file.</param>
    public static UnfurledSource Unfurl(string path, SourceFile file, ModuleInfo info, ImportResolver resolver, TypesPackages types)
    {
        var unfurler = new SourceUnfurler(path, file, info, resolver, types);
        unfurler.Visit();
        return new UnfurledSource(unfurler.edits.Apply(), unfurler.problems);
    }

    private bool IsDeclaration => file.Language == Language.Declaration;

    private void Visit()
    {
        foreach (var dependency in info.Dependencies)
        {
            Visit(dependency);
        }

        foreach (var node in file.ModuleReferences)
        {
            Visit(node);
        }

        WarnOfPragma(info.SelfTypes);
        foreach (var import in info.JsDocImports)
        {
            edits.ReplaceInComment(import.Specifier, Resolve(import.Specifier.Text, SpecifierUse.Types, import.Specifier.Span));
        }

        foreach (var reference in info.TypeScriptReferences)
        {
            edits.ReplaceInComment(reference.Specifier, Resolve(reference.Specifier.Text, SpecifierUse.Types, reference.Specifier.Span));
        }

        if (file.Language is Language.Jsx or Language.Tsx)
        {
            problems.AddRange(JsxPragmas.Add(path, file, info, resolver, edits));
        }
    }

    /// <summary>These values are published as they stand: nobody reads them with the author's configuration.</summary>
    private void WarnOfPragma(SpecifierWithRange? pragma)
    {
        if (pragma is not null && resolver.Resolve(path, pragma.Text, SpecifierUse.Types) is { Text: { } text, IsMapped: true } && text != pragma.Text)
        {
            problems.Add(At(PublishDiagnosticCodes.UnresolvedTypesPragma, DiagnosticSeverity.Warning, $"Only your configuration knows \"{pragma.Text}\", and the comment is published as it stands.", pragma.Span) with { Hint = $"Write \"{text}\"." });
        }
    }

    private void Visit(ModuleDependency dependency)
    {
        WarnOfPragma(dependency.Types);
        if (dependency.Specifier is { } specifier)
        {
            var use = IsDeclaration || dependency.IsTypeOnly ? SpecifierUse.Types : SpecifierUse.Code;
            edits.ReplaceLiteral(dependency.Span, specifier, Resolve(specifier, use, dependency.Span));
        }
        else if (!TryVisitTemplate(dependency))
        {
            problems.Add(At(PublishDiagnosticCodes.UnanalyzableDynamicImport, DiagnosticSeverity.Warning, "The module that a dynamic import asks for cannot be told from the source.", dependency.Span) with
            {
                Hint = "After publishing there is no import map and no package.json: what the import asks for must be a relative path or a specifier with a scheme.",
            });
        }
    }

    /// <summary>A template or concatenation that starts with a text which says where it leads: relative, or a prefix that the configuration maps.</summary>
    private bool TryVisitTemplate(ModuleDependency dependency)
    {
        if (dependency.Template is not [{ Value: { } prefix }, ..])
        {
            return false;
        }

        // Escapes would make the prefix another text than the one that stands there.
        var start = dependency.Span.Start;
        var quote = file.Text[start];
        var end = start + 1 + prefix.Length;
        var isPlain = end < file.Text.Length && file.Text.AsSpan(start + 1, prefix.Length).SequenceEqual(prefix)
            && (quote == '`' ? file.Text.AsSpan(end).StartsWith("${", StringComparison.Ordinal) : quote is '"' or '\'' && file.Text[end] == quote);
        if (!isPlain)
        {
            return false;
        }

        if (prefix.StartsWith("./", StringComparison.Ordinal) || prefix.StartsWith("../", StringComparison.Ordinal))
        {
            return true;
        }

        if (!prefix.EndsWith('/'))
        {
            return false;
        }

        var span = new TextSpan(start + 1, end);
        if (Resolve(prefix, SpecifierUse.Code, span) is not { } replacement)
        {
            return ImportMap.HasScheme(prefix);
        }

        if (replacement != prefix)
        {
            edits.ReplacePart(span, quote, replacement);
        }

        return true;
    }

    private void Visit(Node node)
    {
        switch (node)
        {
            case ImportDeclaration import when !import.Has(NodeFlags.Missing):
                AddTypes(import.Start, import.ModuleSpecifier);
                break;
            case ExportDeclaration { ModuleSpecifier: { } specifier } export:
                AddTypes(export.Start, specifier);
                break;
            case ImportEqualsDeclaration { Reference: ExternalModuleReference { Expression: StringLiteral specifier } } import:
                AddTypes(import.Start, specifier);
                break;
            case CallExpression { Expression: PropertyAccessExpression { Expression: MetaProperty }, Arguments: [var argument] } when argument is not SpreadElement:
                if (argument is StringLiteral { Length: > 0 } literal)
                {
                    var span = new TextSpan(literal.Start, literal.End);
                    var value = file.GetStringValue(literal);
                    edits.ReplaceLiteral(span, value, Resolve(value, SpecifierUse.Code, span));
                }
                else
                {
                    problems.Add(At(PublishDiagnosticCodes.UnanalyzableImportMetaResolve, DiagnosticSeverity.Warning, "What import.meta.resolve asks for cannot be told from the source.", new TextSpan(argument.Start, argument.End)) with
                    {
                        Hint = "After publishing there is no import map and no package.json: what it asks for must be a relative path or a specifier with a scheme.",
                    });
                }

                break;
        }
    }

    /// <summary>Names the types of an npm package that has none of its own, where the author depends on them.</summary>
    private void AddTypes(int start, StringLiteral specifier)
    {
        if (specifier.Length == 0 || types.IsEmpty || info.Dependencies.FirstOrDefault(d => d.Span.Start == specifier.Start) is not { Types: null } dependency)
        {
            return;
        }

        var target = resolver.Resolve(path, dependency.Specifier!, SpecifierUse.Types).Text ?? dependency.Specifier!;
        if (types.Find(path, target) is { } found && SpecifierEdits.IsSafeInComment(found))
        {
            edits.Insert(start, $"/* @ts-types=\"{found}\" */ ");
        }
    }

    /// <summary>The new text of a specifier, or null; a problem is noted.</summary>
    private string? Resolve(string specifier, SpecifierUse use, TextSpan span)
    {
        var resolution = resolver.Resolve(path, specifier, use);
        if (resolution.Code is { } code and (PublishDiagnosticCodes.NpmWorkspacePackage or PublishDiagnosticCodes.UnsupportedSpecifier))
        {
            // The place is the specifier without its quotes.
            var inner = span.Length >= 2 && file.Text[span.Start] is '"' or '\'' or '`' ? new TextSpan(span.Start + 1, span.End - 1) : span;
            problems.Add(At(code, DiagnosticSeverity.Error, resolution.Message!, inner) with { Hint = resolution.Hint });
        }

        return resolution.Text;
    }

    private PublishDiagnostic At(string code, DiagnosticSeverity severity, string message, TextSpan span) => SourceDiagnostics.At(code, severity, message, path, file, span);
}

/// <summary>A source file as it is published.</summary>
/// <param name="Problems">What could not be resolved.</param>
internal sealed record UnfurledSource(string Text, IReadOnlyList<PublishDiagnostic> Problems);
