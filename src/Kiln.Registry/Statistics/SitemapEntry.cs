namespace Kiln.Registry.Statistics;

/// <summary>A page that search engines should know.</summary>
/// <param name="Path">Begins with a slash.</param>
/// <param name="LastModified">When what it shows last changed.</param>
public sealed record SitemapEntry(string Path, DateTimeOffset LastModified);
