using Kiln.Registry.Storage;
using Kiln.Registry.Storage.S3;

namespace Kiln.Server.Hosting;

/// <summary>Tells at start where objects are and what the store can decide by itself (security.md F14). Only writers need to know; a gateway starts without asking.</summary>
internal static class StorageNotice
{
    /// <exception cref="IOException">The store refuses us: one line that names the option.</exception>
    public static async Task PrepareAsync(IServiceProvider services, ServerOptions options, TextWriter output, CancellationToken cancellation)
    {
        if (options.Storage is null || services.GetService<S3ObjectStore>() is not { } store)
        {
            return;
        }

        if (options.Roles == ServerRoles.Gateway)
        {
            await output.WriteLineAsync($"Objects: {store.Address}, for reading");
            return;
        }

        try
        {
            await output.WriteLineAsync($"Objects: {store.Address}, {await store.PrepareAsync(cancellation)}");
        }
        catch (StoreUnavailableException e) when (e.Refused)
        {
            throw new IOException("--storage: " + e.Message, e);
        }
        catch (StoreUnavailableException e)
        {
            // It may come back; until then work waits, and the first write asks again.
            await output.WriteLineAsync($"Objects: {store.Address} does not answer yet ({e.Message})");
        }
    }
}
