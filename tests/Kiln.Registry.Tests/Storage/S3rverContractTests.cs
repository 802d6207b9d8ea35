using Kiln.Registry.Storage.S3;
using Kiln.Tooling;

namespace Kiln.Registry.Storage;

/// <summary>A server that knows no conditions: everything rests on the lock (security.md F14).</summary>
public sealed class S3rverContractTests : S3ObjectStoreContract
{
    private protected override Task<S3Server> ServerAsync() => S3Server.S3rverAsync();

    [Fact]
    public async Task The_self_test_sees_that_it_must_take_turns() => Assert.Equal(new S3Conditions(false, false, false), await ConditionsAsync());
}
