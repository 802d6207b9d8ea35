namespace Kiln.Registry.Docs;

/// <summary>Where an address leads that is no page.</summary>
/// <param name="To">Behind the address of the package.</param>
/// <param name="Anchor">The id on that page; null for the page itself.</param>
internal sealed record StoredRedirect(string To, string? Anchor);
