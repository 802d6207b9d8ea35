using System.Text;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace Kiln.Registry.Storage.S3;

/// <summary>Asks a server, before the first write, what it can decide by itself (security.md §3.2 step 7, F14). Servers that do not know a condition ignore it; so success proves nothing, refusal does.</summary>
internal static class S3SelfTest
{
    private const int Racers = 8;
    private const string NobodysTag = "\"00000000000000000000000000000000\"";

    public static async Task<S3Conditions> RunAsync(AmazonS3Client client, S3Caller caller, S3Limits limits, string bucket, string prefix, CancellationToken cancellation)
    {
        // Sorts before every bucket's folder and is no key of the store.
        var name = $"{prefix}.probe/{Guid.NewGuid():N}";
        try
        {
            var createOnly = await CreatesOnceAsync();
            var first = await PutAsync(name, "first", null);
            if (first is null)
            {
                throw new StoreUnavailableException($"The bucket '{bucket}' does not exist, or does not let us write.", refused: true, null);
            }

            // Quoted as HTTP wants it, else bare.
            foreach (var bare in new[] { false, true })
            {
                string Form(string tag) => bare ? tag.Trim('"') : tag;
                if (await PutAsync(name, "stale", request => request.IfMatch = Form(NobodysTag)) is not null)
                {
                    break; // It does not look.
                }

                if (await PutAsync(name, "second", request => request.IfMatch = Form(first)) is { } second
                    && await PutAsync(name, "late", request => request.IfMatch = Form(first)) is null && second != first)
                {
                    return new S3Conditions(createOnly, CompareAndReplace: true, BareTags: bare);
                }
            }

            return new S3Conditions(createOnly, CompareAndReplace: false, BareTags: false);
        }
        finally
        {
            await CleanUpAsync();
        }

        async Task<bool> CreatesOnceAsync()
        {
            var created = await Task.WhenAll(Enumerable.Range(0, Racers).Select(i => PutAsync(name + "-race", $"racer {i}", request => request.IfNoneMatch = "*")));

            // None: the winner's answer was lost. Then another one may not win any more either.
            return created.Count(tag => tag is not null) switch
            {
                0 => await PutAsync(name + "-race", "late", request => request.IfNoneMatch = "*") is null,
                1 => true,
                _ => false,
            };
        }

        // The new tag; null when the condition was refused.
        async Task<string?> PutAsync(string key, string text, Action<PutObjectRequest>? condition)
        {
            try
            {
                var reply = await caller.CallAsync(
                    "a test of conditional writes",
                    limits.Patience,
                    token =>
                    {
                        var request = S3Clients.Put(bucket, key, new MemoryStream(Encoding.UTF8.GetBytes(text)));
                        condition?.Invoke(request);
                        return client.PutObjectAsync(request, token);
                    },
                    cancellation);
                return reply.Value?.ETag;
            }
            catch (StoreUnavailableException e) when (condition is not null && e.InnerException is AmazonServiceException { StatusCode: System.Net.HttpStatusCode.NotImplemented })
            {
                return "not implemented"; // Counts as ignored.
            }
        }

        async Task CleanUpAsync()
        {
            foreach (var key in new[] { name, name + "-race" })
            {
                try
                {
                    await caller.CallAsync("a test of conditional writes", limits.Patience, token => client.DeleteObjectAsync(new DeleteObjectRequest { BucketName = bucket, Key = key }, token), cancellation);
                }
                catch (Exception e) when (e is IOException or OperationCanceledException)
                {
                    // What the test itself found is more to the point; a left probe harms nobody.
                }
            }
        }
    }
}
