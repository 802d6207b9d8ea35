using System.Text.RegularExpressions;
using Kiln.Clients.Sandbox;
using Kiln.Clients.Server;
using Kiln.Tooling;

namespace Kiln.Clients;

public sealed partial class DenoPublishTests(PublishedWorkspace workspace)
{
    [Fact]
    public async Task Publishes_a_workspace_in_the_order_of_its_dependencies()
    {
        var published = await workspace.GetAsync();

        foreach (var name in new[] { "@demo/jsx@1.0.0", "@demo/shapes@1.2.0", "@demo/page@0.3.0" })
        {
            Assert.Contains($"Successfully published {name}", published.Said.Everything, StringComparison.Ordinal);
        }

        var order = new[] { "jsx", "shapes", "page" }.Select(p => published.Said.Everything.IndexOf($"Successfully published @demo/{p}", StringComparison.Ordinal)).ToArray();
        Assert.Equal(order.Order(), order);
    }

    [Fact]
    public async Task Makes_the_files_readable_where_clients_look()
    {
        var server = (await workspace.GetAsync()).Server;

        var meta = await server.GetJsonAsync("@demo/shapes/meta.json");
        Assert.Equal("1.2.0", meta.GetProperty("latest").GetString());
        Assert.Equal(["1.2.0"], meta.GetProperty("versions").EnumerateObject().Select(v => v.Name));
        var version = await server.GetJsonAsync("@demo/shapes/1.2.0_meta.json");
        Assert.Equal("./mod.ts", version.GetProperty("exports").GetProperty(".").GetString());
        Assert.Equal(
            ["/deno.json", "/mod.ts", "/src/geometry.ts", "/src/settings.json", "/src/types.ts"],
            version.GetProperty("manifest").EnumerateObject().Select(f => f.Name).Order(StringComparer.Ordinal));
        foreach (var file in version.GetProperty("manifest").EnumerateObject())
        {
            var bytes = await server.Http.GetByteArrayAsync($"@demo/shapes/1.2.0{file.Name}");
            Assert.Equal(file.Value.GetProperty("size").GetInt64(), bytes.Length);
            Assert.Equal(file.Value.GetProperty("checksum").GetString(), "sha256-" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)));
        }
    }

    [Fact]
    public async Task Skips_a_version_that_is_already_published()
    {
        var published = await workspace.GetAsync();
        using var sandbox = new ClientSandbox(published.Server);
        var before = Objects(published.Server);

        var again = await sandbox.DenoAsync(sandbox.CopyWorkspace(), "publish", "--token", published.Token);

        again.MustSucceed();
        Assert.Equal(3, Skipping().Count(again.Everything));
        Assert.Equal(before, Objects(published.Server));
    }

    [Fact]
    public async Task Publishes_through_the_browser()
    {
        var published = await workspace.GetAsync();
        using var sandbox = new ClientSandbox(published.Server);
        using var browser = new Browser(published.Server);
        var bob = await browser.SignInAsNewAsync("bob");
        await bob.NewScopeAsync("browser", "jsx", "shapes", "page");
        var project = sandbox.CopyWorkspace(edit: text => text.Replace("@demo/", "@browser/", StringComparison.Ordinal));

        await using var deno = LiveChild.Start(ToolPaths.Python, [Path.Combine(ToolPaths.Scripts, "pty-run.py"), ToolPaths.Deno, "publish"], project, sandbox.Environment);
        var address = await deno.WaitForAsync(said => VerificationAddress().Match(said) is { Success: true } m ? m.Value : null, "verification address", 90);
        var page = await browser.OpenAsync(address);
        foreach (var name in new[] { "@browser/jsx", "@browser/shapes", "@browser/page" })
        {
            Assert.Contains(name, page.Text, StringComparison.Ordinal);
        }

        await browser.SubmitAsync(page, "approve");
        var result = (await deno.WaitForExitAsync(90)).MustSucceed();

        Assert.Contains("Successfully published @browser/page@0.3.0", result.Everything, StringComparison.Ordinal);
        Assert.Equal("0.3.0", (await published.Server.GetJsonAsync("@browser/page/meta.json")).GetProperty("latest").GetString());
    }

    [Fact]
    public async Task Publishes_nothing_when_the_browser_says_no()
    {
        var published = await workspace.GetAsync();
        using var sandbox = new ClientSandbox(published.Server);
        using var browser = new Browser(published.Server);
        var person = await browser.SignInAsNewAsync("carol");
        await person.NewScopeAsync("denied", "jsx", "shapes", "page");
        var project = sandbox.CopyWorkspace(edit: text => text.Replace("@demo/", "@denied/", StringComparison.Ordinal));
        var before = Objects(published.Server);

        await using var deno = LiveChild.Start(ToolPaths.Python, [Path.Combine(ToolPaths.Scripts, "pty-run.py"), ToolPaths.Deno, "publish"], project, sandbox.Environment);
        var address = await deno.WaitForAsync(said => VerificationAddress().Match(said) is { Success: true } m ? m.Value : null, "verification address", 90);
        await browser.SubmitAsync(await browser.OpenAsync(address), "deny");
        var result = await deno.WaitForExitAsync(90);

        result.MustFail();
        Assert.Contains("authorizationDenied", result.Everything, StringComparison.Ordinal);
        Assert.DoesNotContain(Objects(published.Server).Except(before), o => o.Contains("denied", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tells_that_a_package_has_to_be_made_first()
    {
        var published = await workspace.GetAsync();
        using var sandbox = new ClientSandbox(published.Server);
        var project = sandbox.CopyWorkspace(edit: text => text.Replace("@demo/", "@nowhere/", StringComparison.Ordinal));

        var result = await sandbox.DenoAsync(project, "publish", "--token", published.Token);

        result.MustFail();
        Assert.Contains("new?scope=nowhere&package=jsx", result.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_token_it_does_not_know()
    {
        var published = await workspace.GetAsync();
        using var sandbox = new ClientSandbox(published.Server);
        var project = sandbox.CopyWorkspace(edit: text => text.Replace("\"version\": \"", "\"version\": \"9", StringComparison.Ordinal));

        var result = await sandbox.DenoAsync(project, "publish", "--token", "jsrp_nonsense");

        result.MustFail();
        Assert.Contains("invalidBearerToken", result.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_jsr_client_publishes_through_deno()
    {
        var published = await workspace.GetAsync();
        using var sandbox = new ClientSandbox(published.Server);
        await published.Server.NewScopeAsync(published.Token, "jsrcli", "tool");
        var project = sandbox.NewProject("tool");
        File.WriteAllText(Path.Combine(project, "jsr.json"), """{ "name": "@jsrcli/tool", "version": "0.1.0", "license": "MIT", "exports": "./mod.ts" }""");
        File.WriteAllText(Path.Combine(project, "package.json"), """{ "name": "tool", "type": "module" }""");
        File.WriteAllText(Path.Combine(project, "mod.ts"), "import { n } from \"./lib\";\nexport const twice: number = n * 2;\n");
        File.WriteAllText(Path.Combine(project, "lib.ts"), "export const n: number = 21;\n");
        var environment = sandbox.Environment;
        environment["DENO_BIN_PATH"] = ToolPaths.Deno;
        environment["JSR_URL"] = published.Server.Address.ToString().TrimEnd('/');

        var result = await Child.RunAsync(ToolPaths.Node, [ToolPaths.JsrScript, "publish", "--token", published.Token], project, environment);

        result.MustSucceed();
        // The client has filled in the extension, so the stored source can be imported as it is.
        Assert.Contains("./lib.ts", await published.Server.Http.GetStringAsync("@jsrcli/tool/0.1.0/mod.ts"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shows_the_file_line_and_column_of_what_is_wrong()
    {
        var published = await workspace.GetAsync();
        using var sandbox = new ClientSandbox(published.Server);
        await published.Server.NewScopeAsync(published.Token, "broken", "lib");
        var project = sandbox.NewProject("lib");
        File.WriteAllText(Path.Combine(project, "deno.json"), """{ "name": "@broken/lib", "version": "1.0.0", "license": "MIT", "exports": "./mod.ts" }""");
        File.WriteAllText(Path.Combine(project, "mod.ts"), "// one\nexport const a: number = 1;\nexport = a;\n");

        var result = await sandbox.DenoAsync(project, "publish", "--token", published.Token, "--no-check", "--allow-slow-types");

        result.MustFail();
        Assert.Matches(@"mod\.ts:3:\d+", result.Everything);
    }

    internal static SortedSet<string> Objects(KilnServer server)
    {
        var root = Path.Combine(server.Data, "objects");
        return new(Directory.Exists(root) ? Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(root, f)) : [], StringComparer.Ordinal);
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+/auth\?code=[A-Z]{4}-[A-Z]{4}", RegexOptions.None, 1000)]
    private static partial Regex VerificationAddress();

    [GeneratedRegex("Skipping, already published", RegexOptions.None, 1000)]
    private static partial Regex Skipping();
}
