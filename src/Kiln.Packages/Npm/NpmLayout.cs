namespace Kiln.Packages.Npm;

/// <summary>
/// Where the files of a package lie in its npm tarball. Sources stay where they are; what is compiled lies beside its source under the name
/// <c>.js</c>. Decided once, before anything is written, because every import depends on it.
/// </summary>
internal sealed class NpmLayout
{
    public const string PackageJsonPath = "/package.json";

    private static readonly string[] CompiledExtensions = [".ts", ".mts", ".tsx", ".jsx"];
    private static readonly string[] DeclarationExtensions = [".d.ts", ".d.mts", ".d.cts"];

    private readonly Dictionary<string, string> javaScript = new(StringComparer.Ordinal);
    private readonly HashSet<string> generated = new(StringComparer.OrdinalIgnoreCase) { PackageJsonPath };

    /// <param name="files">All paths of the package.</param>
    /// <param name="modules">The paths of the modules that its exports reach.</param>
    public NpmLayout(IReadOnlyCollection<string> files, IEnumerable<string> modules)
    {
        var reached = modules.Order(StringComparer.Ordinal).ToList();

        // Without regard to case: the tarball is unpacked on file systems that have none.
        var taken = new HashSet<string>(reached, StringComparer.OrdinalIgnoreCase) { PackageJsonPath };
        taken.UnionWith(Folders(files));
        foreach (var path in reached.Where(IsCompiled))
        {
            var output = Candidates(path).First(candidate => !taken.Contains(candidate) && !taken.Contains(MapOf(candidate)));
            javaScript.Add(path, output);
            generated.Add(output);
            generated.Add(MapOf(output));
            taken.Add(output);
            taken.Add(MapOf(output));
        }
    }

    /// <summary>Whether JavaScript is made from a module with this name.</summary>
    public static bool IsCompiled(string path) => EndsWithAny(path, CompiledExtensions) && !IsDeclaration(path);

    /// <summary><c>.d.ts</c>, <c>.d.mts</c>, <c>.d.cts</c> and <c>.d.css.ts</c>, the declaration of another kind of file.</summary>
    public static bool IsDeclaration(string path)
    {
        if (EndsWithAny(path, DeclarationExtensions))
        {
            return true;
        }

        var name = path.AsSpan(path.LastIndexOf('/') + 1);
        return name.EndsWith(".ts", StringComparison.OrdinalIgnoreCase) && name.Contains(".d.", StringComparison.OrdinalIgnoreCase);
    }

    public static string MapOf(string output) => output + ".map";

    /// <summary>The file that runs: the compiled one, or the file itself.</summary>
    public string JavaScriptOf(string path) => javaScript.GetValueOrDefault(path, path);

    /// <summary>
    /// A file of the package would stand where a generated one stands. It is left out: nothing that the exports reach can import it, else the
    /// generated file had given way.
    /// </summary>
    public bool IsGenerated(string path) => generated.Contains(path);

    /// <summary>
    /// <c>a.js</c> for <c>a.ts</c>; if the package has a module of that name too, <c>a.ts.js</c>, so that both keep working. (In the
    /// reference system one overwrites the other.)
    /// </summary>
    private static IEnumerable<string> Candidates(string path)
    {
        var extension = CompiledExtensions.First(e => path.EndsWith(e, StringComparison.OrdinalIgnoreCase));
        yield return path[..^extension.Length] + ".js";
        for (var marks = "";; marks += "_")
        {
            yield return path + marks + ".js";
        }
    }

    private static IEnumerable<string> Folders(IReadOnlyCollection<string> files)
    {
        foreach (var path in files)
        {
            for (var slash = path.LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/', slash - 1))
            {
                yield return path[..slash];
            }
        }
    }

    private static bool EndsWithAny(string path, string[] extensions) => Array.Exists(extensions, e => path.EndsWith(e, StringComparison.OrdinalIgnoreCase));
}
