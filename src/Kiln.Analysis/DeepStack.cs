using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Kiln.Analysis;

/// <summary>
/// Threads of their own with a large stack. Every recursion over a package's modules has a depth limit; the limits are set for this stack, not for the 1.5 MB of a pool
/// thread, where an overflow would end the process.
/// </summary>
public static class DeepStack
{
    /// <summary>Bytes of address space; memory is used only as far as the stack grows.</summary>
    public const int StackSize = 64 * 1024 * 1024;

    internal static bool HasRoom => RuntimeHelpers.TryEnsureSufficientExecutionStack();

    /// <summary>Runs work from its start on such a thread. Exceptions of the work, also cancellation, come out of the task.</summary>
    public static Task<T> RunAsync<T>(Func<CancellationToken, T> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }

        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Start(() =>
        {
            try
            {
                completion.SetResult(work(cancellationToken));
            }
            catch (OperationCanceledException e) when (e.CancellationToken == cancellationToken)
            {
                completion.SetCanceled(cancellationToken);
            }
            catch (Exception e)
            {
                completion.SetException(e);
            }
        });
        return completion.Task;
    }

    /// <summary>Goes on with a recursion that has used up its stack, where it cannot give up and be done again. The caller waits.</summary>
    internal static void Continue(Action work)
    {
        ExceptionDispatchInfo? failure = null;
        Start(() =>
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
        }).Join();
        failure?.Throw();
    }

    private static Thread Start(ThreadStart work)
    {
        var thread = new Thread(work, StackSize) { IsBackground = true, Name = "package analysis" };
        thread.Start();
        return thread;
    }
}
