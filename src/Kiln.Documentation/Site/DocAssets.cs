using Kiln.Analysis;
using Kiln.Analysis.Emit;
using Kiln.TypeScript;

namespace Kiln.Documentation.Site;

/// <summary>
/// What pages of documentation need beside their markup; the registry and the static site use the same. Scripts are written in TypeScript and compiled by Kiln itself, once.
/// They are classic scripts: modules cannot be loaded from a file system. Pages work without them.
/// </summary>
/// <remarks>
/// What a frame offers to the scripts: <c>[data-doc-search]</c>, hidden, with <c>data-index</c> (the address of the search index: JSON, or a script with the ending <c>.js</c>) and
/// <c>data-root</c> (what stands in front of the addresses in it; by default <c>data-doc-root</c> of the document); <c>button[data-doc-theme]</c>, hidden. <c>.js</c> on the document says
/// that scripts run.
/// </remarks>
public static class DocAssets
{
    private static readonly Lazy<string> LazyStylesheet = new(() => Load("docs.css"));
    private static readonly Lazy<string> LazyScript = new(() => Compile("docs.ts"));
    private static readonly Lazy<string> LazyTheme = new(() => Compile("theme.ts"));

    public static string Stylesheet => LazyStylesheet.Value;

    /// <summary>Search, copy buttons, table of contents, choice of the theme. For the end of the page, or <c>defer</c>.</summary>
    public static string Script => LazyScript.Value;

    /// <summary>Sets the chosen theme before anything is shown. For the head, not deferred.</summary>
    public static string ThemeScript => LazyTheme.Value;

    private static string Compile(string name)
    {
        var file = Parser.Parse(Load(name), Language.TypeScript);
        var result = JavaScriptEmitter.Emit(file, new EmitOptions());
        return result.Diagnostics.Count == 0 ? result.Code : throw new InvalidOperationException($"{name}: {result.Diagnostics[0].Message}");
    }

    private static string Load(string name)
    {
        using var stream = typeof(DocAssets).Assembly.GetManifestResourceStream($"Kiln.Documentation.Site.Assets.{name}")
            ?? throw new InvalidOperationException($"The asset '{name}' is not built in.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
