using System.Net.Sockets;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using Kiln.Registry.Storage.S3;
using Kiln.Tooling;

namespace Kiln.Registry.Storage;

/// <summary>A server that knows no conditions: everything rests on the lock (security.md F14).</summary>
public sealed class S3rverContractTests : S3ObjectStoreContract
{
    private protected override Task<S3Server> ServerAsync() => S3Server.S3rverAsync();

    /// <summary>Sends the beginning of a body until the server has it all on its disk, and hangs up.</summary>
    private async Task BreakOffAsync(ObjectKey key, ReadOnlyMemory<byte> beginning, int length)
    {
        using var client = S3Clients.Create(Address);
        var link = new Uri(await client.GetPreSignedURLAsync(new GetPreSignedUrlRequest
        {
            BucketName = Address.Bucket, Key = $"{Address.Prefix}modules/{key.Path}", Verb = HttpVerb.PUT, Expires = DateTime.UtcNow.AddMinutes(5), Protocol = Protocol.HTTP,
        }));
        using var connection = new TcpClient(link.Host, link.Port);
        await using var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"PUT {link.PathAndQuery} HTTP/1.1\r\nHost: {link.Authority}\r\nContent-Length: {length}\r\n\r\n"));
        await stream.WriteAsync(beginning);
        for (var i = 0; (await Store.StatAsync(key, None))?.Length != beginning.Length; i++)
        {
            Assert.True(i < 600, "The server has not begun to write.");
            await Task.Delay(50);
        }
    }

    [Fact]
    public async Task An_object_that_a_dying_writer_left_unfinished_is_finished_and_nothing_else_is_touched()
    {
        var whole = ObjectKeys.Module("s", "p", "1.0.0", "whole.ts");
        await Store.CreateAsync(whole, "export const a = 1;"u8.ToArray(), None);

        // A server that writes in place cannot say that the rest of a body never came.
        var key = ObjectKeys.Module("s", "p", "1.0.0", "mod.ts");
        var content = Enumerable.Range(0, 200_000).Select(i => (byte)('a' + (i % 7))).ToArray();
        await BreakOffAsync(key, content.AsMemory(0, 70_000), content.Length);
        Assert.Equal(CreateOutcome.Created, await Store.CreateAsync(key, content, None));
        Assert.Equal(content, await (await Store.OpenAsync(key, None))!.ReadAllAsync(None));

        // A whole object that happens to be the beginning of another, and one that somebody else began.
        Assert.Equal(CreateOutcome.Conflict, await Store.CreateAsync(whole, "export const a = 1; // longer"u8.ToArray(), None));
        var foreign = ObjectKeys.Module("s", "p", "1.0.0", "foreign.ts");
        await BreakOffAsync(foreign, new byte[70_000], content.Length);
        Assert.Equal(CreateOutcome.Conflict, await Store.CreateAsync(foreign, content, None));
    }

    [Fact]
    public async Task The_self_test_sees_that_it_must_take_turns() => Assert.Equal(new S3Conditions(false, false, false), await ConditionsAsync());
}
