using Kiln.Tooling;

namespace Kiln.Server.Tests.Gateway.Nginx;

/// <summary>The same over a bucket that anybody may read.</summary>
public sealed class NginxBucketServer : NginxFileServer
{
    private protected override async Task<string?> StorageAsync() => await (await S3Server.S3rverAsync()).NewStorageAsync();
}
