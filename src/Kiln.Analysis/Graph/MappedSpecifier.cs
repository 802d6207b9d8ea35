namespace Kiln.Analysis.Graph;

/// <summary>What an author's configuration makes of a specifier.</summary>
/// <param name="Text">What a published module says in its place; null leaves it as it is.</param>
/// <param name="Problem">Why it means nothing; a sentence for the user. Null when it means something.</param>
public readonly record struct MappedSpecifier(string? Text, string? Problem = null);
