using System.Runtime.InteropServices;

namespace Kiln.TypeScript.Lexing;

/// <content>
/// The lines that version control leaves in a file with a merge conflict. They are trivia, and so is the second side of the conflict: a file with a
/// conflict has errors at its markers and no others.
/// </content>
internal sealed partial class Lexer
{
    public const int ConflictMarkerLength = 7;

    private readonly List<int> conflictMarkers = [];

    /// <summary>Where markers start up to the current token, in source order.</summary>
    public ReadOnlySpan<int> ConflictMarkers => CollectionsMarshal.AsSpan(conflictMarkers)[..Token.ConflictMarkerCount];

    /// <summary>Where the comment that was read last starts; there must be one.</summary>
    public int LastCommentStart => comments.AsSpan()[Token.CommentCount - 1].Start;

    /// <summary>Seven times the same character at the start of a line, and then a space unless it is an equals sign.</summary>
    private bool IsConflictMarker(int at)
    {
        if ((at > 0 && !CharacterFacts.IsLineTerminator(text[at - 1])) || at + ConflictMarkerLength >= length)
        {
            return false;
        }

        var marker = text.AsSpan(at, ConflictMarkerLength);
        return !marker.ContainsAnyExcept(text[at]) && (text[at] == '=' || text[at + ConflictMarkerLength] == ' ');
    }

    /// <summary>Of <c>&lt;&lt;&lt;&lt;&lt;&lt;&lt;</c> and <c>&gt;&gt;&gt;&gt;&gt;&gt;&gt;</c> the line, from the others up to the next marker.</summary>
    private int SkipConflictMarker(int at)
    {
        // Those behind were found by a reading that was given up.
        CollectionsMarshal.SetCount(conflictMarkers, Token.ConflictMarkerCount);
        conflictMarkers.Add(at);
        Token.ConflictMarkerCount++;

        var marker = text[at];
        if (marker is '<' or '>')
        {
            var end = text.AsSpan(at).IndexOfAny(LineEnds);
            return end < 0 ? length : at + end;
        }

        while (true)
        {
            var found = text.AsSpan(at).IndexOfAny('=', '>');
            if (found < 0)
            {
                return length;
            }

            at += found;
            if (text[at] != marker && IsConflictMarker(at))
            {
                return at;
            }

            at++;
        }
    }
}
