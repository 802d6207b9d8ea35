using System.Text;
using Kiln.Analysis;
using Kiln.TypeScript;

namespace Kiln.Cli;

/// <param name="Path">As the user would write it.</param>
/// <param name="Relative">Below the folder that was named, or the file's own name.</param>
/// <param name="Language">Null: not a script.</param>
internal readonly record struct InputFile(string Path, string Relative, Language? Language)
{
    /// <summary>Whether the name alone makes it a module or CommonJS.</summary>
    public ParseOptions Options => new(MediaTypes.GoalByName(MediaTypes.FromPath(Path)));
}

/// <summary>Finds and reads the files that arguments name.</summary>
internal static class SourceFiles
{
    private const string Modules = "node_modules";

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>
    /// Files as they are; folders with everything below them in ordinal order, except hidden folders and, unless it was named, <c>node_modules</c>.
    /// </summary>
    /// <param name="problem">Something named that does not exist.</param>
    public static IReadOnlyList<InputFile> Find(IEnumerable<string> arguments, out string? problem)
    {
        problem = null;
        var found = new List<InputFile>();
        foreach (var argument in arguments)
        {
            if (File.Exists(argument))
            {
                found.Add(new InputFile(argument, Path.GetFileName(argument), LanguageOf(argument)));
            }
            else if (Directory.Exists(argument))
            {
                var everything = Path.GetFullPath(argument).Split('/').Contains(Modules);
                AddFolder(found, argument, argument, everything);
            }
            else
            {
                problem ??= $"there is no file or folder '{argument}'";
            }
        }

        return found;
    }

    /// <summary>Without a byte order mark; bytes that are not UTF-8 become U+FFFD.</summary>
    public static string Read(string path)
    {
        var bytes = File.ReadAllBytes(path).AsSpan();
        return Utf8.GetString(bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes);
    }

    private static Language? LanguageOf(string path) => MediaTypes.GetLanguage(MediaTypes.FromPath(path));

    private static void AddFolder(List<InputFile> found, string root, string folder, bool everything)
    {
        foreach (var file in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
        {
            found.Add(new InputFile(file, Path.GetRelativePath(root, file), LanguageOf(file)));
        }

        foreach (var child in Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(child);
            if (!name.StartsWith('.') && (everything || name != Modules) && new DirectoryInfo(child).LinkTarget is null)
            {
                AddFolder(found, root, child, everything);
            }
        }
    }
}
