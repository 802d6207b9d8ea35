using System.Collections.Immutable;
using Kiln.Analysis;
using Kiln.Analysis.Docs.Model;
using Kiln.TypeScript.JsDoc;

namespace Kiln.Packages.Scoring;

/// <summary>From documentation, README and slow types to the inputs of a score.</summary>
public static class ScoreReader
{
    public static ScoreInputs Read(ScoreRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var modules = request.Documentation.Modules.Where(m => IsCode(m.Specifier)).ToList();
        var bySpecifier = new Dictionary<string, DocModule>(StringComparer.Ordinal);
        var symbols = new SymbolDocumentation();
        foreach (var module in modules)
        {
            bySpecifier.TryAdd(module.Specifier, module);
            symbols.Add(module, request.PathOf);
        }

        var main = request.EntryPoints.Where(e => e.IsMain).Select(e => bySpecifier.GetValueOrDefault(e.Specifier)).FirstOrDefault();

        return new ScoreInputs
        {
            ReadmePath = request.ReadmePath,
            HasMainDocumentation = !string.IsNullOrEmpty(main?.Comment?.Text),
            Examples = FindExamples(request, main),
            EntryPointsWithoutDocumentation = [.. WithoutDocumentation(request, bySpecifier)],
            Symbols = symbols.Total,
            DocumentedSymbols = symbols.Documented,
            UndocumentedSymbols = symbols.Undocumented,
            SlowTypes = request.SlowTypes,
            FirstSlowTypes = [.. request.FirstSlowTypes.Take(ScoreInputs.MaxPlaces)],
        };
    }

    private static bool IsCode(string specifier) => MediaTypes.FromPath(specifier) is not (MediaType.Json or MediaType.Wasm);

    private static IEnumerable<ScorePlace> WithoutDocumentation(ScoreRequest request, Dictionary<string, DocModule> modules)
    {
        foreach (var entry in request.EntryPoints)
        {
            // A README introduces the main one.
            if (modules.TryGetValue(entry.Specifier, out var module) && module.Comment is null && !(entry.IsMain && request.ReadmePath is not null))
            {
                yield return new ScorePlace(entry.Key, request.PathOf(entry.Specifier));
            }
        }
    }

    private static ImmutableArray<ScorePlace> FindExamples(ScoreRequest request, DocModule? main)
    {
        var places = ImmutableArray.CreateBuilder<ScorePlace>(2);
        if (request.ReadmePath is { } path && ReadmeExamples.LineOfFirst(request.Readme.Span) is > 0 and var line)
        {
            places.Add(new ScorePlace("the README", path, line));
        }

        if (main?.Comment is { } comment && (comment.Has(JsDocTagKind.Example) || (comment.Text is { } text && ReadmeExamples.HasFence(text))))
        {
            places.Add(new ScorePlace("the comment of the main module", request.PathOf(main.Specifier)));
        }

        return places.ToImmutable();
    }
}
