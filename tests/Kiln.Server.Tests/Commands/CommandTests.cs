using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Kiln.Registry;
using Kiln.Tooling;

namespace Kiln.Server.Tests.Commands;

/// <summary>The program as a person at a terminal meets it.</summary>
public sealed partial class CommandTests : IDisposable
{
    private readonly string data = Path.Combine(Path.GetTempPath(), "kiln-command-tests", Guid.NewGuid().ToString("N"));

    [Fact]
    public async Task The_first_start_tells_everything_and_the_next_one_is_short()
    {
        var address = $"http://127.0.0.1:{Ports.Free()}";
        await using (var first = ServerProgram.Start($"serve --data \"{data}\" --urls {address}"))
        {
            await first.WaitForAsync("Stop with Ctrl+C");
            foreach (var line in new[] { $"Kiln is running at {address}/", $"JSR_URL={address} deno publish", $"@jsr:registry={address}/npm/", $"JSR_URL={address} deno add" })
            {
                Assert.Contains(line, first.Output, StringComparison.Ordinal);
            }

            using var client = new HttpClient();
            Assert.Contains("Sign in", await client.GetStringAsync(Link().Match(first.Output).Value), StringComparison.Ordinal);

            // Admin commands work while the server runs, and what they make works at once.
            Assert.Equal((0, "Created user alice."), Trim(await ServerProgram.RunAsync($"admin user create alice --staff --data \"{data}\"")));
            var (code, token, _) = await ServerProgram.RunAsync($"admin token create --user alice --data \"{data}\"");
            Assert.Equal(0, code);
            Assert.Matches("^jsrp_[0-9A-Za-z]{35}\\s*$", token);
            using var request = new HttpRequestMessage(HttpMethod.Get, address + "/api/user") { Headers = { { "Authorization", "Bearer " + token.Trim() } } };
            using var reply = await client.SendAsync(request);
            Assert.Equal(HttpStatusCode.OK, reply.StatusCode);

            Assert.Equal(0, await first.TerminateAsync());
            Assert.DoesNotContain(token.Trim(), first.Output + first.Errors, StringComparison.Ordinal);
        }

        await using var second = ServerProgram.Start("serve", ("KILN_DATA", data), ("KILN_URLS", address));
        await second.WaitForAsync($"Kiln is running at {address}/");
        Assert.DoesNotContain("login/link", second.Output, StringComparison.Ordinal);
        Assert.Equal(0, await second.TerminateAsync());
    }

