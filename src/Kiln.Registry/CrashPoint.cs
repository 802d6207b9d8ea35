using System.Globalization;
using System.Runtime.InteropServices;

namespace Kiln.Registry;

/// <summary>
/// Named places where the fault tests kill the process (spec security.md §3.9). Inert unless the environment says <c>KILN_CRASH=name</c> or
/// <c>KILN_CRASH=name:n</c> (the n-th hit, from 1). The process dies by SIGKILL: no finalizer, no flush, no shutdown hook, as when the power goes.
/// </summary>
public static partial class CrashPoint
{
    public const string Variable = "KILN_CRASH";

    public const string StagingWritten = "staging-written";
    public const string StagingLinked = "staging-linked";
    public const string BeforeClaim = "before-claim";
    public const string TaskInserted = "task-inserted";
    public const string AfterClaim = "after-claim";
    public const string Leased = "leased";
    public const string Built = "built";
    public const string Locked = "locked";
    public const string ObjectWritten = "object-written";
    public const string ObjectLinked = "object-linked";
    public const string ModulesWritten = "modules-written";
    public const string TarballWritten = "tarball-written";
    public const string VersionMetaWritten = "version-meta-written";
    public const string InsideCommit = "inside-commit";
    public const string Committed = "committed";
    public const string PackageMetaWritten = "package-meta-written";
    public const string PackumentWritten = "packument-written";
    public const string BeforeSuccess = "before-success";
    public const string AfterSuccess = "after-success";
    public const string JobLeased = "job-leased";
    public const string DocsRendered = "docs-rendered";
    public const string DocsWritten = "docs-written";
    public const string InsideDocsCommit = "inside-docs-commit";
    public const string DocsCommitted = "docs-committed";
    public const string SymbolsCommitted = "symbols-committed";

    /// <summary>All points in the order in which a publish of one package passes them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        ObjectWritten, ObjectLinked, StagingWritten, StagingLinked, BeforeClaim, TaskInserted, AfterClaim, Leased, Built, Locked, ModulesWritten, TarballWritten,
        VersionMetaWritten, InsideCommit, Committed, PackageMetaWritten, PackumentWritten, BeforeSuccess, AfterSuccess,
    ];

    /// <summary>Those of the jobs that follow it.</summary>
    public static IReadOnlyList<string> Jobs { get; } = [JobLeased, DocsRendered, DocsWritten, InsideDocsCommit, DocsCommitted, SymbolsCommitted];

    private static readonly (string Name, int Count)? Armed = Read(Environment.GetEnvironmentVariable(Variable));

    // The one counter that changes: how often the armed point was passed. It lives as long as the process that it kills.
    private static int hits;

    public static void Hit(string name)
    {
        if (Armed is { } armed && string.Equals(armed.Name, name, StringComparison.Ordinal) && Interlocked.Increment(ref hits) == armed.Count)
        {
            _ = Kill(Environment.ProcessId, 9);
        }
    }

    private static (string Name, int Count)? Read(string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return null;
        }

        var colon = value.IndexOf(':', StringComparison.Ordinal);
        return colon < 0
            ? (value, 1)
            : (value[..colon], int.Parse(value.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture));
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int process, int signal);
}
