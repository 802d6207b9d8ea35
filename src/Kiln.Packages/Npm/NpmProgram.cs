using Kiln.TypeScript;
using Kiln.TypeScript.Text;

namespace Kiln.Packages.Npm;

/// <summary>What a file needs that npm links as a command.</summary>
internal static class NpmProgram
{
    private const string Node = "#!/usr/bin/env node";

    /// <summary>
    /// The text with a first line that starts an interpreter of JavaScript. One for Node or Bun stays as the author wrote it; one that names another (deno, tsx)
    /// would not find TypeScript here, and a file without one would be run by the shell.
    /// </summary>
    /// <param name="isNewLine">The line stands in front of what was the first one.</param>
    public static string WithInterpreter(string text, out bool isNewLine)
    {
        text = text.TrimStart('\ufeff');
        isNewLine = !text.StartsWith("#!", StringComparison.Ordinal);
        if (isNewLine)
        {
            return Node + "\n" + text;
        }

        var end = text.AsSpan().IndexOfAny('\r', '\n');
        var line = end < 0 ? text : text[..end];

        // The kernel would look for a program named "node\r".
        var rest = end < 0 ? "" : text[end..].TrimStart('\r');
        var words = line[2..].Split([' ', '\t', '/'], StringSplitOptions.RemoveEmptyEntries);
        return (words.Contains("node", StringComparer.Ordinal) || words.Contains("bun", StringComparer.Ordinal) ? line : Node) + rest;
    }

    /// <summary>The change that <see cref="WithInterpreter"/> makes to a first line that is there, for the emitter, whose map then knows of it.</summary>
    public static IReadOnlyList<(TextSpan Span, string Text)> ReplaceInterpreter(SourceFile file)
    {
        if (file.Comments is not [{ Kind: CommentKind.Shebang } line, ..])
        {
            return [];
        }

        var written = file.Text[line.Start..line.End];
        var wanted = WithInterpreter(written, out _);
        return wanted == written ? [] : [(new TextSpan(line.Start, line.End), wanted)];
    }

    /// <summary>The source map of a text that got a line in front.</summary>
    public static string ShiftMap(string map) => map.Replace("\"mappings\":\"", "\"mappings\":\";", StringComparison.Ordinal);
}
