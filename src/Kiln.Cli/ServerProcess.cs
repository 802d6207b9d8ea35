using System.CommandLine;
using System.Runtime.InteropServices;

namespace Kiln.Cli;

/// <summary>Replaces this process by <c>kiln-server</c>, which lies beside it.</summary>
internal static unsafe partial class ServerProcess
{
    /// <summary>Returns only when that failed.</summary>
    public static int Become(string[] arguments)
    {
        var server = Path.Combine(AppContext.BaseDirectory, "kiln-server");
        var list = new nint[arguments.Length + 2];
        try
        {
            list[0] = Marshal.StringToCoTaskMemUTF8(server);
            for (var i = 0; i < arguments.Length; i++)
            {
                list[i + 1] = Marshal.StringToCoTaskMemUTF8(arguments[i]);
            }

            fixed (nint* argv = list)
            {
                _ = Execute(server, argv);
            }

            Console.Error.WriteLine($"kiln: cannot start {server}: {Marshal.GetLastPInvokeErrorMessage()}");
            return 127;
        }
        finally
        {
            foreach (var text in list)
            {
                Marshal.FreeCoTaskMem(text);
            }
        }
    }

    /// <summary>Stands in the list of commands; the command itself never runs here.</summary>
    public static Command Describe(string name, string description) => new(name, description) { TreatUnmatchedTokensAsErrors = false };

    // execv keeps the environment of the process as the C library knows it.
    [LibraryImport("libc", EntryPoint = "execv", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Execute(string path, nint* arguments);
}
