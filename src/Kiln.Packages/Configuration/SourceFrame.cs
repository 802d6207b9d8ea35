using System.Text;

namespace Kiln.Packages.Configuration;

/// <summary>The line of a file that a message is about, with a mark under the column.</summary>
internal static class SourceFrame
{
    private const int MaxLineLength = 160;

    /// <summary><c>path:line:column</c>, and below the line and the mark; without them when the line is too long to help.</summary>
    public static string Render(string path, ReadOnlySpan<byte> utf8, TextPlace place)
    {
        var text = Encoding.UTF8.GetString(utf8).TrimStart('\ufeff');
        var rest = text.AsSpan();
        for (var line = 1; line < place.Line; line++)
        {
            rest = rest[(rest.IndexOf('\n') + 1)..];
        }

        var end = rest.IndexOf('\n');
        var source = (end < 0 ? rest : rest[..end]).TrimEnd('\r').ToString().Replace('\t', ' ');
        return source.Length > MaxLineLength || source.AsSpan().IndexOfAnyInRange('\0', '\u001f') >= 0
            ? $"{path}:{place}"
            : $"{path}:{place}\n\n  {source}\n  {new string(' ', place.Column - 1)}^";
    }
}
