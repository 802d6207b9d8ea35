using System.IO.Compression;
using System.Text.Json;
using Kiln.Clients.Sandbox;
using Kiln.Clients.Server;
using Kiln.Tooling;

namespace Kiln.Clients;

public sealed class NpmClientTests(PublishedWorkspace workspace)
{
    private const string Program = """
        import { page } from "@jsr/demo__page";
        import { Circle, Color, Geometry, Side } from "@jsr/demo__shapes";
        import { Geometry as Same } from "@jsr/demo__shapes/geometry";
        const circle = new Circle(2, "disc");
        console.log(page("x<y"));
        console.log(JSON.stringify([Color[8], Color.Blue, Side.Left, circle.name, circle.area, circle.size(), Geometry.Deep.level, Same === Geometry, Circle.reveal(circle), Object.keys(circle)]));
        """;

    private static readonly string[] Expected = [DenoConsumerTests.Page, """["Blue",8,"left","&lt;disc 2>",12,{"width":4,"height":4,"unit":"px"},4,true,"s",["radius","label","sides"]]"""];

    public static TheoryData<string> Clients { get; } = ["npm", "pnpm", "yarn1", "yarn4", "bun"];

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task Installs_and_runs_in_node_and_bun(string name)
    {
        using var sandbox = new ClientSandbox((await workspace.GetAsync()).Server);
        var client = PackageManager.Named(name);
        var project = client.NewProject(sandbox, "app");

        (await client.AddAsync(sandbox, project, "@jsr/demo__page@^0.3.0", "@jsr/demo__shapes")).MustSucceed();

        File.WriteAllText(Path.Combine(project, "main.mjs"), Program);
        Assert.Equal(Expected, (await sandbox.NodeAsync(project, "main.mjs")).MustSucceed().Output.TrimEnd().Split('\n'));
        Assert.Equal(Expected, (await sandbox.BunAsync(project, "main.mjs")).MustSucceed().Output.TrimEnd().Split('\n'));

        // The same again on a machine that has downloaded nothing, from the lock file alone.
        PackageManager.ForgetDownloads(sandbox, project);
        (await client.InstallLockedAsync(sandbox, project)).MustSucceed();
        Assert.Equal(Expected, (await sandbox.NodeAsync(project, "main.mjs")).MustSucceed().Output.TrimEnd().Split('\n'));
    }

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task Refuses_a_tarball_with_other_bytes(string name)
    {
        var published = await PublishedWorkspace.PublishAsync();
        await using var server = published.Server;
        using var sandbox = new ClientSandbox(server);
        var client = PackageManager.Named(name);
        var project = client.NewProject(sandbox, "app");
        (await client.AddAsync(sandbox, project, "@jsr/demo__jsx")).MustSucceed();
        PackageManager.ForgetDownloads(sandbox, project);
        await server.RestartAsync(() => Tamper(server, "@jsr/demo__jsx"));

        var result = await client.InstallLockedAsync(sandbox, project);

        Assert.True(result.ExitCode != 0, $"{name} installed a changed tarball\n{result.Everything}");
        Assert.False(File.Exists(Path.Combine(project, "node_modules", "@jsr", "demo__jsx", "mod.js")), "a file of the changed tarball was installed");
    }

    [Fact]
    public async Task Installs_under_the_package_s_own_name_by_an_alias()
    {
        using var sandbox = new ClientSandbox((await workspace.GetAsync()).Server);
        var project = PackageManager.Npm.NewProject(sandbox, "app");

        (await PackageManager.Npm.AddAsync(sandbox, project, "@demo/shapes@npm:@jsr/demo__shapes@^1")).MustSucceed();

        File.WriteAllText(Path.Combine(project, "main.mjs"), "import { Color } from \"@demo/shapes\"; console.log(Color.Green);");
        Assert.Equal("2", (await sandbox.NodeAsync(project, "main.mjs")).MustSucceed().Output.Trim());
    }

    [Theory]
    [InlineData("pnpm")]
    [InlineData("yarn4")]
    public async Task Understands_the_jsr_protocol_of_the_client(string name)
    {
        using var sandbox = new ClientSandbox((await workspace.GetAsync()).Server);
        var client = PackageManager.Named(name);
        var project = client.NewProject(sandbox, "app");

        (await client.AddAsync(sandbox, project, "jsr:@demo/shapes")).MustSucceed();

        File.WriteAllText(Path.Combine(project, "main.mjs"), "import { Color } from \"@demo/shapes\"; console.log(Color.Green);");
        Assert.Equal("2", (await sandbox.NodeAsync(project, "main.mjs")).MustSucceed().Output.Trim());
    }

