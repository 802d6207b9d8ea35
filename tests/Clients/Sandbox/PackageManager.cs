using Kiln.Tooling;

namespace Kiln.Clients.Sandbox;

/// <summary>A client of the npm protocol with the settings that its own documentation asks for to take <c>@jsr</c> from Kiln.</summary>
internal sealed record PackageManager(string Name, string LockFile, Action<ClientSandbox, string> Configure, Func<ClientSandbox, string, string[], Task<ChildResult>> Run)
{
    public static readonly PackageManager Npm = new("npm", "package-lock.json", WriteNpmrc, (sandbox, project, arguments) =>
        RunAsync(sandbox, project, ToolPaths.Node, [ToolPaths.NpmScript, .. arguments, "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=0", "--cache", sandbox.Folder["home/npm-cache"]]));

    public static readonly PackageManager Pnpm = new("pnpm", "pnpm-lock.yaml", WriteNpmrc, (sandbox, project, arguments) =>
        RunAsync(sandbox, project, ToolPaths.Pnpm, [.. arguments, "--ignore-scripts", "--store-dir", sandbox.Folder["home/pnpm-store"], "--config.minimum-release-age=0"]));

    public static readonly PackageManager YarnClassic = new("yarn1", "yarn.lock", WriteNpmrc, (sandbox, project, arguments) =>
        RunAsync(sandbox, project, ToolPaths.Node, [ToolPaths.YarnClassicScript, .. arguments, "--ignore-scripts", "--non-interactive", "--cache-folder", sandbox.Folder["home/yarn1-cache"]]));

    public static readonly PackageManager YarnBerry = new("yarn4", "yarn.lock", WriteYarnrc, (sandbox, project, arguments) =>
        RunAsync(sandbox, project, ToolPaths.Node, [ToolPaths.YarnBerryScript, .. arguments]));

    public static readonly PackageManager Bun = new("bun", "bun.lock", WriteBunfig, (sandbox, project, arguments) =>
        RunAsync(sandbox, project, ToolPaths.Bun, [.. arguments, "--ignore-scripts"]));

    private static readonly PackageManager[] All = [Npm, Pnpm, YarnClassic, YarnBerry, Bun];

    public static PackageManager Named(string name) => All.Single(m => m.Name == name);

    /// <summary>A project that needs the packages given, with every setting in place.</summary>
    public string NewProject(ClientSandbox sandbox, string folder)
    {
        var project = sandbox.NewProject(folder);
        File.WriteAllText(Path.Combine(project, "package.json"), """{ "name": "consumer", "version": "1.0.0", "private": true, "type": "module" }""");
        Configure(sandbox, project);
        return project;
    }

    public Task<ChildResult> AddAsync(ClientSandbox sandbox, string project, params string[] packages) => Run(sandbox, project, [this == Npm ? "install" : "add", .. packages]);

    /// <summary>Installs what the lock file says and refuses to change it.</summary>
    public Task<ChildResult> InstallLockedAsync(ClientSandbox sandbox, string project) => Run(sandbox, project, Name switch
    {
        "npm" => ["ci"],
        "yarn4" => ["install", "--immutable"],
        _ => ["install", "--frozen-lockfile"],
    });

    /// <summary>Forgets everything that was downloaded.</summary>
    public static void ForgetDownloads(ClientSandbox sandbox, string project)
    {
        foreach (var folder in new[] { sandbox.Folder["home"], Path.Combine(project, "node_modules"), Path.Combine(project, ".yarn") }.Where(Directory.Exists))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Task<ChildResult> RunAsync(ClientSandbox sandbox, string project, string program, string[] arguments)
    {
        var environment = sandbox.Environment;
        environment["YARN_ENABLE_TELEMETRY"] = "0";
        environment["YARN_GLOBAL_FOLDER"] = sandbox.Folder["home/yarn4"];
        environment["BUN_INSTALL_CACHE_DIR"] = sandbox.Folder["home/bun-cache"];
        return Child.RunAsync(program, arguments, project, environment, seconds: 120);
    }

    private static void WriteNpmrc(ClientSandbox sandbox, string project) =>
        File.WriteAllText(Path.Combine(project, ".npmrc"), $"@jsr:registry={sandbox.Server.NpmAddress}\nregistry={sandbox.Server.NpmAddress}\n");

    private static void WriteYarnrc(ClientSandbox sandbox, string project)
    {
        var address = sandbox.Server.NpmAddress.ToString().TrimEnd('/');
        File.WriteAllText(Path.Combine(project, ".yarnrc.yml"), $"""
            npmRegistryServer: "{address}"
            npmScopes:
              jsr:
                npmRegistryServer: "{address}"
                npmMinimalAgeGate: 0
            unsafeHttpWhitelist: ["127.0.0.1"]
            enableScripts: false
            enableImmutableInstalls: false
            nodeLinker: node-modules
            npmMinimalAgeGate: 0

            """);
        // Without a lock file of its own the project would belong to one further up.
        File.WriteAllText(Path.Combine(project, "yarn.lock"), "");
    }

    private static void WriteBunfig(ClientSandbox sandbox, string project) =>
        File.WriteAllText(Path.Combine(project, "bunfig.toml"), $"""
            [install]
            registry = "{sandbox.Server.NpmAddress}"
            [install.scopes]
            "@jsr" = "{sandbox.Server.NpmAddress}"

            """);
}
