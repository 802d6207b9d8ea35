
namespace Kiln.Analysis.Tests;

public sealed class DeepStackTests
{
    [Fact]
    public async Task Holds_a_recursion_that_a_pool_thread_cannot()
    {
        // 150,000 frames of at least 100 bytes: more than 8 MB.
        Assert.Equal(150_000, await DeepStack.RunAsync(_ => Depth(150_000), CancellationToken.None));
    }

    [Fact]
    public async Task Passes_on_exceptions_and_cancellation()
    {
        await Assert.ThrowsAsync<InvalidDataException>(() => DeepStack.RunAsync<int>(_ => throw new InvalidDataException(), CancellationToken.None));

        using var cancellation = new CancellationTokenSource();
        var task = DeepStack.RunAsync<int>(
            token =>
            {
                cancellation.Cancel();
                token.ThrowIfCancellationRequested();
                return 0;
            },
            cancellation.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
        Assert.True(task.IsCanceled);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => DeepStack.RunAsync(_ => 0, cancellation.Token));
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static long Depth(int n)
    {
        Span<long> frame = stackalloc long[8];
        frame[n % 8] = n == 0 ? 0 : Depth(n - 1) + 1;
        return frame[n % 8];
    }
}
