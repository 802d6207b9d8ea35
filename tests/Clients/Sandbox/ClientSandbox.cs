using Kiln.Clients.Server;
using Kiln.Tooling;

namespace Kiln.Clients.Sandbox;

/// <summary>
/// Home, caches and projects of one person who uses one registry. Nothing outside is read or written, and every registry setting of every
/// client points at the server under test, so that a request that should have gone there cannot be answered by another.
/// </summary>
internal sealed class ClientSandbox(KilnServer server) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public KilnServer Server { get; } = server;

    public TemporaryFolder Folder => folder;

    public Dictionary<string, string?> Environment
    {
        get
        {
            var home = folder["home"];
            Directory.CreateDirectory(home);
            var environment = new Dictionary<string, string?>
            {
                ["HOME"] = home,
                ["XDG_CACHE_HOME"] = folder["home/.cache"],
                ["XDG_DATA_HOME"] = folder["home/.data"],
                ["XDG_CONFIG_HOME"] = folder["home/.config"],
                ["XDG_STATE_HOME"] = folder["home/.state"],
                ["DENO_DIR"] = folder["home/deno"],
                ["JSR_URL"] = Server.Address.ToString(),
                ["JSR_NPM_URL"] = Server.NpmAddress.ToString(),
                ["NPM_CONFIG_REGISTRY"] = Server.NpmAddress.ToString(),
                ["DENO_NO_UPDATE_CHECK"] = "1",
                ["NO_UPDATE_NOTIFIER"] = "1",
                ["NO_COLOR"] = "1",
                ["CI"] = null,
                ["GITHUB_ACTIONS"] = null,
                ["HTTP_PROXY"] = null,
                ["HTTPS_PROXY"] = null,
                ["http_proxy"] = null,
                ["https_proxy"] = null,
            };
            // What the person who runs the tests has set for npm must not leak in.
            foreach (var name in System.Environment.GetEnvironmentVariables().Keys.Cast<string>())
            {
                if (name.StartsWith("npm_", StringComparison.OrdinalIgnoreCase) || name.StartsWith("YARN_", StringComparison.Ordinal) || name.StartsWith("PNPM_", StringComparison.Ordinal) || name.StartsWith("BUN_", StringComparison.Ordinal))
                {
                    environment.TryAdd(name, null);
                }
            }

            environment["npm_config_userconfig"] = folder["home/.npmrc"];
            environment["npm_config_globalconfig"] = folder["home/.npmrc-global"];
            return environment;
        }
    }

    /// <summary>An empty project folder.</summary>
    public string NewProject(string name)
    {
        var path = folder[name];
        Directory.CreateDirectory(path);
        return path;
    }

    /// <summary>A copy of the workspace of three packages.</summary>
    /// <param name="edit">Changes the text of every file, for instance its versions.</param>
    public string CopyWorkspace(string name = "workspace", Func<string, string>? edit = null)
    {
        var path = folder[name];
        TemporaryFolder.Copy(Path.Combine(ToolPaths.Root, "tests", "Clients", "Fixtures", "workspace"), path, edit ?? (text => text));
        return path;
    }

    public Task<ChildResult> DenoAsync(string project, params string[] arguments) => Child.RunAsync(ToolPaths.Deno, arguments, project, Environment, seconds: 180);

    public Task<ChildResult> NodeAsync(string project, params string[] arguments) => Child.RunAsync(ToolPaths.Node, arguments, project, Environment);

    public Task<ChildResult> BunAsync(string project, params string[] arguments) => Child.RunAsync(ToolPaths.Bun, arguments, project, Environment);

    public void Dispose() => folder.Dispose();
}
