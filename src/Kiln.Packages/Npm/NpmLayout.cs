using System.Globalization;
using Kiln.Packages.Tar;

namespace Kiln.Packages.Npm;

/// <summary>
/// Where the files of a package lie in its npm tarball. Sources stay where they are; what is compiled lies beside its source under the name
/// <c>.js</c>; generated declarations lie in a tree of their own, for beside <c>mod.ts</c> TypeScript would read the source instead, and check it. Decided once, before anything is written, because every import depends on it.
/// </summary>
internal sealed class NpmLayout
{
    public const string PackageJsonPath = "/package.json";

    /// <summary>Packages have no files there: <see cref="Names.PackagePath"/>.</summary>
    private const string DeclarationFolder = "/_dist";

    private readonly Dictionary<string, string> javaScript = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> emptyModules = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> generatedDeclarations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> copiedDeclarations = new(StringComparer.Ordinal);
    private readonly HashSet<string> generated = new(StringComparer.OrdinalIgnoreCase) { PackageJsonPath };

    /// <param name="files">All paths of the package.</param>
    /// <param name="reached">The paths that its exports reach.</param>
    /// <param name="compiled">Those of them that become JavaScript.</param>
    /// <param name="declarations">Those of them that only declare.</param>
    /// <param name="typed">Those for which declarations are generated.</param>
    public NpmLayout(IReadOnlyCollection<string> files, IEnumerable<string> reached, IEnumerable<string> compiled, IReadOnlyCollection<string> declarations, IEnumerable<string> typed)
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
        PlaceDeclarations(new HashSet<string>(files, StringComparer.OrdinalIgnoreCase), declarations, typed, taken);
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

    /// <summary>The file that a type checker reads for a module, as far as the module itself names none: what was generated for it, or what it is.</summary>
    public string DeclarationsOf(string path) =>
        generatedDeclarations.TryGetValue(path, out var output) || copiedDeclarations.TryGetValue(path, out output) ? output : JavaScriptOf(path);

    /// <summary>Where the generated declarations of a module lie.</summary>
    public string GeneratedDeclarationsOf(string path) => generatedDeclarations[path];

    /// <summary>Hand-written declarations of which there must be a copy, and its path.</summary>
    public IReadOnlyDictionary<string, string> CopiedDeclarations => copiedDeclarations;

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

    private void PlaceDeclarations(HashSet<string> files, IEnumerable<string> declarations, IEnumerable<string> typed, HashSet<string> taken)
    {
        var shortNames = 0;
        foreach (var path in typed.Order(StringComparer.Ordinal))
        {
            generatedDeclarations.Add(path, Take(path[..path.LastIndexOf('.')], path));
        }

        foreach (var path in declarations.Order(StringComparer.Ordinal))
        {
            var name = NpmSpecifiers.ImportPathOf(path);
            var stem = name[..name.LastIndexOf('.')];

            // Declarations are imported as `types.js`. If there is a `types.ts`, TypeScript takes that one.
            if (name.EndsWith(".mjs", StringComparison.Ordinal) ? files.Contains(stem + ".mts") : name.EndsWith(".js", StringComparison.Ordinal) && (files.Contains(stem + ".ts") || files.Contains(stem + ".tsx")))
            {
                copiedDeclarations.Add(path, Take(stem, stem + ".types"));
            }
        }

        string Take(string first, string second)
        {
            var output = $"{DeclarationFolder}{first}.d.ts";
            output = IsFree(output) ? output : $"{DeclarationFolder}{second}.d.ts";

            // A long name may not fit the archive with what is added to it.
            while (!IsFree(output))
            {
                shortNames++;
                output = string.Create(CultureInfo.InvariantCulture, $"{DeclarationFolder}/_{shortNames}.d.ts");
            }

            taken.Add(output);
            return output;
        }

        bool IsFree(string output) => !taken.Contains(output) && TarWriter.Fits("package" + MapOf(output));
    }

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
