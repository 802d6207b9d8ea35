using System.Text.Json;
using Kiln.Packages.Configuration;
using Kiln.Packages.Files;
using Kiln.Packages.Publishing;
using Kiln.Packages.Workspaces;

namespace Kiln.Packages.Unfurling;

/// <summary>All that decides what specifiers mean in the files of one folder of a workspace.</summary>
internal sealed class FolderRules
{
    private readonly ImportMap[] maps;
    private readonly IFileTree tree;
    private readonly JsoncValue? ownImports;

    private FolderRules(WorkspaceFolder folder, Workspace workspace, IFileTree tree, ImportMap[] maps, List<PublishDiagnostic> problems)
    {
        Folder = folder.Folder;
        this.tree = tree;
        this.maps = maps;
        Problems = problems;
        Settings = CompilerSettings.Read(folder, workspace.Root);
        HasPathKeys = Array.Exists(maps, m => m.HasPaths);
        HasScopes = Array.Exists(maps, m => m.Scope != "/" && m.Scope != Slashed(folder.Folder));
        ownImports = folder.PackageJson?.Root.Find("imports");
        Dependencies =
        [
            .. new[] { folder, workspace.Root }.Where(f => f.PackageJson is not null).DistinctBy(f => f.Folder).Select(f => new PackageJsonDependencies(f.PackageJson!, workspace)),
        ];
    }

    public string Folder { get; }

    public CompilerSettings Settings { get; }

    public IReadOnlyList<PublishDiagnostic> Problems { get; }

    /// <summary>Some import map has a key that is a path.</summary>
    public bool HasPathKeys { get; }

    /// <summary>What a name means depends on the file that mentions it.</summary>
    public bool HasScopes { get; }

    /// <summary>Of the folder, then of the workspace's root.</summary>
    public IReadOnlyList<PackageJsonDependencies> Dependencies { get; }

    public static FolderRules Create(WorkspaceFolder folder, Workspace workspace, IFileTree tree)
    {
        var problems = new List<PublishDiagnostic>();
        var maps = new List<ImportMap>();
        if (!ReferenceEquals(folder, workspace.Root) && folder.Config is { } own)
        {
            maps.AddRange(ReadMaps(own, Slashed(folder.Folder), tree, problems));
        }

        if (workspace.Root.Config is { } shared)
        {
            maps.AddRange(ReadMaps(shared, "/", tree, problems));
        }

        // The longest scope decides; the root's imports stand last.
        return new FolderRules(folder, workspace, tree, [.. maps.OrderByDescending(m => m.Scope.Length)], problems);
    }

    public bool TryMap(string referrer, string specifier, out MappedImport mapped)
    {
        foreach (var map in maps)
        {
            if (map.Covers(referrer) && map.TryResolve(specifier, out mapped))
            {
                return true;
            }
        }

        mapped = default;
        return false;
    }

    /// <summary>The requirement that a name maps to exactly, in the maps that cover a file.</summary>
    public string? FindExact(string referrer, string name)
    {
        foreach (var map in maps)
        {
            if (map.Covers(referrer) && map.FindExact(name) is { } target)
            {
                return target;
            }
        }

        return null;
    }

    /// <summary>The first file that <c>compilerOptions.paths</c> finds for a name.</summary>
    public string? FindByPaths(string specifier)
    {
        // The pattern with the longest text before its star decides.
        (int Length, string[] Targets, string Matched)? best = null;
        foreach (var (pattern, targets) in Settings.Paths)
        {
            var star = pattern.IndexOf('*', StringComparison.Ordinal);
            if (star < 0 ? pattern != specifier : !IsMatch(pattern, star, specifier))
            {
                continue;
            }

            var length = star < 0 ? int.MaxValue : star;
            if (best is null || length > best.Value.Length)
            {
                best = (length, targets, star < 0 ? "" : specifier[star..^(pattern.Length - star - 1)]);
            }
        }

        return best?.Targets.Select(t => t.Replace("*", best.Value.Matched, StringComparison.Ordinal)).FirstOrDefault(t => tree.KindOf(t) == FileKind.File);
    }

    /// <summary>The same path below another of <c>compilerOptions.rootDirs</c>.</summary>
    public string? FindInRootDirs(string path)
    {
        var root = Settings.RootDirs.Where(r => TreePath.IsWithin(path, r)).MaxBy(r => r.Length);
        return root is null ? null : Settings.RootDirs.Select(r => TreePath.Join(r, TreePath.Below(path, root))).FirstOrDefault(p => tree.KindOf(p) == FileKind.File);
    }

    /// <summary>The file that <c>imports</c> of package.json gives a name that starts with <c>#</c>.</summary>
    public string? FindOwnImport(string specifier)
    {
        foreach (var entry in ownImports?.Members ?? [])
        {
            var star = entry.Name.IndexOf('*', StringComparison.Ordinal);
            if (star < 0 ? entry.Name == specifier : IsMatch(entry.Name, star, specifier))
            {
                var matched = star < 0 ? "" : specifier[star..^(entry.Name.Length - star - 1)];
                return TargetOf(entry.Value, 0) is { } target && target.StartsWith("./", StringComparison.Ordinal)
                    ? TreePath.Resolve(Folder, target.Replace("*", matched, StringComparison.Ordinal))
                    : null;
            }
        }

        return null;
    }

    private static string? TargetOf(JsoncValue value, int depth)
    {
        if (value.Kind != JsonValueKind.Object || depth > JsoncReader.MaxDepth)
        {
            return value.Text;
        }

        foreach (var condition in value.Members)
        {
            if (condition.Name is "deno" or "node" or "import" or "default" && TargetOf(condition.Value, depth + 1) is { } target)
            {
                return target;
            }
        }

        return null;
    }

    private static bool IsMatch(string pattern, int star, string specifier) =>
        specifier.Length >= pattern.Length - 1 && specifier.AsSpan().StartsWith(pattern.AsSpan(0, star), StringComparison.Ordinal) && specifier.AsSpan().EndsWith(pattern.AsSpan(star + 1), StringComparison.Ordinal);

    private static IEnumerable<ImportMap> ReadMaps(ConfigurationFile config, string scope, IFileTree tree, List<PublishDiagnostic> problems)
    {
        if (config.Root.Find("imports") is not null || config.Root.Find("scopes") is not null)
        {
            return ImportMap.Read(config, scope, expands: true);
        }

        if (config.Root.Find("importMap") is not { } reference)
        {
            return [];
        }

        var path = TreePath.Resolve(config.Folder, reference.Text ?? "");
        if (!ConfigurationFile.TryLoad(tree, path, out var map, out var error))
        {
            problems.Add(ConfigurationPlaces.At(PublishDiagnosticCodes.InvalidConfiguration, $"There is no import map \"{reference.Text}\".", config, reference));
        }
        else if (error is not null)
        {
            problems.Add(ConfigurationPlaces.At(PublishDiagnosticCodes.InvalidConfiguration, error.Message, path, error.Place));
        }

        return map is null ? [] : ImportMap.Read(map, scope, expands: false);
    }

    private static string Slashed(string folder) => folder == "/" ? "/" : folder + "/";
}
