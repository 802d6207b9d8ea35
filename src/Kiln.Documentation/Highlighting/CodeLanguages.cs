using System.Collections.Frozen;
using Kiln.TypeScript;

namespace Kiln.Documentation.Highlighting;

/// <summary>Names of languages, as they stand after fences and at the end of files.</summary>
internal static class CodeLanguages
{
    private static readonly FrozenDictionary<string, Func<string, CodeTokenList>> Own = new Dictionary<string, Func<string, CodeTokenList>>(StringComparer.OrdinalIgnoreCase)
    {
        ["ts"] = static text => ScriptTokens.Read(text, Language.TypeScript),
        ["tsx"] = static text => ScriptTokens.Read(text, Language.Tsx),
        ["js"] = static text => ScriptTokens.Read(text, Language.JavaScript),
        ["jsx"] = static text => ScriptTokens.Read(text, Language.Jsx),
        ["json"] = JsonTokens.Read,
        ["md"] = MarkdownTokens.Read,
        ["toml"] = TomlTokens.Read,
        ["diff"] = DiffTokens.Read,
        ["sh"] = ShellTokens.Read,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, string> OwnNames = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["typescript"] = "ts", ["mts"] = "ts", ["cts"] = "ts", ["d.ts"] = "ts", ["typescriptreact"] = "tsx", ["javascript"] = "js", ["mjs"] = "js", ["cjs"] = "js", ["node"] = "js",
        ["ecmascript"] = "js", ["javascriptreact"] = "jsx", ["jsonc"] = "json", ["json5"] = "json", ["map"] = "json", ["webmanifest"] = "json", ["markdown"] = "md", ["mdx"] = "md",
        ["patch"] = "diff", ["bash"] = "sh", ["shell"] = "sh", ["zsh"] = "sh", ["console"] = "sh", ["shellscript"] = "sh", ["shell-session"] = "sh", ["terminal"] = "sh",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Null for a language that nothing is known of.</summary>
    public static Func<string, CodeTokenList>? Find(string language)
    {
        language = language.Trim().TrimStart('.');
        if (OwnNames.TryGetValue(language, out var name))
        {
            language = name;
        }

        if (Own.TryGetValue(language, out var scan))
        {
            return scan;
        }

        return TextMateTokens.ScopeOf(language) is { } scope ? text => TextMateTokens.Read(text, scope) : null;
    }
}
