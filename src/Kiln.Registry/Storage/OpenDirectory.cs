using Microsoft.Win32.SafeHandles;

namespace Kiln.Registry.Storage;

/// <summary>
/// A directory that is kept open, so that a file in it is found without the walk from the root: half of what a <c>stat</c> costs. It is opened anew every second, because an operator may have put
/// another directory in its place.
/// </summary>
internal sealed class OpenDirectory(PosixCalls calls, string path) : IDisposable
{
    private const long Lifetime = 1000;

    private readonly Lock opening = new();
    private Opened? opened;

    /// <summary>Null when it cannot be opened. Not to be disposed by the caller.</summary>
    public SafeFileHandle? Handle => opened is { } o && Environment.TickCount64 - o.At < Lifetime ? o.Handle : Open();

    public void Dispose() => opened?.Handle.Dispose();

    private SafeFileHandle? Open()
    {
        lock (opening)
        {
            if (opened is { } o && Environment.TickCount64 - o.At < Lifetime)
            {
                return o.Handle;
            }

            // The one before stays open while calls use it; the finalizer closes it. At most one is made a second.
            opened = calls.Open(path, out var handle) == 0 ? new Opened(handle!, Environment.TickCount64) : null;
            return opened?.Handle;
        }
    }

    private sealed record Opened(SafeFileHandle Handle, long At);
}
