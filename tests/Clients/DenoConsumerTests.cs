using System.Text.Json;
using Kiln.Clients.Sandbox;
using Kiln.Clients.Server;

namespace Kiln.Clients;

public sealed class DenoConsumerTests(PublishedWorkspace workspace)
{
    // What deno prints when it runs the sources of the workspace themselves.
    internal const string Page = """<h1 id="top">x&lt;y &amp; more</h1><p class="Green" data-raw="a &lt; b">&amp;lt;circle 2>: <b>1</b><b>2</b></p>""";

    // deno refuses versions younger than a day unless it is told otherwise.
    private const string Fresh = """{ "minimumDependencyAge": 0 }""";

    [Fact]
    public async Task Adds_runs_and_tests_with_a_lock_file()
    {
        var server = (await workspace.GetAsync()).Server;
        using var sandbox = new ClientSandbox(server);
        var project = sandbox.NewProject("app");
        File.WriteAllText(Path.Combine(project, "deno.json"), Fresh);

        (await sandbox.DenoAsync(project, "add", "jsr:@demo/page", "jsr:@demo/shapes@^1.2.0")).MustSucceed();
        using (var config = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(project, "deno.json"))))
        {
            Assert.Equal("jsr:@demo/page@^0.3.0", config.RootElement.GetProperty("imports").GetProperty("@demo/page").GetString());
        }

        File.WriteAllText(Path.Combine(project, "main.ts"), """
            import { page } from "@demo/page";
            import { Circle, Color, Geometry, Side } from "@demo/shapes";
            import { Geometry as Same } from "@demo/shapes/geometry";
            const circle: Circle = new Circle(2, "disc");
            console.log(page("x<y"));
            console.log(JSON.stringify([Color[8], Color.Blue, Side.Left, circle.name, circle.area, circle.size(), Geometry.Deep.level, Same === Geometry]));
            """);
        var run = (await sandbox.DenoAsync(project, "run", "--check", "main.ts")).MustSucceed();
        Assert.Equal([Page, """["Blue",8,"left","&lt;disc 2>",12,{"width":4,"height":4,"unit":"px"},4,true]"""], run.Output.TrimEnd().Split('\n'));

        File.WriteAllText(Path.Combine(project, "main_test.ts"), """
            import { page } from "@demo/page";
            Deno.test("renders", () => { if (!page("t").startsWith('<h1 id="top">t')) throw new Error(page("t")); });
            """);
        var tested = (await sandbox.DenoAsync(project, "test", "--frozen")).MustSucceed();
        Assert.Contains("1 passed", tested.Everything, StringComparison.Ordinal);

        // The lock names the hash of the version metadata, and a fresh machine accepts it.
        using var lockFile = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(project, "deno.lock")));
        var meta = await server.Http.GetByteArrayAsync("@demo/shapes/1.2.0_meta.json");
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(meta)), lockFile.RootElement.GetProperty("jsr").GetProperty("@demo/shapes@1.2.0").GetProperty("integrity").GetString());
        using var other = new ClientSandbox(server);
        var clone = other.NewProject("clone");
        foreach (var file in Directory.GetFiles(project))
        {
            File.Copy(file, Path.Combine(clone, Path.GetFileName(file)));
        }

        (await other.DenoAsync(clone, "install", "--frozen")).MustSucceed();
        Assert.StartsWith(Page, (await other.DenoAsync(clone, "run", "--frozen", "--cached-only", "main.ts")).MustSucceed().Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_lock_file_that_names_other_bytes()
    {
        using var sandbox = new ClientSandbox((await workspace.GetAsync()).Server);
        var project = sandbox.NewProject("app");
        File.WriteAllText(Path.Combine(project, "deno.json"), """{ "minimumDependencyAge": 0, "imports": { "@demo/jsx": "jsr:@demo/jsx@^1.0.0" } }""");
        File.WriteAllText(Path.Combine(project, "main.ts"), "import { escape } from \"@demo/jsx\"; console.log(escape(\"<\"));");
        (await sandbox.DenoAsync(project, "run", "main.ts")).MustSucceed();
        var path = Path.Combine(project, "deno.lock");
        using (var lockFile = JsonDocument.Parse(await File.ReadAllTextAsync(path)))
        {
            var integrity = lockFile.RootElement.GetProperty("jsr").GetProperty("@demo/jsx@1.0.0").GetProperty("integrity").GetString()!;
            await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(path)).Replace(integrity, new string('0', 64), StringComparison.Ordinal));
        }

        Directory.Delete(sandbox.Folder["home"], recursive: true);

        var run = await sandbox.DenoAsync(project, "run", "--frozen", "main.ts");

        run.MustFail();
        Assert.Contains("Integrity check failed", run.Everything, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Names_the_exports_when_one_is_missing()
    {
        using var sandbox = new ClientSandbox((await workspace.GetAsync()).Server);

        var project = sandbox.NewProject("app");
        File.WriteAllText(Path.Combine(project, "deno.json"), Fresh);

        var run = await sandbox.DenoAsync(project, "eval", "import \"jsr:@demo/shapes@1/nothing\";");

        run.MustFail();
        Assert.Contains("./geometry", run.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Installs_the_npm_form_too()
    {
        using var sandbox = new ClientSandbox((await workspace.GetAsync()).Server);
        var project = sandbox.NewProject("app");
        File.WriteAllText(Path.Combine(project, "deno.json"), """{ "nodeModulesDir": "auto" }""");
        (await sandbox.DenoAsync(project, "add", "--minimum-dependency-age=0", "npm:@jsr/demo__page")).MustSucceed();
        File.WriteAllText(Path.Combine(project, "main.ts"), "import { page } from \"@jsr/demo__page\"; console.log(page(\"x<y\"));");

        Assert.Equal(Page, (await sandbox.DenoAsync(project, "run", "-A", "main.ts")).MustSucceed().Output.Trim());
    }
}
