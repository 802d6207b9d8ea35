using System.Collections.Immutable;
using Kiln.Analysis.Docs.Model;

namespace Kiln.Packages.Scoring;

/// <summary>
/// Counts exported symbols and those with a comment (docs.md §14). Every declaration of a top-level symbol that is not private counts; the implementation
/// behind overloads does not, nor does what is only mentioned here and documented elsewhere. A comment with nothing but a tag counts, other than for lint.
/// </summary>
internal sealed class SymbolDocumentation
{
    /// <summary>In UTF-16 units: a string export may have any length, and inputs are stored.</summary>
    private const int MaxNameLength = 200;

    private readonly ImmutableArray<ScorePlace>.Builder undocumented = ImmutableArray.CreateBuilder<ScorePlace>();

    public int Total { get; private set; }

    public int Documented { get; private set; }

    /// <summary>The first <see cref="ScoreInputs.MaxPlaces"/>.</summary>
    public ImmutableArray<ScorePlace> Undocumented => undocumented.ToImmutable();

    /// <param name="module">Of an entry point; one of JSON or WebAssembly must not come.</param>
    /// <param name="pathOf">From specifiers to shown paths.</param>
    public void Add(DocModule module, Func<string, string> pathOf)
    {
        foreach (var symbol in module.Symbols)
        {
            var isOverloaded = IsOverloadedFunction(symbol);
            foreach (var declaration in symbol.Declarations)
            {
                if (declaration.Visibility == DocVisibility.Private || declaration.Definition is DocReference || (isOverloaded && declaration.Definition is DocFunction { HasBody: true }))
                {
                    continue;
                }

                Total++;
                if (declaration.Comment is not null)
                {
                    Documented++;
                }
                else if (undocumented.Count < ScoreInputs.MaxPlaces)
                {
                    var at = declaration.Location;
                    undocumented.Add(new ScorePlace(Shorten(symbol.Name), pathOf(at.FileName), at.Line + 1, at.Column + 1));
                }
            }
        }
    }

    private static bool IsOverloadedFunction(DocSymbol symbol)
    {
        var functions = 0;
        foreach (var declaration in symbol.Declarations)
        {
            if (declaration.Visibility == DocVisibility.Private)
            {
                continue;
            }

            if (declaration.Definition is not DocFunction)
            {
                return false;
            }

            functions++;
        }

        return functions > 1;
    }

    private static string Shorten(string name) => name.Length <= MaxNameLength ? name : $"{name.AsSpan(0, MaxNameLength - (char.IsHighSurrogate(name[MaxNameLength - 1]) ? 1 : 0))}…";
}
