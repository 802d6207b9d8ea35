using System.IO.Compression;
using System.Text.Json;
using Kiln.Analysis;
using Kiln.Analysis.Docs.Difference;
using Kiln.Analysis.Docs.Json;
using Kiln.Analysis.Docs.Model;
using Kiln.Registry.Catalog;
using Kiln.Registry.Data;
using Kiln.Registry.Storage;
using Microsoft.Extensions.Caching.Memory;

namespace Kiln.Registry.Docs;

/// <summary>
/// What changed in the public API from one version to another, from the stored models of both: what <c>kiln diff --json</c> says. Few are computed at once, and the answers are remembered:
/// versions do not change.
/// </summary>
public sealed class DocumentationDifference(Database database, IObjectStore store) : IDisposable
{
    private const string FileScheme = "file://";

    /// <summary>Bytes of a model as JSON. Comparing a larger one would hold up everybody else.</summary>
    private const int LargestModel = 48 * 1024 * 1024;

    private const int LargestRemembered = 2 * 1024 * 1024;

    private readonly MemoryCache cache = new(new MemoryCacheOptions { SizeLimit = 32 * 1024 * 1024 });
    private readonly SemaphoreSlim gate = new(1);

    /// <summary>An object with the members <c>verdict</c>, <c>changes</c> and <c>modules</c> (docs/diff.md).</summary>
    /// <param name="entry">An export that one of the versions must have, as its key; null for none in particular. The answer is about all of them.</param>
    /// <returns>
    /// Errors <c>packageVersionNotFound</c>; <c>diffDisabled</c> where one of the versions has no documentation, or too much of it; <c>entrypointOrSymbolNotFound</c>.
    /// </returns>
    public async Task<Result<JsonElement>> CompareAsync(string scope, string package, string older, string newer, string? entry, CancellationToken cancellation)
    {
        var (before, after) = await database.SnapshotAsync(
            async session => (await FindAsync(session, scope, package, older), await FindAsync(session, scope, package, newer)), cancellation);
        if ((before.Error ?? after.Error) is { } missing)
        {
            return missing;
        }

        if (entry is not null && before.Value.Exports.Concat(after.Value.Exports).All(e => e.Key != entry))
        {
            return new ApiError(ApiErrors.EntrypointOrSymbolNotFound, $"Neither version exports '{entry}'.");
        }

        var key = (before.Value.Nodes, after.Value.Nodes);
        if (cache.TryGetValue(key, out JsonElement known))
        {
            return known;
        }

        await gate.WaitAsync(cancellation);
        try
        {
            if (cache.TryGetValue(key, out known))
            {
                return known;
            }

            if (await ReadAsync(before.Value, cancellation) is not { } old || await ReadAsync(after.Value, cancellation) is not { } @new)
            {
                return new ApiError(ApiErrors.DiffDisabled, "The documentation of these versions is too large to be compared here. Use 'kiln diff'.");
            }

            var json = await DeepStack.RunAsync(token => Write(ApiDifference.Compare(Modules(before.Value, old), Modules(after.Value, @new), token)), cancellation);
            var difference = JsonDocument.Parse(json).RootElement.Clone();
            if (json.Length <= LargestRemembered)
            {
                cache.Set(key, difference, new MemoryCacheEntryOptions { Size = (json.Length * 2) + 512 });
            }

            return difference;
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose()
    {
        cache.Dispose();
        gate.Dispose();
    }

    private static async Task<Result<Side>> FindAsync(Session session, string scope, string package, string version)
    {
        if (await VersionStore.FindAsync(session, scope, package, version) is not { } row)
        {
            return new ApiError(ApiErrors.PackageVersionNotFound, $"There is no version {version} of @{scope}/{package}.");
        }

        return await VersionDocsStore.FindAsync(session, scope, package, version) is { } docs
            ? new Side(ObjectKeys.DocNodes(scope, package, version, docs.Nodes), [.. JsonSerializer.Deserialize<OrderedDictionary<string, string>>(row.Exports)!])
            : new ApiError(ApiErrors.DiffDisabled, $"There is no documentation of {version} yet.");
    }

    private static IReadOnlyList<ApiModule> Modules(Side side, DocSet docs)
    {
        var modules = docs.Modules.ToDictionary(m => m.Specifier, StringComparer.Ordinal);
        return
        [
            .. side.Exports.Select(e => (e.Key, Specifier: FileScheme + (e.Value.StartsWith('.') ? e.Value[1..] : e.Value)))
                .Where(e => modules.ContainsKey(e.Specifier)).Select(e => new ApiModule(e.Key, modules[e.Specifier])),
        ];
    }

    private static byte[] Write(ApiDifference difference)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            DifferenceJson.WriteMembers(json, difference, PathOf, PathOf);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static string PathOf(string specifier) => specifier.StartsWith(FileScheme + "/", StringComparison.Ordinal) ? specifier[(FileScheme.Length + 1)..] : specifier;

    /// <summary>Null when it is too large, or gone because it was made anew.</summary>
    private async Task<DocSet?> ReadAsync(Side side, CancellationToken cancellation)
    {
        await using var stored = await store.OpenAsync(side.Nodes, cancellation);
        if (stored is null)
        {
            return null;
        }

        var packed = await stored.ReadAllAsync(cancellation);
        using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var json = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int read; (read = await gzip.ReadAsync(buffer, cancellation)) > 0;)
        {
            if (json.Length + read > LargestModel)
            {
                return null;
            }

            json.Write(buffer, 0, read);
        }

        return await DeepStack.RunAsync(_ => DocJson.Read(json.GetBuffer().AsMemory(0, (int)json.Length)), cancellation);
    }

    private readonly record struct Side(ObjectKey Nodes, IReadOnlyList<KeyValuePair<string, string>> Exports);
}
