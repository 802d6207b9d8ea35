using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;

namespace Kiln.Registry.Storage.S3;

/// <summary>
/// Objects in a bucket of an S3-compatible store: <c>PREFIX{modules,npm,docs,staging}/KEY</c>, each with the content type and cache policy of <see cref="ObjectPolicies"/>, so that
/// a static server can hand them out, and with its SHA-256 as metadata. Reading needs the server alone. Writing asks it first what it can decide by itself
/// (<see cref="S3SelfTest"/>); where it cannot, writers take turns by <see cref="Exclusion"/>.
/// </summary>
public sealed partial class S3ObjectStore : IObjectStore, IDisposable
{
    internal const string HashName = "sha256";
    internal const string GenerationName = "generation";

    /// <summary>What is read in one piece, and checked before anybody sees it.</summary>
    private const int Small = 256 * 1024;

    private readonly AmazonS3Client client;
    private readonly StorageAddress address;
    private readonly S3Limits limits;
    private readonly S3Caller caller;
    private readonly Exclusion? exclusion;
    private readonly string spoolFolder;
    private readonly SemaphoreSlim testing = new(1);
    private S3Conditions? conditions;

    private S3ObjectStore(AmazonS3Client client, StorageAddress address, string spoolFolder, Exclusion? exclusion, S3Limits limits)
    {
        this.client = client;
        this.address = address;
        this.spoolFolder = spoolFolder;
        this.exclusion = exclusion;
        this.limits = limits;
        caller = new S3Caller(address, limits);
    }

    /// <summary>Sends nothing: a server that is away is noticed by the first call.</summary>
    /// <param name="spoolFolder">Where uploads wait that are too large for memory; made when needed.</param>
    /// <param name="exclusion">Null in a process that only reads.</param>
    public static S3ObjectStore Open(StorageAddress address, string spoolFolder, Exclusion? exclusion, S3Limits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(address);
        return new S3ObjectStore(S3Clients.Create(address), address, spoolFolder, exclusion, limits ?? new S3Limits());
    }

    public event Action<ObjectKey>? Changed;

    public bool IsRemote => true;

    public StorageAddress Address => address;

    /// <summary>Tests once what the server can do; the first write does it at the latest.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be reached or does not let us write.</exception>
    public async Task<S3Conditions> PrepareAsync(CancellationToken cancellation)
    {
        if (conditions is { } known)
        {
            return known;
        }

        await testing.WaitAsync(cancellation);
        try
        {
            return conditions ??= await S3SelfTest.RunAsync(client, caller, limits, address.Bucket, address.Prefix, cancellation);
        }
        finally
        {
            testing.Release();
        }
    }

