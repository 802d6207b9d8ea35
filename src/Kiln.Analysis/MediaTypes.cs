using Kiln.TypeScript;

namespace Kiln.Analysis;

/// <summary>File extensions and what follows from them (publishing.md §3.5).</summary>
public static class MediaTypes
{
    /// <summary>Looks at the last segment; letter case does not matter.</summary>
    public static MediaType FromPath(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var name = path.AsSpan(path.LastIndexOf('/') + 1);
        var dot = name.LastIndexOf('.');

        // A leading dot starts a hidden file's name, not an extension.
        if (dot <= 0)
        {
            return MediaType.Unknown;
        }

        Span<char> extension = stackalloc char[8];
        var length = name[(dot + 1)..].Length > extension.Length ? -1 : name[(dot + 1)..].ToLowerInvariant(extension);
        if (length < 0)
        {
            return MediaType.Unknown;
        }

        return extension[..length] switch
        {
            "js" => MediaType.JavaScript,
            "jsx" => MediaType.Jsx,
            "mjs" => MediaType.Mjs,
            "cjs" => MediaType.Cjs,
            "ts" => IsDeclaration(name[..dot], anywhere: true) ? MediaType.Dts : MediaType.TypeScript,
            "mts" => IsDeclaration(name[..dot], anywhere: false) ? MediaType.Dmts : MediaType.Mts,
            "cts" => IsDeclaration(name[..dot], anywhere: false) ? MediaType.Dcts : MediaType.Cts,
            "tsx" => MediaType.Tsx,
            "json" => MediaType.Json,
            "jsonc" => MediaType.Jsonc,
            "json5" => MediaType.Json5,
            "wasm" => MediaType.Wasm,
            "css" => MediaType.Css,
            "html" => MediaType.Html,
            "md" => MediaType.Markdown,
            "sql" => MediaType.Sql,
            "map" => MediaType.SourceMap,
            _ => MediaType.Unknown,
        };
    }

    /// <summary>The dialect to parse with; null when the file is no JavaScript or TypeScript.</summary>
    public static Language? GetLanguage(MediaType type) => type switch
    {
        MediaType.JavaScript or MediaType.Mjs or MediaType.Cjs => Language.JavaScript,
        MediaType.Jsx => Language.Jsx,
        MediaType.TypeScript or MediaType.Mts or MediaType.Cts => Language.TypeScript,
        MediaType.Tsx => Language.Tsx,
        MediaType.Dts or MediaType.Dmts or MediaType.Dcts => Language.Declaration,
        _ => null,
    };

    /// <summary>What a published file is parsed as: packages hold modules, but for what the extension says is CommonJS.</summary>
    public static SourceGoal GoalOf(MediaType type) => type switch
    {
        MediaType.Cjs => SourceGoal.CommonJs,
        MediaType.Cts or MediaType.Dts or MediaType.Dmts or MediaType.Dcts => SourceGoal.Detect,
        _ => SourceGoal.Module,
    };

    /// <summary>What a file by itself is parsed as: its extension may say, else its text does.</summary>
    public static SourceGoal GoalByName(MediaType type) => type switch
    {
        MediaType.Cjs => SourceGoal.CommonJs,
        MediaType.Mjs or MediaType.Mts => SourceGoal.Module,
        _ => SourceGoal.Detect,
    };

    public static bool IsDeclaration(MediaType type) => type is MediaType.Dts or MediaType.Dmts or MediaType.Dcts;

    /// <summary>Parsed and written as JavaScript, without types of its own.</summary>
    public static bool IsJavaScript(MediaType type) => type is MediaType.JavaScript or MediaType.Jsx or MediaType.Mjs or MediaType.Cjs;

    /// <summary>The extension makes the file a module whatever it contains; see <see cref="TypeScript.Modules.ModuleInfo.Create"/>.</summary>
    public static bool IsModuleByName(MediaType type) => type is MediaType.Mjs or MediaType.Mts or MediaType.Cts or MediaType.Dmts;

    /// <summary><c>x.d</c>, or for <c>.ts</c> also <c>x.d.css</c>: declarations of a file that is no script (TypeScript's allowArbitraryExtensions).</summary>
    private static bool IsDeclaration(ReadOnlySpan<char> stem, bool anywhere)
    {
        if (stem.EndsWith(".d", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        var dot = stem.LastIndexOf('.');
        return anywhere && dot > 0 && stem[..dot].EndsWith(".d", StringComparison.OrdinalIgnoreCase);
    }
}
