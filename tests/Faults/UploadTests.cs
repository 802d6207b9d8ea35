using System.Net.Sockets;
using System.Text;
using Kiln.Faults.Harness;

namespace Kiln.Faults;

/// <summary>security.md F02: the server dies while a body comes in.</summary>
public sealed class UploadTests(ReferenceRun reference)
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(50)]
    [InlineData(99)]
    public async Task A_server_killed_during_an_upload_forgets_it_and_takes_it_again(int percent)
    {
        await using var installation = reference.NewInstallation();
        await installation.StartAsync();
        var tarball = reference.Target.Tarball;
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(installation.Address.Host, installation.Address.Port);
            var stream = client.GetStream();
            var head = $"POST /{Installation.UploadUrl(reference.Target)} HTTP/1.1\r\nHost: {installation.Address.Authority}\r\nAuthorization: Bearer {installation.Token}\r\n"
                + $"Content-Encoding: gzip\r\nContent-Length: {tarball.Length}\r\n\r\n";
            await stream.WriteAsync(Encoding.ASCII.GetBytes(head));
            await stream.WriteAsync(tarball.AsMemory(0, Math.Max(percent > 0 ? 1 : 0, tarball.Length * percent / 100)));
            await stream.FlushAsync();
            await WaitForTemporaryFileAsync(installation.Data);
            await installation.KillAsync();
        }

        await installation.StartAsync();
        await installation.PublishAsync(reference.Target);
        PublicView.MustEqual(reference.AfterTarget, await PublicView.TakeAsync(installation.Http, [reference.First, reference.Target]));
        await installation.SettleAsync();
        await installation.StopAsync();
        Aftermath.Check(installation.Data, [reference.First, reference.Target]); // One task: the broken upload had none.
    }

    /// <summary>The sign that the server is at the body: without it, the kill would prove nothing.</summary>
    private static async Task WaitForTemporaryFileAsync(string data)
    {
        for (var attempt = 0; ; attempt++)
        {
            if (Directory.EnumerateFiles(Path.Combine(data, "tmp"), "*", SearchOption.AllDirectories).Any(f => !f.EndsWith(".lock", StringComparison.Ordinal)))
            {
                return;
            }

            Assert.True(attempt < 500, "the upload did not reach the store within 5 s");
            await Task.Delay(10);
        }
    }
}
