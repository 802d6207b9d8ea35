namespace Kiln.Documentation.Site;

/// <summary>A file of a static site.</summary>
/// <param name="Path">Relative to the site, with <c>/</c>; safe on every file system.</param>
/// <param name="Text">Its content; null when it is a copy.</param>
/// <param name="CopyOf">The absolute path in the package of what it is a copy of; null when it is text.</param>
public sealed record SiteFile(string Path, string? Text, string? CopyOf = null);
