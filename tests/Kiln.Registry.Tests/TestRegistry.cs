using Kiln.Registry.Catalog;
using Kiln.Registry.Data;
using Kiln.Registry.Identity;
using Kiln.Registry.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Kiln.Registry;

/// <summary>A whole registry in a folder of its own, without HTTP, with a clock that the test moves. <c>KILN_TEST_DATABASE</c> says on which engine.</summary>
public sealed class TestRegistry : IAsyncDisposable
{
    private readonly TemporaryDirectory place = new();
    private readonly ServiceProvider services;

    private TestRegistry(string? database, Func<RegistryOptions, RegistryOptions>? configure, Action<IServiceCollection>? replace)
    {
        var options = new RegistryOptions { DataDirectory = place.Path, PublicUrl = "http://registry.test/", Database = database };
        Options = configure?.Invoke(options) ?? options;
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddSingleton<TimeProvider>(Clock);
        collection.AddKilnRegistry(Options);
        replace?.Invoke(collection);
        services = collection.BuildServiceProvider();
    }

    public RegistryOptions Options { get; }

    public TestClock Clock { get; } = new();

    public Database Database => Get<Database>();

    public IObjectStore Store => Get<IObjectStore>();

    public static async Task<TestRegistry> StartAsync(Func<RegistryOptions, RegistryOptions>? configure = null, Action<IServiceCollection>? replace = null) =>
        await StartAsync(await TestDatabase.CreateAsync(), configure, replace);

    /// <summary>For what only exists there; whatever the environment says.</summary>
    public static async Task<TestRegistry> StartOnPostgresAsync(Func<RegistryOptions, RegistryOptions>? configure = null, Action<IServiceCollection>? replace = null) =>
        await StartAsync(await TestDatabase.CreateOnPostgresAsync(), configure, replace);

    private static async Task<TestRegistry> StartAsync(string? database, Func<RegistryOptions, RegistryOptions>? configure, Action<IServiceCollection>? replace)
    {
        var registry = new TestRegistry(database, configure, replace);
        await RegistryAdmin.PrepareAsync(registry.Options, registry.Clock, default);
        return registry;
    }

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    /// <summary>A new user with a token of the given kind.</summary>
    public async Task<Principal> SignInAsync(string login, bool staff = false, bool web = true)
    {
        var admin = Get<RegistryAdmin>();
        if (await admin.FindUserAsync(login, default) is null)
        {
            Assert.Null((await admin.CreateUserAsync(login, staff, default)).Error);
        }

        string secret;
        if (web)
        {
            var link = await admin.CreateSignInLinkAsync(login, TimeSpan.FromMinutes(5), default);
            secret = (await Get<SignInService>().RedeemAsync(link.Value, default)).Value.Secret;
        }
        else
        {
            secret = (await admin.CreateTokenAsync(login, "test", null, default)).Value.Secret;
        }

        return (await Get<TokenService>().AuthenticateAsync(secret, sudo: false, default)).Value;
    }

    public async Task<Principal> WithPackageAsync(string scope, params string[] packages)
    {
        var principal = await SignInAsync("author", staff: true);
        var created = await Get<ScopeService>().CreateAsync(principal, scope, "", default);
        Assert.True(created.Error is null or { Code: "scopeAlreadyExists" }, created.Error?.Message);
        foreach (var package in packages)
        {
            Assert.Null((await Get<PackageService>().CreateAsync(principal, scope, package, default)).Error);
        }

        return principal;
    }

    /// <summary>Moves the clock, and makes all staged uploads as old as this by it; they stay younger than the registry.</summary>
    public void AgeUploads(TimeSpan age)
    {
        Clock.Advance(age + TimeSpan.FromHours(1));
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Options.DataDirectory, "objects", "staging"), "*", SearchOption.AllDirectories))
        {
            File.SetLastWriteTimeUtc(file, (Clock.GetUtcNow() - age).UtcDateTime);
        }
    }

    public Task<long> CountAsync(string table, string where = "1 = 1") => Database.ReadAsync(s => s.CountAsync($"SELECT COUNT(*) FROM {table} WHERE {where}"), default);

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await TestDatabase.DropAsync(Options.Database);
        place.Dispose();
    }
}

public sealed class TestClock : TimeProvider
{
    private long ticks = new DateTimeOffset(2026, 5, 4, 3, 2, 1, TimeSpan.Zero).Ticks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref ticks), TimeSpan.Zero);

    public void Advance(TimeSpan by) => Interlocked.Add(ref ticks, by.Ticks);
}
