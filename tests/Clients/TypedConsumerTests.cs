using System.Text.Json;
using System.Text.RegularExpressions;
using Kiln.Clients.Sandbox;
using Kiln.Clients.Server;
using Kiln.Tooling;

namespace Kiln.Clients;

/// <summary>
/// Projects that install packages with types. <c>Fixtures/consumer/main.ts</c> names at the end of a line the error that TypeScript must give there; it must give
/// no other, in the program or in a package, under <c>strict</c> and without <c>skipLibCheck</c>.
/// </summary>
public sealed partial class TypedConsumerTests(PublishedKit kit)
{
    private static readonly string[] Packages = ["@jsr/typed__kit", "@jsr/demo__shapes", "@jsr/demo__page"];

    /// <summary>What the sources of the packages print when deno runs them.</summary>
    private static readonly string Output =
        """["[&lt;disc 1>]","[&lt;hoop 2>]",2,12,1,"small","<ul><li>a</li><li>&lt;b></li></ul>","<ol><li>a</li><li>&lt;b></li></ol>",6,3,"Blue","right",4,"[&lt;disc 1>] 0",LENGTH]"""
            .Replace("LENGTH", (DenoConsumerTests.Page.Length - "x&lt;y".Length + "t".Length).ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private static string Program { get; } = Path.Combine(ToolPaths.Root, "tests", "Clients", "Fixtures", "consumer", "main.ts");

    private static string TypeScript5 => Path.Combine(ToolPaths.ClientModules, "typescript", "lib", "tsc.js");

    /// <summary>The compiler that is no JavaScript.</summary>
    private static string TypeScript7 => Path.Combine(ToolPaths.ClientModules, "typescript7", "bin", "tsc");

    public static TheoryData<string, string, string> Compilers { get; } = new()
    {
        { "5.9", "nodenext", "nodenext" },
        { "5.9", "node20", "node16" },
        { "5.9", "preserve", "bundler" },
        { "7", "nodenext", "nodenext" },
        { "7", "esnext", "bundler" },
    };

    [Theory]
    [MemberData(nameof(Compilers))]
    public async Task TypeScript_accepts_and_refuses_what_it_should(string version, string module, string resolution)
    {
        using var sandbox = new ClientSandbox(await kit.GetAsync());
        var project = await NewProjectAsync(sandbox, PackageManager.Npm, module, resolution);

        Assert.Equal(ExpectedErrors(), await CheckAsync(sandbox, project, version == "7" ? TypeScript7 : TypeScript5));
    }

    /// <summary>As old as TypeScript's resolvers get: <c>main</c>, <c>types</c> and <c>typesVersions</c>.</summary>
    [Fact]
    public async Task TypeScript_that_does_not_know_exports_finds_the_types()
    {
        using var sandbox = new ClientSandbox(await kit.GetAsync());
        var project = await NewProjectAsync(sandbox, PackageManager.Npm, "esnext", "node10", "\"esModuleInterop\": true, \"resolveJsonModule\": true,");

        Assert.Equal(ExpectedErrors(), await CheckAsync(sandbox, project, TypeScript5));
    }

    [Fact]
    public async Task The_program_does_in_node_what_the_sources_do()
    {
        using var sandbox = new ClientSandbox(await kit.GetAsync());
        var project = await NewProjectAsync(sandbox, PackageManager.Npm, "nodenext", "nodenext");
        await Child.RunAsync(ToolPaths.Node, [TypeScript5, "--outDir", "out", "--noEmit", "false"], project, sandbox.Environment);

        Assert.Equal(Output, (await sandbox.NodeAsync(project, "out/main.js")).MustSucceed().Output.Trim());
    }

    [Fact]
    public async Task Vite_bundles_what_is_used()
    {
        using var sandbox = new ClientSandbox(await kit.GetAsync());
        var project = await NewProjectAsync(sandbox, PackageManager.Npm, "esnext", "bundler");
        await File.AppendAllTextAsync(Path.Combine(project, "main.ts"), "import \"@jsr/typed__kit/style.css\";\n");
        await File.WriteAllTextAsync(Path.Combine(project, "vite.config.mjs"), """
            export default { build: { minify: false, modulePreload: false, rollupOptions: { input: "main.ts", output: { entryFileNames: "main.js", assetFileNames: "[name][extname]" } } } };
            """);

        (await sandbox.NodeAsync(project, Path.Combine(ToolPaths.ClientModules, "vite", "bin", "vite.js"), "build")).MustSucceed();

        var bundle = await File.ReadAllTextAsync(Path.Combine(project, "dist", "main.js"));
        Assert.DoesNotContain("from \"@jsr/", bundle, StringComparison.Ordinal);
        Assert.DoesNotContain("LEFT-OUT-BY-BUNDLERS", bundle, StringComparison.Ordinal);
        Assert.Contains(".kit", string.Concat(Directory.GetFiles(Path.Combine(project, "dist"), "*.css").Select(File.ReadAllText)), StringComparison.Ordinal);
        File.Move(Path.Combine(project, "dist", "main.js"), Path.Combine(project, "dist", "main.mjs"));
        Assert.Equal(Output, (await sandbox.NodeAsync(project, "dist/main.mjs")).MustSucceed().Output.Trim());
    }

    [Fact]
    public async Task Bun_runs_and_bundles_and_its_installation_has_types()
    {
        using var sandbox = new ClientSandbox(await kit.GetAsync());
        var project = await NewProjectAsync(sandbox, PackageManager.Bun, "preserve", "bundler");

        Assert.Equal(Output, (await sandbox.BunAsync(project, "run", "main.ts")).MustSucceed().Output.Trim());
        (await sandbox.BunAsync(project, "build", "main.ts", "--target=node", "--outdir", "out")).MustSucceed();
        Assert.Equal(Output, (await sandbox.NodeAsync(project, "out/main.js")).MustSucceed().Output.Trim());
        Assert.Equal(ExpectedErrors(), await CheckAsync(sandbox, project, TypeScript5));
    }

    [Fact]
    public async Task An_editor_goes_to_the_TypeScript_that_was_written()
    {
        using var sandbox = new ClientSandbox(await kit.GetAsync());
        var project = await NewProjectAsync(sandbox, PackageManager.Npm, "nodenext", "nodenext");
        string[] names = ["Box", "BoxOptions", "find", "disc", "SIZES", "List", "ListProps", "open", "Circle", "Geometry", "page", "Side"];

        var answer = await Child.RunAsync(
            ToolPaths.Node, [Path.Combine(ToolPaths.Scripts, "find-definitions.mjs")],
            input: JsonSerializer.Serialize(new { tsserver = Path.Combine(ToolPaths.ClientModules, "typescript", "lib", "tsserver.js"), file = Path.Combine(project, "main.ts"), names }));

        var found = JsonSerializer.Deserialize<Dictionary<string, Definition?>>(answer.MustSucceed().Output, JsonSerializerOptions.Web)!;
        foreach (var name in names)
        {
            var definition = found[name];
            Assert.True(definition is not null, $"no definition of {name}");
            Assert.StartsWith(Path.Combine(project, "node_modules", "@jsr"), definition.File, StringComparison.Ordinal);
            Assert.Matches(@"(?<!\.d)\.tsx?$", definition.File);
            Assert.DoesNotContain("_dist", definition.File, StringComparison.Ordinal);
            Assert.StartsWith(name == "disc" ? "disc: Box" : name, definition.Text, StringComparison.Ordinal);
            Assert.Equal(DeclaredAt(definition.File, name), definition.Line);
        }

        // What was written by hand is its own definition.
        Assert.EndsWith("typed__kit/mod.ts", found["open"]!.File, StringComparison.Ordinal);
    }

    public static TheoryData<string> Clients => NpmClientTests.Clients;

    /// <summary>Commands, peers and the rest come from the packument: a client that does not find them there does not link and install them.</summary>
    [Theory]
    [MemberData(nameof(Clients))]
    public async Task Commands_are_linked_and_run(string name)
    {
        using var sandbox = new ClientSandbox(await kit.GetAsync());
        var client = PackageManager.Named(name);
        var project = client.NewProject(sandbox, "app");
        var installsPeers = name is "npm" or "pnpm" or "bun";

        (await client.AddAsync(sandbox, project, installsPeers ? ["@jsr/typed__kit"] : ["@jsr/typed__kit", "@jsr/demo__shapes"])).MustSucceed();

        var run = await Child.RunAsync(Path.Combine(project, "node_modules", ".bin", "kit"), ["a", "b"], project, sandbox.Environment);
        Assert.Equal("[&lt;disc 1>] a+b", run.MustSucceed().Output.Trim());
        Assert.Equal(3, (await Child.RunAsync(Path.Combine(project, "node_modules", ".bin", "kit"), ["a", "b", "c"], project, sandbox.Environment)).ExitCode);
    }

    [Fact]
    public async Task Npm_shows_what_the_configuration_says()
    {
        using var sandbox = new ClientSandbox(await kit.GetAsync());
        var project = PackageManager.Npm.NewProject(sandbox, "app");

        var view = (await PackageManager.Npm.Run(sandbox, project, ["view", "@jsr/typed__kit", "--json"])).MustSucceed();

        using var json = JsonDocument.Parse(view.Output);
        var shown = json.RootElement.ValueKind == JsonValueKind.Array ? json.RootElement[0] : json.RootElement;
        Assert.Equal("What npm packages may have", shown.GetProperty("description").GetString());
        Assert.Equal("MIT", shown.GetProperty("license").GetString());
        Assert.Equal("git+https://github.com/kiln/kit.git", shown.GetProperty("repository").GetProperty("url").GetString());
        Assert.Equal("cli.js", shown.GetProperty("bin").GetProperty("kit").GetString());
        Assert.Equal("^1.0.0", shown.GetProperty("peerDependencies").GetProperty("@jsr/demo__shapes").GetString());
        Assert.Equal("^1.0.0", shown.GetProperty("dependencies").GetProperty("@jsr/demo__jsx").GetString());
        Assert.Equal(">=20", shown.GetProperty("engines").GetProperty("node").GetString());
    }

    private static async Task<string> NewProjectAsync(ClientSandbox sandbox, PackageManager client, string module, string resolution, string more = "")
    {
        var project = client.NewProject(sandbox, "app");
        (await client.AddAsync(sandbox, project, Packages)).MustSucceed();
        File.Copy(Program, Path.Combine(project, "main.ts"));
        await File.WriteAllTextAsync(Path.Combine(project, "tsconfig.json"), $$"""
            {
              "compilerOptions": {
                {{more}} "module": "{{module}}", "moduleResolution": "{{resolution}}", "target": "es2022", "lib": ["es2023", "dom"], "types": [],
                "strict": true, "skipLibCheck": false, "noEmit": true
              },
              "files": ["main.ts"]
            }
            """);
        return project;
    }

    /// <summary>Every error, as <c>main.ts:12 TS2322</c>.</summary>
    private static async Task<IReadOnlyList<string>> CheckAsync(ClientSandbox sandbox, string project, string compiler)
    {
        var result = await Child.RunAsync(ToolPaths.Node, [compiler, "-p", ".", "--pretty", "false"], project, sandbox.Environment);
        var errors = Error().Matches(result.Output).Select(m => $"{m.Groups["file"].Value}{(m.Groups["line"].Success ? ":" + m.Groups["line"].Value : "")} {m.Groups["code"].Value}").ToList();
        Assert.True(result.ExitCode != 0 && errors.Count > 0, $"tsc found no error at all\n{result.Everything}");
        return errors;
    }

    private static List<string> ExpectedErrors() =>
    [
        .. File.ReadLines(Program).Select((line, i) => Expected().Match(line) is { Success: true } mark ? $"main.ts:{i + 1} {mark.Groups[1].Value}" : null).OfType<string>(),
    ];

    private static int DeclaredAt(string file, string name) =>
        Array.FindIndex(File.ReadAllLines(file), line => Regex.IsMatch(line, $@"\b(class|interface|function|const|enum|namespace) {name}\b|^  {name}\(", RegexOptions.None, TimeSpan.FromSeconds(1))) + 1;

    private sealed record Definition(string File, int Line, string Text);

    [GeneratedRegex(@"^(?:(?<file>[^\s(][^(\n]*)\((?<line>\d+),\d+\): )?error (?<code>TS\d+):", RegexOptions.Multiline, 1000)]
    private static partial Regex Error();

    [GeneratedRegex(@"// (TS\d+)$", RegexOptions.None, 1000)]
    private static partial Regex Expected();
}
