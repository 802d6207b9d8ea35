namespace Kiln.Analysis.Docs.Model;

/// <summary>A property of an object pattern.</summary>
/// <param name="Key">Null exactly for a rest.</param>
/// <param name="Value">What the property is bound to: of <c>key: value</c> and <c>...value</c>; null for a shorthand.</param>
/// <param name="Default">The text behind <c>=</c> of a shorthand: <c>[UNSUPPORTED]</c>; null without one.</param>
public sealed record DocPatternProperty(string? Key, DocParameter? Value, string? Default);
