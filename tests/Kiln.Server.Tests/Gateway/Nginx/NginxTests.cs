namespace Kiln.Server.Tests.Gateway.Nginx;

/// <summary>The gateway's own tests against nginx with the generated configuration. What nginx does otherwise is the table of <see cref="FrontServer"/>.</summary>
public sealed class NginxFileResponseTests(NginxFileServer files) : FileResponseTests(files), IClassFixture<NginxFileServer>
{
    private protected override FrontServer Front => FrontServer.NginxOnFolders;
}

public sealed class NginxNpmTests(NginxFileServer files) : NpmTests(files), IClassFixture<NginxFileServer>
{
    private protected override FrontServer Front => FrontServer.NginxOnFolders;
}

public sealed class NginxNegotiationTests(NginxFileServer files) : NegotiationTests(files), IClassFixture<NginxFileServer>
{
    private protected override FrontServer Front => FrontServer.NginxOnFolders;
}

public sealed class NginxRawTargetTests(NginxFileServer files) : RawTargetTests(files), IClassFixture<NginxFileServer>
{
    private protected override FrontServer Front => FrontServer.NginxOnFolders;
}

public sealed class NginxBucketFileResponseTests(NginxBucketServer files) : FileResponseTests(files), IClassFixture<NginxBucketServer>
{
    private protected override FrontServer Front => FrontServer.NginxOnBucket;
}

public sealed class NginxBucketNpmTests(NginxBucketServer files) : NpmTests(files), IClassFixture<NginxBucketServer>
{
    private protected override FrontServer Front => FrontServer.NginxOnBucket;
}

public sealed class NginxBucketNegotiationTests(NginxBucketServer files) : NegotiationTests(files), IClassFixture<NginxBucketServer>
{
    private protected override FrontServer Front => FrontServer.NginxOnBucket;
}

public sealed class NginxBucketRawTargetTests(NginxBucketServer files) : RawTargetTests(files), IClassFixture<NginxBucketServer>
{
    private protected override FrontServer Front => FrontServer.NginxOnBucket;
}
