using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Kiln.Analysis.Docs.Json;

/// <summary>Goes on with a recursion on a thread of its own when the stack is nearly used up: work that cannot be done twice. The depth has a limit elsewhere.</summary>
internal static class DeepStack
{
    private const int Size = 64 * 1024 * 1024;

    public static bool HasRoom => RuntimeHelpers.TryEnsureSufficientExecutionStack();

    public static void Continue(Action work)
    {
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    work();
                }
                catch (Exception e)
                {
                    // It belongs to the caller's thread.
                    failure = ExceptionDispatchInfo.Capture(e);
                }
            },
            Size);
        thread.Start();
        thread.Join();
        failure?.Throw();
    }
}