    [Fact]
    public async Task A_port_in_use_is_one_line()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var (code, _, errors) = await ServerProgram.RunAsync($"serve --data \"{data}\" --urls http://127.0.0.1:{port}");
        Assert.Equal(1, code);
        Assert.StartsWith($"kiln: http://127.0.0.1:{port}/ is in use by another program", errors, StringComparison.Ordinal);
        Assert.Single(errors.Trim().Split('\n'));
    }

    [Fact]
    public async Task A_data_directory_serves_one_server_at_a_time()
    {
        await using var first = ServerProgram.Start($"serve --data \"{data}\" --urls http://127.0.0.1:{Ports.Free()}");
        await first.WaitForAsync("Kiln is running");
        var (code, _, errors) = await ServerProgram.RunAsync($"serve --data \"{data}\" --urls http://127.0.0.1:{Ports.Free()}");
        Assert.Equal((1, $"kiln: another server is running on the data directory '{data}'"), (code, errors.Trim()));
    }

    [Fact]
    public async Task On_PostgreSQL_several_servers_and_commands_share_folder_and_database()
    {
        var database = await TestDatabase.CreateOnPostgresAsync();
        try
        {
            var address = $"http://127.0.0.1:{Ports.Free()}";
            await using var first = ServerProgram.Start($"serve --data \"{data}\" --urls {address}", ("KILN_DATABASE", database));
            await first.WaitForAsync("Stop with Ctrl+C");
            Assert.Contains("Everything is kept in the database 127.0.0.1:", first.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("p@ss", first.Output, StringComparison.Ordinal);
            await using var second = ServerProgram.Start($"serve --roles worker --data \"{data}\" --urls http://127.0.0.1:{Ports.Free()}", ("KILN_DATABASE", database));
            await second.WaitForAsync("(worker)");

            // What a command makes, the servers know at once.
            Assert.Equal((0, "Created user alice."), Trim(await ServerProgram.RunAsync($"admin user create alice --data \"{data}\" --database \"{database}\"")));
            var (_, token, _) = await ServerProgram.RunAsync($"admin token create --user alice --data \"{data}\" --database \"{database}\"");
            using var client = new HttpClient();
            using var request = new HttpRequestMessage(HttpMethod.Get, address + "/api/user") { Headers = { { "Authorization", "Bearer " + token.Trim() } } };
            using var reply = await client.SendAsync(request);
            Assert.Equal(HttpStatusCode.OK, reply.StatusCode);

            // One with an embedded database keeps out of the folder.
            var (code, _, errors) = await ServerProgram.RunAsync($"serve --data \"{data}\" --urls http://127.0.0.1:{Ports.Free()}");
            Assert.Equal((1, $"kiln: another server is running on the data directory '{data}'"), (code, errors.Trim()));
            Assert.Equal(0, await second.TerminateAsync());
            Assert.Equal(0, await first.TerminateAsync());

            // A wrong password does not become right by waiting.
            var wrong = await ServerProgram.RunAsync($"serve --data \"{data}\" --urls {address} --database \"{database.Replace("p%40ss", "other", StringComparison.Ordinal)}\"");
            Assert.Equal(1, wrong.Code);
            Assert.Matches("^kiln: the database 127.0.0.1:[0-9]+/\\w+ cannot be used: 28P01: ", wrong.Errors);
            Assert.Single(wrong.Errors.Trim().Split('\n'));
        }
        finally
        {
            await TestDatabase.DropAsync(database);
        }
    }

    [Theory]
    [InlineData("serve --database mysql://localhost/kiln", "kiln: --database: this is not the address of a PostgreSQL database")]
    [InlineData("admin user list --database postgres://kiln:pw@127.0.0.1:1/kiln", "kiln: the database 127.0.0.1:1/kiln does not answer:")]
    [InlineData("serve --roles worker", "kiln: --roles: 'worker' needs --database")]
    [InlineData("serve --urls nonsense", "kiln: --urls: 'nonsense'")]
    [InlineData("serve --urls https://127.0.0.1:8443", "kiln: --urls: 'https://127.0.0.1:8443'")]
    [InlineData("serve --public-url http://example.com/path", "kiln: --public-url: 'http://example.com/path'")]
    [InlineData("serve --data /proc/kiln", "kiln: cannot create the data directory '/proc/kiln'")]
    [InlineData("admin token create --user nobody", "kiln: There is no user 'nobody'.")]
    public async Task What_is_wrong_is_said_in_one_line(string arguments, string message)
    {
        var (code, output, errors) = await ServerProgram.RunAsync(arguments.Contains("--data", StringComparison.Ordinal) ? arguments : $"{arguments} --data \"{data}\"");
        Assert.Equal(1, code);
        Assert.StartsWith(message, errors, StringComparison.Ordinal);
        Assert.Single(errors.Trim().Split('\n'));
        Assert.Equal("", output.Trim());
    }

    [Theory]
    [InlineData("fsck --nonsense", 2)]
    [InlineData("fsck --package nonsense", 2)]
    [InlineData("backup", 2)] // without --to
    [InlineData("backup --to somewhere extra", 2)]
    [InlineData("restore --from", 2)]
    [InlineData("restore --from \"\"", 2)]
    [InlineData("backup --help", 0)]
    [InlineData("admin user create", 1)]
    public async Task One_means_that_something_is_left_only_to_a_command_that_looked(string arguments, int expected)
    {
        var (code, output, errors) = await ServerProgram.RunAsync($"{arguments} --data \"{data}\"");
        Assert.True(code == expected, $"{code}: {output}{errors}");
        Assert.Equal(expected == 0, string.IsNullOrWhiteSpace(errors));
    }

    [Fact]
    public async Task A_damaged_database_and_a_log_that_cannot_be_read_are_named_in_one_line()
    {
        Directory.CreateDirectory(data);
        var import = await ServerProgram.RunAsync($"admin downloads import \"{data}\" --data \"{data}\""); // a folder
        Assert.Equal(1, import.Code);
        Assert.StartsWith($"kiln: the log '{data}' cannot be read: ", import.Errors, StringComparison.Ordinal);
        Assert.Single(import.Errors.Trim().Split('\n'));

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        var file = new RegistryOptions { DataDirectory = data, PublicUrl = "http://registry.test/" }.DatabaseFile;
        await File.WriteAllBytesAsync(file, new byte[8192].Select((_, i) => (byte)(i * 7)).ToArray());
        var (code, output, errors) = await ServerProgram.RunAsync($"serve --data \"{data}\" --urls http://127.0.0.1:{Ports.Free()}");
        Assert.Equal((1, ""), (code, output.Trim()));
        Assert.StartsWith($"kiln: the database '{file}' cannot be used: ", errors, StringComparison.Ordinal);
        Assert.Single(errors.Trim().Split('\n'));
    }

    public void Dispose()
    {
        if (Directory.Exists(data))
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private static (int, string) Trim((int Code, string Output, string Errors) result) => (result.Code, result.Output.Trim());

    [GeneratedRegex(@"http://\S+/login/link\?token=[0-9a-f]+", RegexOptions.None, 1000)]
    private static partial Regex Link();
}
