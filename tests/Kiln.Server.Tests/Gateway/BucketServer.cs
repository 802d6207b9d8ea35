using Kiln.Tooling;

namespace Kiln.Server.Tests.Gateway;

/// <summary>The gateway over a bucket.</summary>
public sealed class BucketServer : FileServer
{
    private protected override async Task<string?> StorageAsync() => await (await S3Server.S3rverAsync()).NewStorageAsync();
}
