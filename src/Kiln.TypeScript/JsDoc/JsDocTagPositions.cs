using Kiln.TypeScript.Text;

namespace Kiln.TypeScript.JsDoc;

/// <summary>
/// Finds places of a tag's text in the file, by reading its lines once more. Asked in ascending order, so that all answers for a tag together cost at
/// most one more reading of it, and nothing for what stands on its first line.
/// </summary>
internal ref struct JsDocTagPositions
{
    private const string Example = "@example";

    private readonly string text;
    private JsDocLines lines;
    private bool fenced;

    /// <summary>Where the current line starts in the text of the tag.</summary>
    private int offset;

    /// <param name="text">The file.</param>
    /// <param name="lines">At the tag's first line.</param>
    public JsDocTagPositions(string text, JsDocLines lines)
    {
        this.text = text;
        this.lines = lines;
        fenced = lines.HasFence;
        Current = Trim(text, lines.Current, keepIndentation: false);
        var line = text.AsSpan(Current.Start, Current.Length);
        KeepsIndentation = line.StartsWith(Example, StringComparison.Ordinal) && (line.Length == Example.Length || char.IsWhiteSpace(line[Example.Length]));
    }

    /// <summary>The current line, trimmed.</summary>
    public TextSpan Current { get; private set; }

    /// <summary>The lines of an example are trimmed at their ends only.</summary>
    public bool KeepsIndentation { get; }

    public static TextSpan Trim(string text, TextSpan line, bool keepIndentation)
    {
        var end = line.Start + text.AsSpan(line.Start, line.Length).TrimEnd().Length;
        var start = keepIndentation ? line.Start : end - text.AsSpan(line.Start, end - line.Start).TrimStart().Length;
        return new TextSpan(start, end);
    }

    /// <summary>The piece with its place in the file. An end of line in the piece is one character.</summary>
    public JsDocText Locate(ReadOnlySpan<char> value, int start, int end)
    {
        var from = Find(start);
        var to = end == start ? from : Find(end - 1) + 1;
        return new JsDocText(value[start..end].ToString(), new TextSpan(from, to));
    }

    /// <param name="position">Not less than in the last call.</param>
    private int Find(int position)
    {
        while (position > offset + Current.Length)
        {
            offset += Current.Length + 1;
            lines.MoveNextInBlock(ref fenced);
            Current = Trim(text, lines.Current, KeepsIndentation);
        }

        return Current.Start + position - offset;
    }
}
