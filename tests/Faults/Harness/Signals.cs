using System.Runtime.InteropServices;

namespace Kiln.Faults.Harness;

internal static partial class Signals
{
    public const int Kill = 9;
    public const int Terminate = 15;
    public const int Continue = 18;
    public const int Stop = 19;

    /// <summary>The exit code that a shell and .NET report for a process that a signal ended.</summary>
    public static int ExitCodeOf(int signal) => 128 + signal;

    public static void Send(int process, int signal) => Assert.True(SendRaw(process, signal) == 0, $"signal {signal} could not be sent to {process}: errno {Marshal.GetLastPInvokeError()}");

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SendRaw(int process, int signal);
}
