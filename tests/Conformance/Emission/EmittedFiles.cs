using Kiln.Conformance.Syntax;
using Kiln.Tooling;
using Kiln.TypeScript;

namespace Kiln.Conformance.Emission;

/// <summary>The files of the corpora that have JavaScript: all but declarations.</summary>
internal static class EmittedFiles
{
    public static IReadOnlyList<string> All() => [.. Corpus.TypeScriptFiles().Where(f => SyntaxOracle.LanguageOf(f) != Language.Declaration)];
}
