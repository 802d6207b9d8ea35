using Kiln.Documentation.Pages;

namespace Kiln.Documentation.Links;

/// <summary>What a name stands for: a page of the package, with a place on it, or an address elsewhere.</summary>
/// <param name="Page">Null when <paramref name="Address"/> is given.</param>
/// <param name="Anchor">The id on the page; null for all of it.</param>
/// <param name="Address">Outside the package.</param>
internal sealed record LinkTarget(DocPageKey? Page, string? Anchor = null, string? Address = null);
