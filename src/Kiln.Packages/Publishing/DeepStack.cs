namespace Kiln.Packages.Publishing;

/// <summary>
/// Runs work on a thread of its own with a large stack. Every recursion over a package's modules has a depth limit; the limits are set for
/// this stack, not for the 1.5 MB of a pool thread, where an overflow would end the process.
/// </summary>
public static class DeepStack
{
    /// <summary>Address space; memory is used only as far as the stack grows.</summary>
    public const int StackSize = 64 * 1024 * 1024;

    /// <summary>Exceptions of the work, also cancellation, come out of the task.</summary>
    public static Task<T> RunAsync<T>(Func<CancellationToken, T> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }

        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(
            () =>
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
            },
            StackSize)
        {
            IsBackground = true,
            Name = "package analysis",
        };
        thread.Start();
        return completion.Task;
    }
}
