using System.Text.Json;
using Kiln.Packages.Configuration;
using Kiln.Packages.Files;
using Kiln.Packages.Publishing;

namespace Kiln.Packages.Workspaces;

/// <summary>Finds the configuration of a folder and the workspace that it belongs to (publishing.md §1.2).</summary>
public sealed class WorkspaceDiscovery
{
    /// <summary>In the order in which they are looked for.</summary>
    public static readonly IReadOnlyList<string> FileNames = ["deno.json", "deno.jsonc", "jsr.json", "jsr.jsonc"];

    private const int MaxMembers = 10_000;

    private readonly IFileTree tree;
    private readonly List<PublishDiagnostic> problems = [];

    private WorkspaceDiscovery(IFileTree tree) => this.tree = tree;

    /// <summary>The workspace of a folder; null when the folder itself holds no configuration file. Problems stand in the result.</summary>
    /// <param name="tree">The files.</param>
    /// <param name="folder">Absolute.</param>
    public static Workspace? Find(IFileTree tree, string folder)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(folder);
        return new WorkspaceDiscovery(tree).Find(folder);
    }

    private Workspace? Find(string folder)
    {
        if (Load(folder) is not { } start)
        {
            return problems.Count == 0 ? null : Alone(new WorkspaceFolder(folder, null, null));
        }

        // 1. The folder may be a root itself.
        if (HasMembers(start))
        {
            return Create(start, MembersOf(start), start);
        }

        // 2. A folder above may list it. What is installed belongs to nobody's workspace.
        if (folder.Split('/').Contains("node_modules"))
        {
            return Alone(start);
        }

        for (var above = TreePath.ParentOf(folder); above is not null; above = TreePath.ParentOf(above))
        {
            if (Load(above, quiet: true) is { } root && HasMembers(root))
            {
                var members = MembersOf(root);
                var self = members.FirstOrDefault(m => m.Folder == folder);
                if (self is null)
                {
                    problems.Clear();
                    return Alone(start);
                }

                return Create(root, members, self);
            }
        }

        return Alone(start);
    }

    private Workspace Alone(WorkspaceFolder folder) => Create(folder, [], folder);

    private Workspace Create(WorkspaceFolder root, List<WorkspaceFolder> members, WorkspaceFolder start) =>
        new(root, members, LinksOf(root), start, problems);

    private WorkspaceFolder? Load(string folder, bool quiet = false)
    {
        ConfigurationFile? config = null;
        foreach (var name in FileNames)
        {
            if (ConfigurationFile.TryLoad(tree, TreePath.Join(folder, name), out config, out var error))
            {
                if (error is not null && !quiet)
                {
                    problems.Add(ConfigurationPlaces.At(PublishDiagnosticCodes.InvalidConfiguration, error.Message, TreePath.Join(folder, name), error.Place));
                }

                break;
            }
        }

        var path = TreePath.Join(folder, "package.json");
        if (ConfigurationFile.TryLoad(tree, path, out var packageJson, out var packageError) && packageError is not null && !quiet)
        {
            problems.Add(ConfigurationPlaces.At(PublishDiagnosticCodes.InvalidConfiguration, packageError.Message, path, packageError.Place));
        }

        return config is null && packageJson is null ? null : new WorkspaceFolder(folder, config, packageJson);
    }

    private static bool HasMembers(WorkspaceFolder folder) => folder.Config?.Root.Find("workspace") is not null || folder.PackageJson?.Root.Find("workspaces") is not null;

    private List<WorkspaceFolder> MembersOf(WorkspaceFolder root)
    {
        var members = new SortedDictionary<string, WorkspaceFolder>(StringComparer.Ordinal);
        if (root.Config?.Root.Find("workspace") is { } workspace)
        {
            AddMembers(root.Config, workspace.Kind == JsonValueKind.Object ? workspace.Find("members") : workspace, "workspace", ["deno.json", "deno.jsonc", "package.json"], members);
        }

        if (root.PackageJson?.Root.Find("workspaces") is { } workspaces)
        {
            AddMembers(root.PackageJson, workspaces.Kind == JsonValueKind.Object ? workspaces.Find("packages") : workspaces, "workspaces", ["package.json"], members);
        }

        var names = new Dictionary<string, WorkspaceFolder>(StringComparer.Ordinal);
        foreach (var member in members.Values.Append(root))
        {
            if (member.Name is { } name && !names.TryAdd(name, member))
            {
                problems.Add(ConfigurationPlaces.At(
                    PublishDiagnosticCodes.InvalidWorkspace, $"The name \"{name}\" is also that of {names[name].Config!.Path}. Names are unique in a workspace.", member.Config!, member.Config!.Root.Find("name")!));
            }
        }

        return [.. members.Values];
    }

    private void AddMembers(ConfigurationFile file, JsoncValue? list, string member, string[] fileNames, SortedDictionary<string, WorkspaceFolder> members)
    {
        if (list is null || list.Kind != JsonValueKind.Array)
        {
            problems.Add(ConfigurationPlaces.At(
                PublishDiagnosticCodes.InvalidWorkspace, $"The member \"{member}\" must list the folders of the workspace.", file, list ?? file.Root.Find(member)!));
            return;
        }

        var negated = list.Items.Where(i => i.Text?.StartsWith('!') == true).Select(i => FilePattern.Parse(file.Folder, i.Text!)).ToList();
        foreach (var item in list.Items)
        {
            if (item.Kind != JsonValueKind.String || item.Text!.Length == 0)
            {
                problems.Add(ConfigurationPlaces.At(PublishDiagnosticCodes.InvalidWorkspace, $"A workspace lists folders, not {item.KindInWords}.", file, item));
                continue;
            }

            if (item.Text.StartsWith('!'))
            {
                continue;
            }

            var pattern = FilePattern.Parse(file.Folder, item.Text);
            var folders = pattern.IsGlob ? Expand(pattern, fileNames).Where(f => !negated.Exists(n => n.Match(f) != PatternMatch.None)) : [pattern.Base];
            foreach (var folder in folders)
            {
                AddMember(file, item, folder, pattern.IsGlob, members);
            }
        }
    }

    private void AddMember(ConfigurationFile file, JsoncValue item, string folder, bool isExpanded, SortedDictionary<string, WorkspaceFolder> members)
    {
        var problem =
            folder == file.Folder ? "A workspace must not list its own root."
            : !TreePath.IsWithin(folder, file.Folder) ? $"The folder \"{item.Text}\" lies outside the workspace."
            : tree.KindOf(folder) != FileKind.Folder ? ""
            : null;
        if (problem is "")
        {
            problems.Add(ConfigurationPlaces.At(PublishDiagnosticCodes.InvalidWorkspace, $"There is no folder \"{item.Text}\"; it is left out.", file, item) with { Severity = DiagnosticSeverity.Warning });
            return;
        }

        if (problem is null && Load(folder) is { } member)
        {
            if (members.Count < MaxMembers && !members.TryAdd(folder, member) && !isExpanded && file.Root.Find("workspace") is not null)
            {
                problem = $"The folder \"{item.Text}\" is listed twice.";
            }
        }
        else if (!isExpanded && !problems.Exists(p => TreePath.ParentOf(p.Path) == folder))
        {
            problem ??= $"The folder \"{item.Text}\" has no configuration file: {string.Join(", ", FileNames)} or package.json.";
        }

        if (problem is not null)
        {
            problems.Add(ConfigurationPlaces.At(PublishDiagnosticCodes.InvalidWorkspace, problem, file, item));
        }
    }

    /// <summary>Folders that a glob names and that hold one of the files.</summary>
    private List<string> Expand(FilePattern pattern, string[] fileNames)
    {
        var found = new List<string>();
        var pending = new Queue<string>();
        pending.Enqueue(pattern.Base);
        while (pending.TryDequeue(out var folder) && found.Count < MaxMembers)
        {
            foreach (var entry in tree.List(folder))
            {
                var path = TreePath.Join(folder, entry.Name);
                if (entry.Kind == FileKind.Folder && entry.Name is not ("node_modules" or ".git"))
                {
                    pending.Enqueue(path);
                    if (pattern.Match(path) == PatternMatch.Positive && Array.Exists(fileNames, n => tree.KindOf(TreePath.Join(path, n)) == FileKind.File))
                    {
                        found.Add(path);
                    }
                }
            }
        }

        found.Sort(StringComparer.Ordinal);
        return found;
    }

    private List<WorkspaceFolder> LinksOf(WorkspaceFolder root)
    {
        var links = new List<WorkspaceFolder>();
        if (root.Config is not { } config || (config.Root.Find("links") ?? config.Root.Find("patch")) is not { Kind: JsonValueKind.Array } list)
        {
            return links;
        }

        foreach (var item in list.Items)
        {
            if (item.Text is not { Length: > 0 } text || Load(TreePath.Resolve(config.Folder, text)) is not { } linked)
            {
                problems.Add(ConfigurationPlaces.At(PublishDiagnosticCodes.InvalidWorkspace, "A link names a folder with a configuration file.", config, item));
                continue;
            }

            links.Add(linked);
            if (HasMembers(linked))
            {
                links.AddRange(MembersOf(linked));
            }
        }

        return links;
    }
}
