using Kiln.TypeScript.Tree;

namespace Kiln.TypeScript.Lexing;

/// <summary>The current token and what a lexer needs to go on from it. Copying it is all that looking ahead and backtracking cost.</summary>
internal struct LexerState
{
    public TokenKind Kind;
    public bool NewLineBefore;

    /// <summary>The identifier, string or template contains a backslash escape.</summary>
    public bool HasEscape;
    public int Start;
    public int End;

    /// <summary>End of the token before this one.</summary>
    public int PreviousEnd;

    /// <summary>A lexical error of this token (or of the trivia before it), reported when the parser takes the token; 0 when there is none.</summary>
    public int ErrorCode;
    public int ErrorStart;
    public int ErrorEnd;
    public int CommentCount;
    public int ConflictMarkerCount;
}
