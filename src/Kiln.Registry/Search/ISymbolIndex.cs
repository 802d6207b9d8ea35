using Kiln.Registry.Data;

namespace Kiln.Registry.Search;

/// <summary>
/// The symbols of all packages' newest versions. Packages that are archived or whose description starts with <c>INTERNAL</c>, and versions that are yanked, are never found, from the
/// moment on in which they become so.
/// </summary>
public interface ISymbolIndex
{
    /// <summary>Puts these symbols in the place of all others of the package, at once for whoever searches; none takes the package out.</summary>
    /// <param name="fence">
    /// Runs first in each of several transactions, and throws <see cref="LeaseLostException"/> when the package is another writer's by now: only one at a time may write a package's symbols.
    /// </param>
    Task ReplaceAsync(string scope, string package, string version, IReadOnlyList<SymbolEntry> symbols, Func<Session, Task> fence, CancellationToken cancellation);

    /// <summary>The best first. A query without a letter or digit finds nothing.</summary>
    /// <param name="query">What a person typed; every word has to fit the name, the package or the summary.</param>
    /// <param name="limit">From 1 to 100.</param>
    Task<IReadOnlyList<SymbolHit>> SearchAsync(string query, int limit, CancellationToken cancellation);
}
