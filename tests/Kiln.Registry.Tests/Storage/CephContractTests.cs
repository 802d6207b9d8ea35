using Kiln.Registry.Storage.S3;
using Kiln.Tooling;

namespace Kiln.Registry.Storage;

/// <summary>A server that decides by itself. Ceph 16 compares tags without taking the quotes off.</summary>
public sealed class CephContractTests : S3ObjectStoreContract
{
    private protected override Task<S3Server> ServerAsync() => S3Server.CephAsync();

    [Fact]
    public async Task The_self_test_sees_that_the_server_decides()
    {
        var found = await ConditionsAsync();
        Assert.True(found.CreateOnly);
        Assert.True(found.CompareAndReplace);
        Assert.True(found.BareTags);
    }
}
