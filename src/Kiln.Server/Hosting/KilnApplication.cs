using Kiln.Registry.Storage;
using Kiln.Server.Gateway;
using Kiln.Server.Health;

namespace Kiln.Server.Hosting;

/// <summary>Puts the server together. The order of the middleware is the order in which a request meets it.</summary>
internal static class KilnApplication
{
    private const int OneMebibyte = 1024 * 1024;

    public static WebApplication Build(ServerOptions options, Action<WebApplicationBuilder>? configure = null)
    {
        // The empty builder: no appsettings.json from wherever the user stands, no ASPNETCORE_ variables, no surprises.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "kiln-server", ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.AddKilnLogging(Logging.LevelFromEnvironment());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = OneMebibyte; // the publish route raises it
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(30);
            kestrel.Limits.MaxConcurrentConnections = 20_000;
        });
        builder.WebHost.UseUrls([.. options.Urls.Select(u => u.ToString())]);
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(25));
        builder.Services.Configure<ConsoleLifetimeOptions>(o => o.SuppressStatusMessages = true);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddKilnStorage(options);
        configure?.Invoke(builder);

        var app = builder.Build();
        app.UseMiddleware<GatewayMiddleware>();
        app.UseRouting();
        app.MapHealth();
        return app;
    }

    private static void AddKilnStorage(this IServiceCollection services, ServerOptions options)
    {
        services.AddSingleton(_ => DirectoryObjectStore.Open(options.DataDirectory));
        services.AddSingleton<IObjectStore>(s => s.GetRequiredService<DirectoryObjectStore>());
    }
}