    public async ValueTask<StoredObject?> OpenAsync(ObjectKey key, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var reply = await GetAsync(key, null, null, cancellation);
            if (reply.Outcome != S3Outcome.Done)
            {
                return null;
            }

            var response = reply.Value!;
            var info = InfoOf(response.ContentLength, response.LastModified, response.ETag, response.Metadata);
            var body = new S3Body(
                info.Length, info.Sha256, response, response.ResponseStream, (offset, token) => ResumeAsync(key, response.ETag, offset, token), limits.Patience, limits.Attempts);
            if (info.Length > Small)
            {
                return new StoredObject(info, null, body);
            }

            await using (body)
            {
                try
                {
                    var content = new byte[info.Length];
                    await body.ReadExactlyAsync(content, cancellation);
                    return new StoredObject(info, null, new MemoryStream(content, writable: false));
                }
                catch (ChecksumException) when (attempt < limits.Attempts)
                {
                    // A server without atomic replacement may have shown half of it.
                    await Task.Delay(limits.RetryDelay, cancellation);
                }
            }
        }
    }

    public async ValueTask<ObjectInfo?> StatAsync(ObjectKey key, CancellationToken cancellation)
    {
        var reply = await HeadAsync(key, cancellation);
        return reply.Value is { } response ? InfoOf(response.ContentLength, response.LastModified, response.ETag, response.Metadata) : null;
    }

    public async ValueTask<byte[]?> ReadRangeAsync(ObjectKey key, long offset, int length, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (length == 0)
        {
            return await StatAsync(key, cancellation) is null ? null : [];
        }

        // The body is read inside the call: a piece that breaks off is asked for again.
        var reply = await caller.CallAsync(
            $"reading {key}",
            PatienceFor(length),
            async token =>
            {
                try
                {
                    using var response = await client.GetObjectAsync(
                        new GetObjectRequest { BucketName = address.Bucket, Key = NameOf(key), ByteRange = new ByteRange(offset, offset + length - 1) }, token);

                    // A server may give more than it was asked for, or everything.
                    var start = StartOf(response.ContentRange);
                    var ahead = offset - start;
                    var bytes = new byte[Math.Clamp(response.ContentLength - ahead, 0, length)];
                    await SkipAsync(response.ResponseStream, ahead, token);
                    await response.ResponseStream.ReadExactlyAsync(bytes, token);
                    return bytes;
                }
                catch (AmazonS3Exception e) when (e.StatusCode == System.Net.HttpStatusCode.RequestedRangeNotSatisfiable)
                {
                    return [];
                }
            },
            cancellation);
        return reply.Outcome == S3Outcome.Done ? reply.Value : null;
    }

    public async IAsyncEnumerable<ObjectKey> ListAsync(Bucket bucket, string prefix, [EnumeratorCancellation] CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        var root = address.Prefix + BucketFolder.Of(bucket) + "/";
        string? continuation = null;
        do
        {
            var from = continuation;
            var reply = await caller.CallAsync(
                $"listing {bucket}",
                limits.Patience,
                token => client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = address.Bucket, Prefix = root + prefix, ContinuationToken = from }, token),
                cancellation);
            var page = reply.Value ?? throw NoBucket();
            foreach (var item in page.S3Objects ?? [])
            {
                if (ObjectKey.TryCreate(bucket, item.Key[root.Length..], out var key))
                {
                    yield return key;
                }
            }

            continuation = page.IsTruncated == true ? page.NextContinuationToken : null;
        }
        while (continuation is not null);
    }

    public async ValueTask<bool> DeleteAsync(ObjectKey key, CancellationToken cancellation)
    {
        // S3 deletes what is not there with the same answer.
        if (await StatAsync(key, cancellation) is null)
        {
            return false;
        }

        await caller.CallAsync(
            $"deleting {key}", limits.Patience, token => client.DeleteObjectAsync(new DeleteObjectRequest { BucketName = address.Bucket, Key = NameOf(key) }, token), cancellation);
        Changed?.Invoke(key);
        return true;
    }

    public void Dispose()
    {
        client.Dispose();
        testing.Dispose();
    }

    private static ObjectInfo InfoOf(long length, DateTime? modified, string tag, MetadataCollection metadata) => new(
        length, new DateTimeOffset(DateTime.SpecifyKind((modified ?? DateTime.UnixEpoch).ToUniversalTime(), DateTimeKind.Utc)), tag)
    {
        Sha256 = metadata[HashName] is { Length: 64 } hash ? hash : null,
    };

    /// <summary><c>bytes 5-9/100</c>; none means the whole.</summary>
    private static long StartOf(string? range) =>
        range?.Split(' ', '-') is ["bytes", var first, ..] && long.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var start) ? start : 0;

    private static async Task SkipAsync(Stream body, long count, CancellationToken cancellation)
    {
        var buffer = new byte[Math.Min(count, 64 * 1024)];
        while (count > 0)
        {
            var read = await body.ReadAsync(buffer.AsMemory(0, (int)Math.Min(count, buffer.Length)), cancellation);
            if (read == 0)
            {
                return; // The object ends before: nothing is left of it.
            }

            count -= read;
        }
    }

    private static long GenerationOf(MetadataCollection metadata) =>
        long.TryParse(metadata[GenerationName], NumberStyles.None, CultureInfo.InvariantCulture, out var generation) ? generation : 0;

    private string NameOf(ObjectKey key) => $"{address.Prefix}{BucketFolder.Of(key.Bucket)}/{key.Path}";

    private TimeSpan PatienceFor(long bytes) => limits.Patience * (1 + (bytes / (1024.0 * 1024)));

    private StoreUnavailableException NoBucket() => new($"The object store {address} has no such bucket.", refused: true, null);

    private Task<S3Reply<GetObjectMetadataResponse>> HeadAsync(ObjectKey key, CancellationToken cancellation) => caller.CallAsync(
        $"looking at {key}",
        limits.Patience,
        token => client.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = address.Bucket, Key = NameOf(key) }, token),
        cancellation);

    private Task<S3Reply<GetObjectResponse>> GetAsync(ObjectKey key, string? version, long? offset, CancellationToken cancellation) => caller.CallAsync(
        $"reading {key}",
        limits.Patience,
        token =>
        {
            var request = new GetObjectRequest { BucketName = address.Bucket, Key = NameOf(key), EtagToMatch = version };
            if (offset is { } from)
            {
                request.ByteRange = new ByteRange($"bytes={from.ToString(CultureInfo.InvariantCulture)}-");
            }

            return client.GetObjectAsync(request, token);
        },
        cancellation);

    private async Task<(IDisposable Owner, Stream Body)> ResumeAsync(ObjectKey key, string version, long offset, CancellationToken cancellation)
    {
        var reply = await GetAsync(key, version, offset, cancellation);
        if (reply.Value is not { } response || !response.ETag.Equals(version, StringComparison.Ordinal))
        {
            reply.Value?.Dispose();
            throw new StoreUnavailableException($"'{key}' was replaced while it was read.", refused: false, null);
        }

        return (response, response.ResponseStream);
    }

    private static string Sha256(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
