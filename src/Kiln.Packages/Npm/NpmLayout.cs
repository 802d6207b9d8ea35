namespace Kiln.Packages.Npm;

/// <summary>
/// Where the files of a package lie in its npm tarball. Sources stay where they are; what is compiled lies beside its source under the name
/// <c>.js</c>. Decided once, before anything is written, because every import depends on it.
/// </summary>
internal sealed class NpmLayout
{
    public const string PackageJsonPath = "/package.json";

    private readonly Dictionary<string, string> javaScript = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> emptyModules = new(StringComparer.Ordinal);
    private readonly HashSet<string> generated = new(StringComparer.OrdinalIgnoreCase) { PackageJsonPath };

    /// <param name="files">All paths of the package.</param>
    /// <param name="reached">The paths that its exports reach.</param>
    /// <param name="compiled">Those of them that become JavaScript.</param>
    /// <param name="declarations">Those of them that only declare.</param>
    public NpmLayout(IReadOnlyCollection<string> files, IEnumerable<string> reached, IEnumerable<string> compiled, IEnumerable<string> declarations)
    {
        // Without regard to case: the tarball is unpacked on file systems that have none.
        var taken = new HashSet<string>(reached, StringComparer.OrdinalIgnoreCase) { PackageJsonPath };
        taken.UnionWith(Folders(files));
        foreach (var path in compiled.Order(StringComparer.Ordinal))
        {
            var output = Candidates(path).First(candidate => !taken.Contains(candidate) && !taken.Contains(MapOf(candidate)));
            javaScript.Add(path, output);
            generated.Add(output);
            generated.Add(MapOf(output));
            taken.Add(output);
            taken.Add(MapOf(output));
        }

        taken.UnionWith(files);
        foreach (var path in declarations.Order(StringComparer.Ordinal))
        {
            var name = EmptyModuleCandidates(path).First(candidate => !taken.Contains(candidate));
            emptyModules.Add(path, name);
            taken.Add(name);
        }
    }

    public static string MapOf(string output) => output + ".map";

    /// <summary>The file that runs: the compiled one, or the file itself.</summary>
    public string JavaScriptOf(string path) => javaScript.GetValueOrDefault(path, path);

    /// <summary>
    /// An empty module to import in the place of a declaration file: <c>export * from "./types.d.ts"</c> runs in Deno, which gives declarations
    /// an empty module, and would end the program in Node.
    /// </summary>
    public string EmptyModuleOf(string declaration) => emptyModules[declaration];

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
        yield return path[..path.LastIndexOf('.')] + ".js";
        for (var marks = "";; marks += "_")
        {
            yield return path + marks + ".js";
        }
    }

    /// <summary>Where TypeScript finds the declarations by the name of the module: <c>types.js</c> for <c>types.d.ts</c>.</summary>
    private static IEnumerable<string> EmptyModuleCandidates(string path)
    {
        if (NpmSpecifiers.ImportPathOf(path) is var name && name != path)
        {
            yield return name;
        }

        for (var marks = "";; marks += "_")
        {
            yield return path + marks + ".js";
        }
    }

    private static IEnumerable<string> Folders(IEnumerable<string> files)
    {
        foreach (var path in files)
        {
            for (var slash = path.LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/', slash - 1))
            {
                yield return path[..slash];
            }
        }
    }
}
