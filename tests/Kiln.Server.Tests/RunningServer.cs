using System.Net.Sockets;
using System.Text;
using Kiln.Registry;
using Kiln.Registry.Storage;
using Kiln.Server.Api;
using Kiln.Server.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Kiln.Server.Tests;

/// <summary>A whole server of its own, in this process, on a free port and an empty data directory.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly string directory;

    private RunningServer(WebApplication app, ServerOptions options, string directory, Uri? front = null)
    {
        App = app;
        Options = options;
        Address = front ?? options.PublicUrl;
        this.directory = directory;
        Client = NewClient();
    }

    public WebApplication App { get; }

    public ServerOptions Options { get; }

    /// <summary>Where requests are sent.</summary>
    public Uri Address { get; }

    /// <summary>No cookies, no redirects, no decompression: what is asserted is what was sent.</summary>
    public HttpClient Client { get; }

    public IObjectStore Store => App.Services.GetRequiredService<IObjectStore>();

    /// <param name="settings">What the operator writes besides.</param>
    /// <param name="prepare">Happens when the database is there and the server is not.</param>
    public static async Task<RunningServer> StartAsync(
        Action<WebApplicationBuilder>? configure = null, Func<ServerSettings, ServerSettings>? settings = null, Func<RegistryOptions, Task>? prepare = null)
    {
        var directory = Path.Combine(Path.GetTempPath(), "kiln-server-tests", Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(directory);
        var written = new ServerSettings { Data = directory, Database = await TestDatabase.CreateAsync(), Urls = "http://127.0.0.1:0" };
        Assert.True(ServerOptions.TryCreate(settings?.Invoke(written) ?? written, out var options, out var problem), problem);
        if (options!.UsesDatabase)
        {
            await RegistryAdmin.PrepareAsync(options.ToRegistryOptions(), TimeProvider.System, CancellationToken.None);
        }

        await (prepare?.Invoke(options.ToRegistryOptions()) ?? Task.CompletedTask);
        var app = KilnApplication.Build(options, builder =>
        {
            builder.Services.AddSingleton<ContractWatch>();
            configure?.Invoke(builder);
        });
        await app.StartAsync();
        return new RunningServer(app, options, directory);
    }

    /// <summary>The same server, spoken to through another one in front of it. Disposing this one ends it.</summary>
    public RunningServer Behind(Uri front) => new(App, Options, directory, front);

    public HttpClient NewClient() => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, AutomaticDecompression = System.Net.DecompressionMethods.None })
    {
        BaseAddress = Address,
        Timeout = TimeSpan.FromSeconds(60),
    };

    public async Task PutAsync(Bucket bucket, string path, byte[] content)
    {
        Assert.True(ObjectKey.TryCreate(bucket, path, out var key), path);
        await Store.ReplaceAsync(key, content, CancellationToken.None);
    }

    public Task PutAsync(Bucket bucket, string path, string content) => PutAsync(bucket, path, Encoding.UTF8.GetBytes(content));

    public async Task<HttpResponseMessage> SendAsync(string method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        foreach (var (name, value) in headers)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value), name);
        }

        return await Client.SendAsync(request);
    }

    /// <summary>Sends bytes that no HTTP client would, and returns the whole reply.</summary>
    public async Task<string> SendRawAsync(string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(Address.Host, Address.Port);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        using var reader = new StreamReader(stream, Encoding.Latin1);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        return await reader.ReadToEndAsync(limit.Token);
    }

    public Task<string> GetRawAsync(string target, string headers = "") =>
        SendRawAsync($"GET {target} HTTP/1.1\r\nHost: {Address.Authority}\r\nConnection: close\r\n{headers}\r\n");

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await App.StopAsync();
        var breaches = App.Services.GetRequiredService<ContractWatch>().Breaches;
        await App.DisposeAsync();
        await TestDatabase.DropAsync(Options.Database);
        Directory.Delete(directory, recursive: true);
        Assert.True(breaches.Count == 0, string.Join('\n', breaches)); // every test with a server is also a test of what its routes declare
    }
}
