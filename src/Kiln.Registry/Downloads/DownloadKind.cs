namespace Kiln.Registry.Downloads;

/// <summary>What was fetched (registry.md §7).</summary>
public enum DownloadKind
{
    /// <summary>A version's manifest: what Deno and bundlers fetch once for each cache.</summary>
    JsrMeta,

    /// <summary>The tarball that npm, pnpm, yarn and bun install.</summary>
    NpmTarball,
}
