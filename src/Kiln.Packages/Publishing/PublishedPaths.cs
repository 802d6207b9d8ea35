using Kiln.Packages.Files;
using Kiln.Packages.Names;
using Kiln.Packages.Workspaces;

namespace Kiln.Packages.Publishing;

/// <summary>Which files of a package's folder are published, under which rules for their names (publishing.md §1.6, and the registry's stricter ones of §3.3).</summary>
internal sealed class PublishedPaths
{
    private static readonly string[] LicenseNames = ["LICENSE", "LICENCE", "COPYING", "COPYING.LESSER"];
    private static readonly string[] LicenseExtensions = ["", ".md", ".txt"];

    private readonly WorkspaceFolder package;
    private readonly Workspace workspace;
    private readonly PackageManifest manifest;
    private readonly IFileTree tree;
    private readonly List<PublishDiagnostic> problems = [];
    private readonly SortedDictionary<string, string> files = new(StringComparer.Ordinal);

    private PublishedPaths(WorkspaceFolder package, Workspace workspace, PackageManifest manifest, IFileTree tree)
    {
        this.package = package;
        this.workspace = workspace;
        this.manifest = manifest;
        this.tree = tree;
    }

    /// <summary>Absolute path in the package (<c>/mod.ts</c>) and path in the tree, in ordinal order. The license may come from elsewhere.</summary>
    public IReadOnlyDictionary<string, string> Files => files;

    public IReadOnlyList<PublishDiagnostic> Problems => problems;

    public static PublishedPaths Collect(WorkspaceFolder package, Workspace workspace, PackageManifest manifest, IFileTree tree, CancellationToken cancellationToken)
    {
        var paths = new PublishedPaths(package, workspace, manifest, tree);
        paths.CollectFiles(cancellationToken);
        paths.CheckPaths();
        paths.FindLicense();
        return paths;
    }

    private void CollectFiles(CancellationToken cancellationToken)
    {
        // The folders of other packages are theirs.
        var others = workspace.Folders.Where(f => f.Folder != package.Folder && TreePath.IsWithin(f.Folder, package.Folder)).Select(f => f.Folder).ToHashSet(StringComparer.Ordinal);
        var collected = new FileCollector(tree, manifest.Patterns, others.Contains).Collect(cancellationToken);
        foreach (var path in collected.Paths)
        {
            files[TreePath.InPackage(path, package.Folder)] = path;
        }

        foreach (var entry in collected.Unsupported)
        {
            problems.Add(new PublishDiagnostic(
                PublishDiagnosticCodes.UnsupportedFileType,
                DiagnosticSeverity.Warning,
                entry.Kind == FileKind.Link ? "Symbolic links are not published." : "Only regular files are published.",
                entry.Name)
            { Hint = "Put a file in its place, or exclude it." });
        }

        // Without its configuration nobody could read the package.
        files[TreePath.InPackage(package.Config!.Path, package.Folder)] = package.Config.Path;
    }

    private void CheckPaths()
    {
        var folded = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (path, source) in files)
        {
            if (!PackagePath.TryParse(path, out _, out var reason))
            {
                problems.Add(new PublishDiagnostic(PublishDiagnosticCodes.InvalidPath, DiagnosticSeverity.Error, reason, source) { Hint = "Rename the file, or exclude it from publishing." });
            }

            if (!folded.TryAdd(path, path))
            {
                problems.Add(new PublishDiagnostic(
                    PublishDiagnosticCodes.CaseInsensitiveDuplicatePath, DiagnosticSeverity.Error, $"'{path}' and '{folded[path]}' differ only in upper and lower case.", source)
                { Hint = "Rename one of them: not every file system can hold both." });
            }

            if (IsSecret(TreePath.NameOf(path)))
            {
                problems.Add(new PublishDiagnostic(PublishDiagnosticCodes.PublishedSecret, DiagnosticSeverity.Warning, $"'{path}' would be published, and its name says that it holds secrets.", source)
                { Hint = "Add it to \"exclude\" of the configuration file, or to .gitignore." });
            }
        }
    }

    private static bool IsSecret(string name) =>
        name is ".npmrc" or ".netrc" or ".env" or "id_rsa" or "id_ed25519" or "id_ecdsa"
        || (name.StartsWith(".env.", StringComparison.Ordinal) && !name.EndsWith(".example", StringComparison.Ordinal) && !name.EndsWith(".sample", StringComparison.Ordinal) && !name.EndsWith(".template", StringComparison.Ordinal));

    /// <summary>A license in the configuration or among the files; else one beside them or in the workspace's root is added.</summary>
    private void FindLicense()
    {
        if (package.Config!.Text("license") is not null || files.Keys.Any(p => IsLicense(TreePath.NameOf(p))))
        {
            return;
        }

        foreach (var folder in (ReadOnlySpan<string>)[package.Folder, workspace.Root.Folder])
        {
            foreach (var entry in tree.List(folder).OrderBy(e => e.Name, StringComparer.Ordinal))
            {
                if (entry.Kind == FileKind.File && IsLicense(entry.Name))
                {
                    files["/LICENSE"] = TreePath.Join(folder, entry.Name);
                    return;
                }
            }
        }

        problems.Add(new PublishDiagnostic(PublishDiagnosticCodes.MissingLicense, DiagnosticSeverity.Error, "The package has no license.", package.Config.Path)
        { Hint = "Add a \"license\" to the configuration file, for example \"license\": \"MIT\", or a file named LICENSE, and make sure that it is published." });
    }

    private static bool IsLicense(string name) =>
        Array.Exists(LicenseNames, n => Array.Exists(LicenseExtensions, e => name.Equals(n + e, StringComparison.OrdinalIgnoreCase)));
}
