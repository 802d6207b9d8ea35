using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Kiln.TypeScript;

/// <summary>
/// Keeps recursion from ending the process, and its answer from depending on the thread: what finds its stack too short gives up and is done again on a thread
/// whose stack is large enough for everything that the limits of depth let through.
/// </summary>
/// <remarks>A second run costs a thread, but only for nesting that no ordinary thread is short of: at 256 KiB from about sixty parentheses on, at 1.5 MiB from four hundred.</remarks>
public sealed class StackGuard
{
    /// <summary>Address space; memory is taken only as far as it is used.</summary>
    private const int LargeStack = 64 * 1024 * 1024;

    private StackGuard()
    {
    }

    private bool RanOut { get; set; }

    /// <summary>False when the stack is nearly used up: the caller must return at once, and its result will not be used.</summary>
    public bool HasRoom()
    {
        if (RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            return true;
        }

        RanOut = true;
        return false;
    }

    /// <summary>Runs work that asks its guard before it goes deeper. The work must be able to run twice.</summary>
    public static T Run<T>(Func<StackGuard, T> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        var guard = new StackGuard();
        var result = work(guard);
        return guard.RanOut ? RunOnLargeStack(work) : result;
    }

    private static T RunOnLargeStack<T>(Func<StackGuard, T> work)
    {
        T? result = default;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    result = work(new StackGuard());
                }
                catch (Exception e)
                {
                    // It belongs to the caller's thread.
                    failure = ExceptionDispatchInfo.Capture(e);
                }
            },
            LargeStack);
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result!;
    }
}
