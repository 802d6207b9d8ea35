namespace Kiln.Registry.Search;

/// <summary>
/// Packages and scopes by what they say of themselves. Archived packages are found only with <c>is:archived</c>; packages whose versions are all yanked, or whose description starts with
/// <c>INTERNAL</c>, never; all from the moment on in which they become so.
/// </summary>
public interface IPackageSearch
{
    /// <summary>The best first.</summary>
    Task<PackageSearchResult> SearchAsync(PackageQuery query, int limit, CancellationToken cancellation);
}
