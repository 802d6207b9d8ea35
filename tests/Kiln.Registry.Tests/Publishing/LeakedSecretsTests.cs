using System.Text;
using Kiln.Packages;
using Kiln.Packages.Names;
using Kiln.Registry.Identity;
using Kiln.Registry.Storage;

namespace Kiln.Registry.Publishing;

/// <summary>security.md N6, T15: what would be a secret no longer is not published.</summary>
public sealed class LeakedSecretsTests : IAsyncLifetime
{
    // Made by hand from registry.md §3.2: the CRC-32 of the first 34 characters, computed with Python's zlib, in base62.
    private const string Foreign = "jsrp_ABCDEFGHIJKLMNOPQRSTUVWXYZabc3O5u6o";

    private PublishingFixture fixture = null!;

    public async ValueTask InitializeAsync() => fixture = await PublishingFixture.StartAsync();

    public ValueTask DisposeAsync() => fixture.DisposeAsync();

    [Fact]
    public async Task A_token_that_works_is_not_published_and_works_no_longer()
    {
        var admin = fixture.Registry.Get<RegistryAdmin>();
        Assert.Null((await admin.CreateUserAsync("careless", false, default)).Error);
        var created = (await admin.CreateTokenAsync("careless", "leaky", null, default)).Value;
        var tokens = fixture.Registry.Get<TokenService>();
        Assert.Null((await tokens.AuthenticateAsync(created.Secret, sudo: false, default)).Error);

        var task = await fixture.PublishAsync(FakeBuilder.Tarball("/mod.ts|one", $"/dir/config.ts|const token = \"{created.Secret}\";"));
        Assert.Equal(PublishingStatus.Failure, task.Status);
        Assert.Equal("secretDetected", task.Error!.Code);
        Assert.StartsWith($"'/dir/config.ts' has an access token ({created.Secret[..8]}…) in line 1", task.Error.Message, StringComparison.Ordinal);
        Assert.Contains("One token that still worked has been revoked.", task.Error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(created.Secret, task.Error.Message, StringComparison.Ordinal);
        await fixture.AssertNoObjectAsync();

        Assert.Equal("invalidBearerToken", (await tokens.AuthenticateAsync(created.Secret, sudo: false, default)).Error!.Code);
        Assert.Equal(1, await fixture.Registry.CountAsync("audit_log", "action = 'revoke_leaked_token'"));

        // The number is free: without the token it can be published.
        Assert.Equal(PublishingStatus.Success, (await fixture.PublishAsync(FakeBuilder.Tarball("/mod.ts|one"))).Status);
    }

    [Fact]
    public async Task A_token_of_nobody_is_not_published_either_and_a_text_that_only_looks_like_one_is()
    {
        var refused = await fixture.PublishAsync(FakeBuilder.Tarball("/mod.ts|one", "/README.md|" + Foreign));
        Assert.Equal("secretDetected", refused.Error!.Code);
        Assert.DoesNotContain("revoked", refused.Error.Message, StringComparison.Ordinal);

        var other = Foreign[..^1] + (Foreign[^1] == '0' ? '1' : '0');
        Assert.Equal(PublishingStatus.Success, (await fixture.PublishAsync(FakeBuilder.Tarball("/mod.ts|one", "/README.md|" + other))).Status);
        Assert.Equal(0, await fixture.Registry.CountAsync("audit_log", "action = 'revoke_leaked_token'"));
    }

    [Theory]
    [InlineData("/a.ts", "x", 0)]
    [InlineData("/a.ts", "jsr", 0)]
    [InlineData("/a.ts", "jsrp_", 0)]
    [InlineData("/a.ts", "jsr§", 1)]
    [InlineData("/a.ts", "\n\n// §, §\n", 3)]
    [InlineData("/a.ts", "§X", 0)]
    [InlineData("/a.ts", "§_", 1)]
    [InlineData("/.npmrc", "//registry.example/:_authToken=abc", 1)]
    [InlineData("/dir/.npmrc", "a=b\n//registry.example/:_password = \"abc\"\n", 2)]
    [InlineData("/.npmrc", "_auth=abc", 1)]
    [InlineData("/.npmrc", "//registry.example/:_authToken=${NPM_TOKEN}", 0)]
    [InlineData("/.npmrc", "//registry.example/:_authToken=", 0)]
    [InlineData("/.npmrc", "@jsr:registry=https://registry.example", 0)]
    [InlineData("/npmrc.md", "_auth=abc", 0)]
    public void A_line_with_a_secret_is_named(string path, string text, int line)
    {
        var file = PackageFile.Create(PackagePath.Parse(path), Encoding.UTF8.GetBytes(text.Replace("§", Foreign, StringComparison.Ordinal)));
        Assert.Equal(line, LeakedSecrets.Find(file).Select(s => s.Line).FirstOrDefault());
    }

    [Fact]
    public void Every_one_of_many_is_found()
    {
        var file = PackageFile.Create(PackagePath.Parse("/a.txt"), Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Repeat(Foreign, 50))));
        Assert.Equal(Enumerable.Range(1, 50), LeakedSecrets.Find(file).Select(s => s.Line));
    }
}
