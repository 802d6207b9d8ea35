namespace Kiln.Server.Tests.Gateway;

/// <summary>Every promise about a response holds whatever the store is.</summary>
public sealed class BucketFileResponseTests(BucketServer files) : FileResponseTests(files), IClassFixture<BucketServer>;

public sealed class BucketNpmTests(BucketServer files) : NpmTests(files), IClassFixture<BucketServer>;
