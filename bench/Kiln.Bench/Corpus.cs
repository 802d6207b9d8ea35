using System.Text;
using System.Text.Json;
using Kiln.TypeScript;

namespace Kiln.Bench;

/// <summary>A source text as every contender gets it: decoded, with the language that its name tells.</summary>
internal sealed record CorpusFile(string Name, string Text, Language Language);

/// <summary>The files of one corpus: a folder with a <c>files.json</c>, or one file.</summary>
internal sealed record Corpus(string Name, CorpusFile[] Files, long Bytes)
{
    public static Corpus Load(string path)
    {
        var names = Directory.Exists(path)
            ? JsonSerializer.Deserialize<string[]>(File.ReadAllText(Path.Combine(path, "files.json")))!
            : [Path.GetFileName(path)];
        var root = Directory.Exists(path) ? path : Path.GetDirectoryName(path)!;
        var files = new CorpusFile[names.Length];
        long bytes = 0;
        for (var i = 0; i < names.Length; i++)
        {
            var content = File.ReadAllBytes(Path.Combine(root, names[i]));
            bytes += content.Length;
            files[i] = new CorpusFile(names[i], Encoding.UTF8.GetString(content).TrimStart('\ufeff'), LanguageOf(names[i]));
        }

        return new Corpus(Path.GetFileName(path), files, bytes);
    }

    private static Language LanguageOf(string name) => Path.GetExtension(name) switch
    {
        ".tsx" => Language.Tsx,
        ".js" or ".mjs" or ".cjs" => Language.JavaScript,
        ".jsx" => Language.Jsx,
        _ => Language.TypeScript,
    };
}
