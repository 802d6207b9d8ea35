using System.Text.Json;
using Kiln.Packages.Files;

namespace Kiln.Packages.Configuration;

/// <summary>A <c>deno.json(c)</c>, <c>jsr.json(c)</c> or <c>package.json</c> on the author's disk.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Bytes">As they are.</param>
/// <param name="Root">An object.</param>
public sealed record ConfigurationFile(string Path, ReadOnlyMemory<byte> Bytes, JsoncValue Root)
{
    /// <summary>The folder that its relative paths start from.</summary>
    public string Folder => TreePath.ParentOf(Path) ?? "/";

    /// <summary>The text of a string member that is not blank; else null.</summary>
    public string? Text(string member) => Root.Find(member) is { Kind: JsonValueKind.String, Text: { } text } && !string.IsNullOrWhiteSpace(text) ? text : null;

    /// <summary>False when there is no such file; then, or when it cannot be read as an object, <paramref name="file"/> is null.</summary>
    /// <param name="error">Why the file that exists cannot be used.</param>
    public static bool TryLoad(IFileTree tree, string path, out ConfigurationFile? file, out JsoncError? error)
    {
        ArgumentNullException.ThrowIfNull(tree);
        file = null;
        error = null;
        if (!tree.TryRead(path, out var bytes))
        {
            return false;
        }

        if (JsoncReader.TryRead(bytes.Span, out var root, out error))
        {
            if (root.Kind == JsonValueKind.Object)
            {
                file = new ConfigurationFile(path, bytes, root);
            }
            else
            {
                error = new JsoncError($"The file must hold an object, not {root.KindInWords}.", root.Place);
            }
        }

        return true;
    }
}
