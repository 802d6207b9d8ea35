namespace Kiln.TypeScript.RegularExpressions;

/// <summary>A group that is still open; the bottom frame is the pattern itself.</summary>
/// <param name="Start">Where its parenthesis stands.</param>
/// <param name="AlternativeStart">Behind its last <c>|</c>, or <paramref name="Start"/> while there is none.</param>
/// <param name="IsRepeatable">Whether a quantifier may follow the closing parenthesis.</param>
internal record struct GroupFrame(int Start, int AlternativeStart, bool IsRepeatable);
