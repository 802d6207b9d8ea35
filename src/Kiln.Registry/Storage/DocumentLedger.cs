using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Kiln.Registry.Storage;

/// <summary>
/// A small file for every document that is replaced: its lock among all processes of this machine, and the note which generation the document shows (ADR 0016). Two lines: version,
/// generation and hash of the document before the last replacement and after it. Both are written before the document changes, so whichever of them the file system
/// shows after a crash, its generation is known. Lost or damaged, it says nothing, and the document is written again. Never deleted: a lock file that is removed locks nobody out.
/// </summary>
internal sealed class DocumentLedger(PosixCalls calls, string folder)
{
    private const int Longest = 512;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits for the lock without holding a thread. The result frees it when it is disposed; the kernel does when the process dies.</summary>
    /// <exception cref="IOException">Somebody has held it for half a minute, perhaps a process that was stopped.</exception>
    public async Task<SafeFileHandle> LockAsync(ObjectKey key, CancellationToken cancellation)
    {
        var path = PathOf(key);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (calls.OpenOrCreate(path, out var opened) is var failed and not 0)
        {
            throw PosixCalls.Failure("open", path, failed);
        }

        var file = opened!;
        try
        {
            var wait = FirstWait;
            var waited = TimeSpan.Zero;
            while (true)
            {
                switch (calls.TryLock(file))
                {
                    case 0:
                        return file;
                    case PosixCalls.WouldBlock when waited < Patience:
                        await Task.Delay(wait, cancellation);
                        waited += wait;
                        wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
                        break;
                    case PosixCalls.WouldBlock:
                        throw new IOException($"Another process has held the lock of '{key}' for {Patience.TotalSeconds:0} s.");
                    case var error:
                        throw PosixCalls.Failure("flock", path, error);
                }
            }
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>What the ledger knows of a version; generation 0 when it does not know it.</summary>
    public static DocumentState Find(SafeFileHandle ledger, string version)
    {
        Span<byte> bytes = stackalloc byte[Longest];
        var length = RandomAccess.Read(ledger, bytes, 0);
        foreach (var line in Encoding.ASCII.GetString(bytes[..length]).Split('\n'))
        {
            // A torn line lacks its end mark.
            if (line.Split(' ') is [var known, var number, { Length: 64 } hash, "."] && known == version && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var generation))
            {
                return new DocumentState(version, generation, hash);
            }
        }

        return new DocumentState(version, 0);
    }

    /// <summary>Notes what the document is, and what it will be in a moment.</summary>
    public static void Write(SafeFileHandle ledger, DocumentState now, DocumentState next)
    {
        var text = new StringBuilder();
        foreach (var state in now.Generation > 0 ? [now, next] : new[] { next })
        {
            text.Append(CultureInfo.InvariantCulture, $"{state.Version} {state.Generation} {state.Sha256} .\n");
        }

        var bytes = Encoding.ASCII.GetBytes(text.ToString());
        RandomAccess.Write(ledger, bytes, 0);
        RandomAccess.SetLength(ledger, bytes.Length);
    }

    // Spread over 256 folders; the hash, because a path may be longer than a file name.
    private string PathOf(ObjectKey key)
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key.ToString())));
        return $"{folder}/{name[..2]}/{name[2..34]}";
    }
}
