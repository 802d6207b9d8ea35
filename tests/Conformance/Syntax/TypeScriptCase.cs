using System.Text;
using System.Text.RegularExpressions;

namespace Kiln.Conformance.Syntax;

/// <summary>One file of TypeScript's own test cases.</summary>
/// <param name="Name">Path in the checkout; <c>#</c> and the part's own name where a case holds several files. Ends in the extension that decides the language.</param>
/// <param name="Options">Compiler options from comments such as <c>// @target: es6</c>, names in lower case.</param>
internal sealed partial record TypeScriptCase(string Name, string Text, IReadOnlyDictionary<string, string> Options)
{
    /// <summary>Names the folder of the checkout; the cases are no part of this repository.</summary>
    public const string FolderVariable = "KILN_TS_CASES";

    /// <summary>Every script of the checkout, ordered by name. Skips the calling test when there is no checkout.</summary>
    public static IReadOnlyList<TypeScriptCase> LoadAll()
    {
        var root = Environment.GetEnvironmentVariable(FolderVariable);
        Assert.SkipWhen(string.IsNullOrEmpty(root), $"{FolderVariable} does not name a checkout of TypeScript's test cases.");
        return
        [
            .. Directory.EnumerateFiles(root!, "*.ts*", SearchOption.AllDirectories)
                .Where(IsScript)
                .SelectMany(f => Split(Path.GetRelativePath(root!, f), SyntaxOracle.Read(f)))
                .OrderBy(c => c.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>
    /// Cuts a case at its <c>// @filename:</c> lines, as TypeScript's own runner does: each part is a file of that name, what stands before the
    /// first holds only options. Parts that are no scripts are left out.
    /// </summary>
    public static IEnumerable<TypeScriptCase> Split(string path, string text)
    {
        var options = OptionLine().Matches(text)
            .DistinctBy(m => m.Groups["name"].Value, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(m => m.Groups["name"].Value.ToLowerInvariant(), m => m.Groups["value"].Value, StringComparer.Ordinal);
        var parts = FileNameLine().Matches(text);
        if (parts.Count == 0)
        {
            yield return new TypeScriptCase(path, text, options);
            yield break;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < parts.Count; i++)
        {
            var part = parts[i].Groups["name"].Value;
            var start = parts[i].Index + parts[i].Length;
            var content = text[start..(i + 1 < parts.Count ? parts[i + 1].Index : text.Length)];
            if (IsScript(part))
            {
                var name = $"{path}#{part}";
                for (var copy = 2; !seen.Add(name); copy++)
                {
                    name = $"{path}#{copy}#{part}";
                }

                yield return new TypeScriptCase(name, content, options);
            }
        }
    }

    private static bool IsScript(string name) => ScriptName().IsMatch(name);

    [GeneratedRegex(@"\.[mc]?[jt]sx?$", RegexOptions.None, 1000)]
    private static partial Regex ScriptName();

    [GeneratedRegex(@"^[ \t]*//[ \t]*@filename[ \t]*:[ \t]*(?<name>[^\r\n]*?)[ \t]*(\r\n|\r|\n|\z)", RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex FileNameLine();

    [GeneratedRegex(@"^[ \t]*//[ \t]*@(?<name>\w+)[ \t]*:[ \t]*(?<value>[^\r\n]*?)[ \t]*\r?$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex OptionLine();
}
