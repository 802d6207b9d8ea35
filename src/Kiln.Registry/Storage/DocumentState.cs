namespace Kiln.Registry.Storage;

/// <summary>What a writer must know about a document before it replaces it (ADR 0016).</summary>
/// <param name="Version">What <see cref="IObjectStore.ReplaceIfAsync"/> compares with; null when there is no such object.</param>
/// <param name="Generation">Of the facts that the stored bytes show; 0 when nothing says so, which is older than any.</param>
/// <param name="Sha256">Of the stored bytes, lower-case hex; null when nothing says so.</param>
public readonly record struct DocumentState(string? Version, long Generation, string? Sha256 = null);
