namespace Kiln.Analysis.FastCheck;

/// <summary>Why the types of a module cannot be told from its syntax (publishing.md §4.8).</summary>
/// <param name="Code">One of <see cref="FastCheckCodes"/>.</param>
/// <param name="Start">UTF-16 offset in the source; 0 with <paramref name="End"/> 0 when the module as a whole is meant.</param>
/// <param name="End">Exclusive.</param>
/// <param name="Message">A sentence without a full stop, as the reference words it.</param>
/// <param name="Hint">What to do.</param>
public readonly record struct FastCheckDiagnostic(string Code, int Start, int End, string Message, string Hint);
