using System.Globalization;
using Kiln.Analysis.Graph;
using Kiln.Packages.Unfurling;
using Kiln.Packages.Workspaces;
using Kiln.TypeScript;

namespace Kiln.Packages.Publishing;

/// <summary>The problems of a module graph in the words and places of the author's files.</summary>
internal sealed class GraphDiagnostics(WorkspaceFolder package, ModuleGraph graph, ImportResolver resolver)
{
    private readonly HashSet<(string Code, string Text)> seen = [];

    public IEnumerable<PublishDiagnostic> All()
    {
        foreach (var error in graph.Errors)
        {
            if (ToDiagnostic(error) is { } diagnostic)
            {
                yield return diagnostic;
            }
        }
    }

    private PublishDiagnostic? ToDiagnostic(AnalysisError error)
    {
        if (error.Line == 0 && error.Kind is GraphErrorKind.NotFound or GraphErrorKind.Unsupported)
        {
            return AtExport(error);
        }

        // One specifier is one problem, however often it is imported.
        switch (error.Code)
        {
            case AnalysisErrorCodes.GraphError when error.Kind == GraphErrorKind.Syntax:
                return At(error.SyntaxCode.ToString(CultureInfo.InvariantCulture), error) with { Number = error.SyntaxCode };
            case AnalysisErrorCodes.GraphError:
                return At(
                    error.Kind switch
                    {
                        GraphErrorKind.NotFound => PublishDiagnosticCodes.ModuleNotFound,
                        GraphErrorKind.Unresolved => PublishDiagnosticCodes.UnresolvedImport,
                        GraphErrorKind.TooMany => PublishDiagnosticCodes.TooManyModules,
                        _ => PublishDiagnosticCodes.UnsupportedModule,
                    },
                    error);
            case AnalysisErrorCodes.InvalidExternalImport:
                return seen.Add((error.Code, SpecifierAt(error))) ? At(PublishDiagnosticCodes.InvalidExternalImport, error) with { Hint = Replacement(SpecifierAt(error)) } : null;
            case AnalysisErrorCodes.MissingConstraint:
                return seen.Add((error.Code, SpecifierAt(error))) ? MissingConstraint(error) : null;
            case AnalysisErrorCodes.InvalidNpmSpecifier or AnalysisErrorCodes.InvalidJsrSpecifier or AnalysisErrorCodes.InvalidJsrScopedPackageName:
                return seen.Add((error.Code, SpecifierAt(error))) ? At(PublishDiagnosticCodes.InvalidSpecifier, error) : null;
            case AnalysisErrorCodes.CommonJs:
                return At(PublishDiagnosticCodes.CommonJs, error);
            case AnalysisErrorCodes.GlobalTypeAugmentation:
                return At(PublishDiagnosticCodes.GlobalTypeAugmentation, error);
            case AnalysisErrorCodes.BannedImportAssertion:
                return At(PublishDiagnosticCodes.BannedImportAssertion, error);
            case AnalysisErrorCodes.BannedTripleSlashDirectives:
                // Found wherever they stand by TripleSlashDirectives.
                return null;
            default:
                throw new InvalidOperationException($"Unknown code {error.Code}.");
        }
    }

    private PublishDiagnostic MissingConstraint(AnalysisError error)
    {
        var specifier = SpecifierAt(error);
        var mapped = resolver.Resolve(error.Path!, specifier, Analysis.SpecifierUse.Code);
        var target = mapped.Text ?? specifier;
        var hint = resolver.FindWorkspacePackage(target) is { Version: null, Config: { } config }
            ? $"Add a \"version\" to {config.Path}."
            : mapped.IsMapped ? "Say in the import map which versions will do."
            : "Say which versions will do.";
        return At(PublishDiagnosticCodes.MissingConstraint, error) with { Hint = hint };
    }

    /// <summary>Paths in messages start at the package's root, as they do in the registry's.</summary>
    private string MessageOf(AnalysisError error) => package.Folder == "/" ? error.Problem : error.Problem.Replace(package.Folder + "/", "/", StringComparison.Ordinal);

    private PublishDiagnostic At(string code, AnalysisError error)
    {
        if (error.Path is null)
        {
            return new PublishDiagnostic(code, DiagnosticSeverity.Error, MessageOf(error), package.Config!.Path);
        }

        return FileOf(error) is { } file && error.Span.End > 0
            ? SourceDiagnostics.At(code, DiagnosticSeverity.Error, MessageOf(error), error.Path, file, error.Span)
            : new PublishDiagnostic(code, DiagnosticSeverity.Error, MessageOf(error), error.Path);
    }

    /// <summary>The configuration names something that is not there, or no module.</summary>
    private PublishDiagnostic AtExport(AnalysisError error)
    {
        var config = package.Config!;
        var exports = config.Root.Find("exports")!;
        var place = exports.Members.Select(m => m.Value).Append(exports).FirstOrDefault(v => v.Text is { } text && Files.TreePath.Resolve(package.Folder, text) == error.Path) ?? exports;
        return ConfigurationPlaces.At(error.Kind == GraphErrorKind.NotFound ? PublishDiagnosticCodes.ModuleNotFound : PublishDiagnosticCodes.UnsupportedModule, MessageOf(error), config, place);
    }

    private SourceFile? FileOf(AnalysisError error) => error.Path is { } path ? graph.Find(path)?.SourceFile : null;

    /// <summary>The specifier that stands at the place of a problem, as written.</summary>
    private string SpecifierAt(AnalysisError error)
    {
        if (error.Path is not { } path || graph.Find(path) is not { SourceFile: { } file, Info: { } info })
        {
            return "";
        }

        return info.Dependencies.FirstOrDefault(d => d.Span.Start == error.Span.Start)?.Specifier ?? file.Text.Substring(error.Span.Start, error.Span.Length).Trim('"', '\'', '`');
    }

    /// <summary>The same package by a specifier that can be published, for the hosts that people come from.</summary>
    private static string Replacement(string specifier)
    {
        const string Esm = "https://esm.sh/";
        const string Std = "https://deno.land/std";
        if (specifier.StartsWith(Esm, StringComparison.Ordinal) && specifier.Length > Esm.Length)
        {
            return $"Import \"npm:{specifier[Esm.Length..].Split('?')[0]}\" instead.";
        }

        var parts = specifier.StartsWith(Std, StringComparison.Ordinal) ? specifier.Split('/') : [];
        return parts.Length >= 6
            ? $"Import \"jsr:@std/{parts[4].Replace('_', '-')}@1/{parts[^1].Replace('_', '-').Replace(".ts", "", StringComparison.Ordinal)}\" instead."
            : "Import the package from a registry, by jsr: or npm:, or copy the file into this package.";
    }
}
