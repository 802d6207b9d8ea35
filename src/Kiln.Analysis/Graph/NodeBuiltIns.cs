using System.Collections.Frozen;

namespace Kiln.Analysis.Graph;

/// <summary>The modules that Node brings along and that people import by their bare names.</summary>
public static class NodeBuiltIns
{
    private static readonly FrozenSet<string> Names = FrozenSet.Create(
        StringComparer.Ordinal,
        "assert", "assert/strict", "async_hooks", "buffer", "child_process", "cluster", "console", "constants", "crypto", "dgram", "diagnostics_channel", "dns", "dns/promises", "domain", "events", "fs",
        "fs/promises", "http", "http2", "https", "inspector", "inspector/promises", "module", "net", "os", "path", "path/posix", "path/win32", "perf_hooks", "process", "punycode", "querystring", "readline",
        "readline/promises", "repl", "stream", "stream/consumers", "stream/promises", "stream/web", "string_decoder", "sys", "timers", "timers/promises", "tls", "tty", "url", "util", "util/types", "v8",
        "vm", "wasi", "worker_threads", "zlib");

    /// <summary>The specifier, sub path included, is such a module: <c>fs/promises</c>.</summary>
    public static bool Contains(string specifier) => Names.Contains(specifier);
}
