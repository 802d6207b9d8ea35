namespace Kiln.Documentation.Markdown;

/// <summary>Where <c>{@link …}</c> leads.</summary>
/// <param name="Address">Trusted as an address: it is encoded and not examined further.</param>
/// <param name="Text">Plain text for a link that its author gave no label; null shows the target as it was written.</param>
public sealed record SymbolLink(string Address, string? Text = null);
