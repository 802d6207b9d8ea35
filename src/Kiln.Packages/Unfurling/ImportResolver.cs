using System.Collections.Concurrent;
using System.Text.Json;
using Kiln.Analysis;
using Kiln.Analysis.Graph;
using Kiln.Packages.Configuration;
using Kiln.Packages.Files;
using Kiln.Packages.Publishing;
using Kiln.Packages.Versions;
using Kiln.Packages.Workspaces;

namespace Kiln.Packages.Unfurling;

/// <summary>
/// What the author's configuration makes of a specifier, in words that everybody understands after publishing: <c>./x.ts</c>, <c>npm:</c>, <c>jsr:</c>,
/// <c>node:</c> (publishing.md §2.2). May be asked from several threads at once.
/// </summary>
internal sealed class ImportResolver
{
    private readonly Workspace workspace;
    private readonly IFileTree tree;
    private readonly Dictionary<string, FolderRules> rules = new(StringComparer.Ordinal);
    private readonly Dictionary<string, WorkspaceFolder> packages = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Folder, string Specifier, SpecifierUse Use), Resolution> bare = new();
    private readonly bool sloppy;

    public ImportResolver(Workspace workspace, IFileTree tree)
    {
        this.workspace = workspace;
        this.tree = tree;
        sloppy = workspace.Folders.Any(f => f.Config?.Root.Find("unstable") is { Kind: JsonValueKind.Array } list && list.Items.Any(i => i.Text == "sloppy-imports"));
        foreach (var package in workspace.Folders.Concat(workspace.Links))
        {
            if (package.IsNamed)
            {
                packages.TryAdd(package.Name!, package);
            }
        }

        foreach (var folder in workspace.Folders)
        {
            rules[folder.Folder] = FolderRules.Create(folder, workspace, tree);
        }
    }

    /// <summary>What is wrong with the import maps themselves.</summary>
    public IEnumerable<PublishDiagnostic> Problems => rules.Values.SelectMany(r => r.Problems).Distinct();

    public CompilerSettings SettingsOf(string path) => RulesOf(path).Settings;

    /// <summary>The workspace's package of a name; null when it has none.</summary>
    public WorkspaceFolder? FindPackage(string name) => packages.GetValueOrDefault(name);

    public Resolution Resolve(string referrer, string specifier, SpecifierUse use)
    {
        var rule = RulesOf(referrer);
        var isRelative = specifier.StartsWith("./", StringComparison.Ordinal) || specifier.StartsWith("../", StringComparison.Ordinal) || specifier.StartsWith('/');
        var probes = sloppy || rule.Settings.IsBundler;
        if (!isRelative)
        {
            // 4 to 8 depend on the folder alone, but for scopes, and for where a file lies from here.
            return rule.HasScopes || probes
                ? Finish(referrer, ResolveNamed(rule, referrer, specifier, use), use, probes)
                : Finish(referrer, bare.GetOrAdd((rule.Folder, specifier, use), _ => ResolveNamed(rule, referrer, specifier, use)), use, probes);
        }

        if (!rule.HasPathKeys && !probes && (use == SpecifierUse.Code || rule.Settings.RootDirs.Count == 0))
        {
            return Resolution.Unchanged;
        }

        var path = ToPath(referrer, specifier);
        if (rule.HasPathKeys && rule.TryMap(referrer, path, out var mapped))
        {
            return mapped.Target is null ? Blocked(specifier) : Finish(referrer, Resolution.To(mapped.Target), use, probes);
        }

        var found = Probe(rule, referrer, path, use, probes);
        return found == path ? Resolution.Unchanged : Resolution.To(RelativePaths.Get(referrer, found));
    }

    /// <summary>The path that a relative specifier means; its query and fragment aside.</summary>
    public static string ToPath(string referrer, string specifier)
    {
        var end = specifier.AsSpan().IndexOfAny('?', '#');
        return TreePath.Resolve(TreePath.ParentOf(referrer) ?? "/", Uri.UnescapeDataString(end < 0 ? specifier : specifier[..end]));
    }

    private FolderRules RulesOf(string path) => rules[workspace.FolderOf(path).Folder];

    /// <summary>Everything that is not relative. A result that starts with a slash is a path.</summary>
    private Resolution ResolveNamed(FolderRules rule, string referrer, string specifier, SpecifierUse use)
    {
        // 1. The import maps.
        if (rule.TryMap(referrer, specifier, out var mapped))
        {
            return mapped.Target is null ? Blocked(specifier) : new Resolution(mapped.Target, IsMapped: true);
        }

        if (ImportMap.HasScheme(specifier))
        {
            return specifier.StartsWith("file:", StringComparison.OrdinalIgnoreCase) && ImportMap.ToPath("/", specifier) is { } path ? Resolution.To(path) : Resolution.Unchanged;
        }

        // 4. Types may come by compilerOptions.paths; then the packages of the workspace.
        if (use == SpecifierUse.Types && rule.FindByPaths(specifier) is { } byPaths)
        {
            return Resolution.To(byPaths);
        }

        if (SplitName(specifier) is var (name, subPath) && packages.TryGetValue(name, out var package))
        {
            return ToWorkspace(name, package, subPath, specifier);
        }

        // 5. The package's own imports.
        if (specifier.StartsWith('#'))
        {
            return rule.FindOwnImport(specifier) is { } own ? Resolution.To(own) : Resolution.Unchanged;
        }

        // 6. package.json, of the nearest folder first.
        foreach (var dependencies in rule.Dependencies)
        {
            if (dependencies.Resolve(specifier) is { } found)
            {
                return found;
            }
        }

        // 7. npm packages of the workspace.
        foreach (var folder in workspace.Folders)
        {
            if (folder.PackageJson?.Text("name") == name)
            {
                var version = folder.PackageJson.Text("version");
                return Resolution.To($"npm:{name}{(version is null ? "" : "@^" + version)}{subPath}");
            }
        }

        // 8. What Node brings along.
        return NodeBuiltIns.Contains(specifier) ? Resolution.To("node:" + specifier) : Resolution.Unchanged;
    }

    private static Resolution ToWorkspace(string name, WorkspaceFolder package, string subPath, string specifier)
    {
        var key = subPath.Length == 0 ? "." : "." + subPath;
        var exports = package.Config!.Root.Find("exports")!;
        var exists = exports.Kind == JsonValueKind.Object ? exports.Find(key) is not null : key == ".";
        return exists
            ? Resolution.To($"jsr:{name}{(package.Version is null ? "" : "@^" + package.Version)}{subPath}")
            : Resolution.Failed(PublishDiagnosticCodes.ModuleNotFound, $"The package \"{name}\" of this workspace has no export \"{key}\", which \"{specifier}\" asks for.", "Add it to \"exports\" of that package, or import one of those that it has.");
    }

    /// <summary>Files become relative to who imports them.</summary>
    private Resolution Finish(string referrer, Resolution resolution, SpecifierUse use, bool probes)
    {
        if (resolution.Text is not { } text)
        {
            return resolution;
        }

        if (!text.StartsWith('/'))
        {
            return resolution;
        }

        return resolution with { Text = RelativePaths.Get(referrer, Probe(RulesOf(referrer), referrer, text, use, probes)) };
    }

    private string Probe(FolderRules rule, string referrer, string path, SpecifierUse use, bool probes)
    {
        if (probes)
        {
            return SloppyImports.Probe(tree, path, use);
        }

        return use == SpecifierUse.Types && rule.Settings.RootDirs.Count > 0 && tree.KindOf(path) != FileKind.File ? rule.FindInRootDirs(path) ?? path : path;
    }

    private static Resolution Blocked(string specifier) =>
        Resolution.Failed(PublishDiagnosticCodes.UnresolvedImport, $"The import map gives \"{specifier}\" no valid address.", "Map it to a path that starts with \"./\" or to a URL.");

    /// <summary>The package's name and what follows it, with its slash.</summary>
    private static (string Name, string SubPath) SplitName(string specifier)
    {
        var slash = specifier.IndexOf('/', StringComparison.Ordinal);
        if (specifier.StartsWith('@') && slash > 0)
        {
            slash = specifier.IndexOf('/', slash + 1);
        }

        return slash < 0 ? (specifier, "") : (specifier[..slash], specifier[slash..]);
    }

    /// <summary>A <c>jsr:</c> specifier names a package of the workspace in the version that lies here; it is that one that counts.</summary>
    public WorkspaceFolder? FindWorkspacePackage(string specifier) =>
        PackageRequirement.TryParse(specifier, out var requirement) && requirement.Kind == RequirementKind.Jsr && packages.TryGetValue(requirement.Name, out var package)
        && (package.Version is not { } text || !PackageVersion.TryParse(text, out var version) || requirement.Range?.Satisfies(version) != false)
            ? package
            : null;
}
