using Kiln.Registry;
using Kiln.Registry.Data;
using Kiln.Server.Api.Routes;
using Kiln.Server.Gateway;
using Kiln.Server.Health;
using Kiln.Server.Telemetry;
using Kiln.Server.Hosting.RateLimiting;
using Kiln.Server.Web;
using Kiln.Server.Web.Packages;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;

namespace Kiln.Server.Hosting;

/// <summary>Puts the server together. The order of the middleware is the order in which a request meets it.</summary>
internal static class KilnApplication
{
    public static WebApplication Build(ServerOptions options, Action<WebApplicationBuilder>? configure = null)
    {
        // The empty builder: no appsettings.json from wherever the user stands, no ASPNETCORE_ variables, no surprises.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "kiln-server", ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.AddKilnLogging(Logging.LevelFromEnvironment());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = RequestBodyLimit.Transport(options.ToRegistryOptions().MaxTarballSize);
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(30);
            kestrel.Limits.MaxConcurrentConnections = 20_000;
        });
        builder.WebHost.UseUrls([.. options.Urls.Select(u => u.ToString())]);
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(o =>
        {
            o.ShutdownTimeout = TimeSpan.FromSeconds(25);
            o.ServicesStopConcurrently = true; // publishes and jobs finish side by side
        });
        builder.Services.Configure<ConsoleLifetimeOptions>(o => o.SuppressStatusMessages = true);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton<Api.OpenApi.OpenApiText>();
        builder.Services.AddSingleton(p => new RateLimiter(options.RateLimits, p.GetRequiredService<TimeProvider>()));
        builder.Services.AddKilnRegistry(options.ToRegistryOptions());
        if (options.Roles.HasFlag(ServerRoles.Worker))
        {
            builder.Services.AddKilnWorkers(options.ToRegistryOptions());
        }

        if (options.Roles.HasFlag(ServerRoles.Gateway))
        {
            builder.Services.AddKilnDownloadCounting(options.UsesDatabase);
        }

        builder.Services.AddSingleton<SourceViews>(); // of the site and of the API
        if (options.Roles.HasFlag(ServerRoles.Web))
        {
            builder.Services.AddKilnSite(options);
        }

        builder.AddKilnTelemetry(options);
        configure?.Invoke(builder);

        var app = builder.Build();
        app.UseKilnTelemetry(options);
        if (options.Roles.HasFlag(ServerRoles.Gateway))
        {
            app.UseMiddleware<GatewayMiddleware>(); // files first: nothing below is needed for an install
        }

        app.Use((context, next) =>
        {
            // Cookies are marked Secure, and absolute addresses are right, when a proxy in front speaks https.
            context.Request.Scheme = options.PublicUrl.Scheme;
            return next(context);
        });
        app.UseTrustedProxies(options.TrustedProxies);
        app.UseMiddleware<PageRateLimit>();
        app.UseMiddleware<RequestBodyLimit>();
        app.UseMiddleware<RequestScope>();
        app.UseMiddleware<SiteFailures>();
        if (options.UsesDatabase)
        {
            app.UseMiddleware<ClosedForChanges>();
        }

        app.UseRouting();
        app.MapHealth();
        app.MapMissing(options.Roles);
        if (options.Roles.HasFlag(ServerRoles.Api))
        {
            app.MapApi();
        }

        if (options.Roles.HasFlag(ServerRoles.Web))
        {
            app.MapWeb();
        }

        return app;
    }

    private static void AddKilnSite(this IServiceCollection services, ServerOptions options)
    {
        if (options.Database is not null)
        {
            services.AddSingleton<ProtectionKeyStore>();
            services.AddHostedService<FirstKey>(); // before anything adds data protection, whose own service makes a key at the start without asking the others
        }

        services.AddRazorComponents();
        var protection = services.AddDataProtection().SetApplicationName("kiln");
        if (options.Database is null)
        {
            protection.PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(options.DataDirectory, "keys")));
        }
        else
        {
            services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(p => new ConfigureOptions<KeyManagementOptions>(
                o => o.XmlRepository = new DatabaseKeyRepository(p.GetRequiredService<ProtectionKeyStore>())));
        }

        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = "kiln-form";
            antiforgery.Cookie.SameSite = SameSiteMode.Lax;
            antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            antiforgery.SuppressXFrameOptionsHeader = true; // set with the other headers of pages
        });
    }
}
