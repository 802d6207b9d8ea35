using Kiln.Tooling;

namespace Kiln.Server.Tests.Gateway.Nginx;

public sealed class NginxConfigurationTests
{
    /// <summary>After a change of the gateway's rules: <c>./kiln nginx > deploy/nginx.conf</c>.</summary>
    [Fact]
    public async Task The_committed_file_is_what_the_command_prints()
    {
        var printed = await RunAsync(["nginx"]);
        Assert.Equal(0, printed.ExitCode);
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(ToolPaths.Root, "deploy", "nginx.conf")), printed.Output);
    }

    [Theory]
    [InlineData("--storage", "s3://bucket?endpoint=https://s3.example.com:9000&prefix=a", "proxy_pass https://kiln_store/bucket/a/modules$kiln_store_path;")]
    [InlineData("--storage", "s3://bucket?region=eu-west-1", "proxy_ssl_verify on;")]
    [InlineData("--storage", "s3://bucket?region=eu-west-1", "server bucket.s3.eu-west-1.amazonaws.com:443;")]
    [InlineData("--data", "/srv/kiln data", "root \"/srv/kiln data/objects\";")]
    [InlineData("--public-url", "https://kiln.example.com", "server_name kiln.example.com;")]
    [InlineData("--public-url", "http://127.0.0.1:8080", "listen 127.0.0.1:8080;")]
    [InlineData("--api", "http://10.0.0.5:9000", "server 10.0.0.5:9000;")]
    public async Task Options_show_where_they_belong(string option, string value, string line)
    {
        var printed = await RunAsync(["nginx", option, value]);
        Assert.Equal(0, printed.ExitCode);
        Assert.Contains(line, printed.Output.Split('\n').Select(l => l.Trim()));
    }

    [Theory]
    [InlineData("--storage", "s3://B", "--storage")]
    [InlineData("--public-url", "ftp://x", "--public-url")]
    [InlineData("--api", "https://x/y", "--api")]
    [InlineData("--data", "/x\"; include /etc/passwd; \"", "--data")]
    public async Task What_cannot_work_is_one_line(string option, string value, string named)
    {
        var refused = await RunAsync(["nginx", option, value]);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains(named, refused.Error, StringComparison.Ordinal);
        Assert.Single(refused.Error.TrimEnd().Split('\n'));
    }

    private static Task<ChildResult> RunAsync(string[] arguments) =>
        Child.RunAsync("dotnet", [Path.Combine(AppContext.BaseDirectory, "kiln-server.dll"), .. arguments], Path.GetTempPath(), new Dictionary<string, string?> { ["KILN_DATA"] = null, ["KILN_STORAGE"] = null, ["KILN_PUBLIC_URL"] = null });
}
