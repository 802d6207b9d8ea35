using System.Runtime.CompilerServices;

namespace Kiln.Tooling;

/// <summary>
/// Where <c>tests/tools/install</c> put the programs and packages that tests compare with: <c>.kiln/tools</c> under the repository root, or
/// the folder named by <c>KILN_TOOLS</c>. A missing tool skips the test on a developer's machine and fails it where <c>CI</c> or
/// <c>KILN_REQUIRE_TOOLS</c> is set.
/// </summary>
internal static class ToolPaths
{
    public static string Root { get; } = FindRoot();

    public static string Tools { get; } = Environment.GetEnvironmentVariable("KILN_TOOLS") is { Length: > 0 } folder ? folder : Path.Combine(Root, ".kiln", "tools");

    /// <summary>Scripts and data in the repository that belong to the tools.</summary>
    public static string Scripts { get; } = Path.Combine(Root, "tests", "tools");

    public static string ClientModules => Required(Path.Combine(Tools, "clients", "node_modules"));
    public static string PackageModules => Required(Path.Combine(Tools, "packages", "node_modules"));
    public static string Corpora => Required(Path.Combine(Tools, "corpora"));

    public static string Deno => Client("@deno/linux-x64-glibc/deno");
    public static string Bun => Client("@oven/bun-linux-x64/bin/bun");
    public static string Pnpm => Client("@pnpm/exe.linux-x64/pnpm");
    public static string NpmScript => Client("npm/bin/npm-cli.js");
    public static string YarnClassicScript => Client("yarn/bin/yarn.js");
    public static string YarnBerryScript => Client("@yarnpkg/cli-dist/bin/yarn.js");
    public static string OxcTransform => Client("@oxc-transform/binding-linux-x64-gnu/package.json");
    public static string JsrScript => Client("jsr/dist/bin.js");

    /// <summary>Node 20 or newer, from the path.</summary>
    public static string Node => OnPath("node");

    public static string S3rverScript => Client("s3rver/bin/s3rver.js");

    /// <summary>Ceph's gateway; its monitor and its disk server lie beside it.</summary>
    public static string RadosGateway => OnPath("radosgw");

    /// <summary>Debian puts it where only root's path looks.</summary>
    public static string Nginx => File.Exists("/usr/sbin/nginx") ? "/usr/sbin/nginx" : OnPath("nginx");

    public static string Curl => OnPath("curl");

    public static string Python => OnPath("python3");

    public static string BsdTar => OnPath("bsdtar");

    public static string Strace => OnPath("strace");

    public static string Chromium => OnPath("chromium");

    public static string AflFuzz => OnPath("afl-fuzz");

    /// <summary>The folder with <c>initdb</c> and <c>postgres</c> of the newest version that is installed.</summary>
    public static string PostgresPrograms
    {
        get
        {
            var root = "/usr/lib/postgresql";
            var newest = Directory.Exists(root)
                ? Directory.EnumerateDirectories(root).OrderByDescending(d => int.TryParse(Path.GetFileName(d), out var v) ? v : 0).Select(d => Path.Combine(d, "bin")).FirstOrDefault(d => File.Exists(Path.Combine(d, "initdb")))
                : null;
            return newest ?? Path.GetDirectoryName(OnPath("initdb"))!;
        }
    }

    private static string Client(string relative) => Required(Path.Combine(ClientModules, relative));

    private static string OnPath(string program)
    {
        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries))
        {
            var candidate = Path.Combine(folder, program);
            if (File.Exists(candidate))
            {
                return candidate;
            }
        }

        return Missing($"{program} is not on the path; ./test installs it.");
    }

    private static string Required(string path) =>
        File.Exists(path) || Directory.Exists(path) ? path : Missing($"{path} is missing; run tests/tools/install.");

    public static string Missing(string message)
    {
        if (Environment.GetEnvironmentVariable("CI") is { Length: > 0 } || Environment.GetEnvironmentVariable("KILN_REQUIRE_TOOLS") is { Length: > 0 })
        {
            Assert.Fail(message);
        }

        Assert.Skip(message);
        throw new InvalidOperationException(message);
    }

    private static string FindRoot([CallerFilePath] string thisFile = "")
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Kiln.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"Kiln.slnx was not found above the test assembly (compiled from {thisFile}).");
    }
}
