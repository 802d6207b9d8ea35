using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Kiln.Registry.Storage.S3;
using Kiln.Server.Gateway.Nginx;
using Kiln.Tooling;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Kiln.Server.Tests.Gateway.Nginx;

/// <summary>nginx takes bytes only from the store whose name it was given: whoever stands between could hand out other ones.</summary>
public sealed class NginxCertificateTests : IAsyncLifetime
{
    private const string Host = "localhost";

    private readonly X509Certificate2 certificate = NewCertificate(Host);
    private WebApplication store = null!;
    private int port;

    public async ValueTask InitializeAsync()
    {
        _ = ToolPaths.Nginx;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0, l => l.UseHttps(certificate)));
        store = builder.Build();
        store.Run(context => context.Response.WriteAsync("{}"));
        await store.StartAsync();
        port = new Uri(store.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;
    }

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        certificate.Dispose();
    }

    [Fact]
    public async Task A_store_with_a_certificate_that_is_believed_is_read() => Assert.Equal((200, "{}"), await AskAsync(certificate));

    [Fact]
    public async Task A_store_with_any_other_certificate_is_away()
    {
        using var another = NewCertificate(Host);
        Assert.Equal((503, "503 - Service Unavailable"), await AskAsync(another));
    }

    [Fact]
    public async Task So_is_one_whose_certificate_is_of_another_name()
    {
        Assert.Equal((503, "503 - Service Unavailable"), await AskAsync(certificate, "127.0.0.1"));
    }

    private async Task<(int Status, string Body)> AskAsync(X509Certificate2 believed, string host = Host)
    {
        using var folder = new TemporaryFolder();
        var authorities = folder.Write("authorities.pem", believed.ExportCertificatePem());
        Assert.True(StorageAddress.TryParse($"s3://bucket?endpoint=https://{host}:{port}", out var storage, out var problem), problem);
        var front = NginxServer.FreeAddress();
        var configuration = NginxConfiguration.Write(new NginxOptions("/nowhere", storage, front, new Uri("http://127.0.0.1:1/"), 1));
        Assert.Contains(NginxConfiguration.CertificateAuthorities, configuration, StringComparison.Ordinal);
        await using var nginx = await NginxServer.StartAsync(configuration.Replace(NginxConfiguration.CertificateAuthorities, authorities, StringComparison.Ordinal), front);
        using var client = new HttpClient();
        using var response = await client.GetAsync(new Uri(front, "@a/b/meta.json"));
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private static X509Certificate2 NewCertificate(string host)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UnixEpoch, new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }
}