    [Fact]
    public async Task Npm_shows_what_the_registry_knows()
    {
        using var sandbox = new ClientSandbox((await workspace.GetAsync()).Server);
        var project = PackageManager.Npm.NewProject(sandbox, "app");

        var view = (await PackageManager.Npm.Run(sandbox, project, ["view", "@jsr/demo__shapes", "--json"])).MustSucceed();
        using var json = JsonDocument.Parse(view.Output);
        var shown = json.RootElement.ValueKind == JsonValueKind.Array ? json.RootElement[0] : json.RootElement;
        Assert.Equal("1.2.0", shown.GetProperty("version").GetString());
        Assert.Equal("^1.0.0", shown.GetProperty("dependencies").GetProperty("@jsr/demo__jsx").GetString());
        Assert.StartsWith("sha512-", shown.GetProperty("dist").GetProperty("integrity").GetString(), StringComparison.Ordinal);
        (await PackageManager.Npm.Run(sandbox, project, ["ping"])).MustSucceed();
        var missing = await PackageManager.Npm.AddAsync(sandbox, project, "@jsr/demo__nothing");
        missing.MustFail();
        Assert.Contains("E404", missing.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Source_maps_lead_an_error_to_the_line_that_was_written()
    {
        var published = await workspace.GetAsync();
        using var sandbox = new ClientSandbox(published.Server);
        var project = PackageManager.Npm.NewProject(sandbox, "app");
        (await PackageManager.Npm.AddAsync(sandbox, project, "@jsr/demo__shapes")).MustSucceed();
        var source = await File.ReadAllLinesAsync(Path.Combine(ToolPaths.Root, "tests", "Clients", "Fixtures", "workspace", "shapes", "mod.ts"));
        var line = Array.FindIndex(source, l => l.Contains("new Error(", StringComparison.Ordinal)) + 1;
        File.WriteAllText(Path.Combine(project, "main.mjs"), "import { explode } from \"@jsr/demo__shapes\"; explode(\"boom\");");

        var run = (await sandbox.NodeAsync(project, "--enable-source-maps", "main.mjs")).MustFail();

        Assert.Matches($@"demo__shapes/mod\.ts:{line}:{source[line - 1].IndexOf("new Error(", StringComparison.Ordinal) + 1}\b", run.Everything);
    }

    [Theory]
    [InlineData(".js.map", 8, 40)]
    [InlineData(".d.ts.map", 6, 20)]
    public async Task Every_source_map_points_into_a_source_that_is_in_the_tarball(string ending, int maps, int names)
    {
        var published = await workspace.GetAsync();
        using var sandbox = new ClientSandbox(published.Server);
        var project = PackageManager.Npm.NewProject(sandbox, "app");
        (await PackageManager.Npm.AddAsync(sandbox, project, "@jsr/demo__page")).MustSucceed();

        var check = (await sandbox.NodeAsync(project, Path.Combine(ToolPaths.Scripts, "check-source-maps.mjs"), Path.Combine(project, "node_modules", "@jsr"), ending)).MustSucceed();

        using var report = JsonDocument.Parse(check.Output);
        Assert.Empty(report.RootElement.GetProperty("problems").EnumerateArray().Select(p => p.GetString()));
        Assert.InRange(report.RootElement.GetProperty("maps").GetInt32(), maps, 20);
        Assert.InRange(report.RootElement.GetProperty("names").GetInt32(), names, 10_000);
    }

    /// <summary>Replaces a stored tarball by one that unpacks as well but says something else.</summary>
    private static void Tamper(KilnServer server, string package)
    {
        var folder = Path.Combine(server.Data, "objects", "npm", package, "-");
        var tarball = Assert.Single(Directory.GetFiles(folder, "*.tgz"));
        byte[] content;
        using (var gzip = new GZipStream(File.OpenRead(tarball), CompressionMode.Decompress))
        using (var unpacked = new MemoryStream())
        {
            gzip.CopyTo(unpacked);
            content = unpacked.ToArray();
        }

        var at = content.AsSpan().IndexOf("&amp;"u8);
        Assert.True(at > 0, "the tarball does not contain the text that was to be changed");
        content[at + 1] = (byte)'b';
        File.Delete(tarball);
        using var output = new GZipStream(File.Create(tarball), CompressionLevel.Optimal);
        output.Write(content);
    }
}
