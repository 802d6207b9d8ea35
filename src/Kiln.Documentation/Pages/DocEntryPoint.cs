namespace Kiln.Documentation.Pages;

/// <summary>An export of the package.</summary>
/// <param name="Key">Without the <c>./</c>: empty for the main entry.</param>
/// <param name="Specifier">Of its module: <c>file:///mod.ts</c>.</param>
public sealed record DocEntryPoint(string Key, string Specifier);
