using Kiln.Server.Hosting;

namespace Kiln.Server.Tests.Hosting;

public sealed class ServerOptionsTests
{
    [Fact]
    public void Without_options_it_listens_on_this_machine_only()
    {
        Assert.True(ServerOptions.TryCreate(new ServerSettings(), out var options, out _));
        Assert.Equal("http://127.0.0.1:8000/", options.PublicUrl.ToString());
        Assert.Equal(Path.GetFullPath("kiln-data"), options.DataDirectory);
        Assert.False(options.IsSecure);
    }

    [Theory]
    [InlineData("http://0.0.0.0:9000", null, "http://localhost:9000/")]
    [InlineData("http://*:9000", null, "http://localhost:9000/")]
    [InlineData("http://10.0.0.1:9000;http://127.0.0.1:9001", null, "http://10.0.0.1:9000/")]
    [InlineData("http://0.0.0.0:9000", "https://kiln.example.com", "https://kiln.example.com/")]
    [InlineData("http://0.0.0.0:9000", "https://kiln.example.com:8443/", "https://kiln.example.com:8443/")]
    public void The_address_for_clients_follows_from_the_options(string urls, string? publicUrl, string expected)
    {
        Assert.True(ServerOptions.TryCreate(new ServerSettings { Data = "d", Urls = urls, PublicUrl = publicUrl }, out var options, out var problem), problem);
        Assert.Equal(expected, options!.PublicUrl.ToString());
    }

    [Fact]
    public void Port_zero_becomes_a_free_port_that_clients_can_be_told()
    {
        Assert.True(ServerOptions.TryCreate(new ServerSettings { Data = "d", Urls = "http://127.0.0.1:0" }, out var options, out _));
        Assert.NotEqual(0, options.PublicUrl.Port);
        Assert.Equal(options.Urls[0].Port, options.PublicUrl.Port);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("ftp://127.0.0.1", null)]
    [InlineData("http://127.0.0.1:8000/path", null)]
    [InlineData("http://127.0.0.1:8000", "kiln.example.com")]
    [InlineData("http://127.0.0.1:8000", "https://kiln.example.com/registry")]
    [InlineData("http://127.0.0.1:8000", "https://user@kiln.example.com")]
    public void What_cannot_work_is_refused_with_the_name_of_the_option(string urls, string? publicUrl)
    {
        Assert.False(ServerOptions.TryCreate(new ServerSettings { Data = "d", Urls = urls, PublicUrl = publicUrl }, out _, out var problem));
        Assert.StartsWith(publicUrl is null ? "--urls" : "--public-url", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, ServerRoles.All)]
    [InlineData("all", ServerRoles.All)]
    [InlineData("gateway", ServerRoles.Gateway)]
    [InlineData("api, worker", ServerRoles.Api | ServerRoles.Worker)]
    public void A_process_does_what_its_roles_say(string? roles, object expected)
    {
        Assert.True(ServerOptions.TryCreate(new ServerSettings { Data = "d", Roles = roles, Database = "postgres://kiln@127.0.0.1/kiln" }, out var options, out var problem), problem);
        Assert.Equal(expected, options!.Roles);
    }

    [Theory]
    [InlineData("gateway", true)]
    [InlineData("api,web,worker", true)]
    [InlineData("api", false)]
    [InlineData("web,gateway", false)]
    [InlineData("worker", false)]
    [InlineData("api,worker,gateway", false)]
    public void Only_a_gateway_can_be_a_process_beside_an_embedded_database(string roles, bool allowed)
    {
        Assert.Equal(allowed, ServerOptions.TryCreate(new ServerSettings { Data = "d", Roles = roles }, out _, out var problem));
        Assert.Equal(allowed, problem is null);
        Assert.True(allowed || problem!.Contains("--database", StringComparison.Ordinal), problem);
    }

    [Theory]
    [InlineData("mysql://kiln@127.0.0.1/kiln")]
    [InlineData("kiln.db")]
    [InlineData("postgres://127.0.0.1/kiln")]
    [InlineData("postgres://kiln:secret@127.0.0.1/")]
    [InlineData("postgres://kiln:secret@127.0.0.1/kiln?sslmode=maybe")]
    [InlineData("postgres://kiln:secret@127.0.0.1/kiln?ssl_mode=require")]
    [InlineData("postgres://kiln:secret@127.0.0.1/kiln?pool_size=1")]
    [InlineData("postgres://kiln:sec/ret@127.0.0.1/kiln")]
    public void An_address_of_no_database_is_refused_without_showing_the_password(string database)
    {
        Assert.False(ServerOptions.TryCreate(new ServerSettings { Data = "d", Database = database }, out _, out var problem));
        Assert.StartsWith("--database: ", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("sec", problem, StringComparison.Ordinal);
        Assert.Single(problem.Split('\n'));
    }

    [Theory]
    [InlineData("")]
    [InlineData("none")]
    [InlineData("3")]
    [InlineData("api,cook")]
    public void A_role_that_nobody_knows_is_refused(string roles)
    {
        Assert.False(ServerOptions.TryCreate(new ServerSettings { Data = "d", Roles = roles }, out _, out var problem));
        Assert.StartsWith("--roles", problem, StringComparison.Ordinal);
    }
}
