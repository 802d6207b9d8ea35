using Kiln.Packages.Files;
using Kiln.Packages.Workspaces;

namespace Kiln.Cli;

/// <summary>A folder that is named in an argument and holds a package, or a workspace of packages.</summary>
/// <param name="Argument">As it was named.</param>
/// <param name="Folder">Absolute, without a trailing slash.</param>
internal sealed record PackageFolder(string Argument, string Folder, Workspace Workspace)
{
    public ShownPath Paths { get; } = new(Argument, Folder);

    /// <summary>Null when the argument is no folder, or one without anything to publish.</summary>
    /// <param name="note">Why a folder with a configuration file is no package.</param>
    public static PackageFolder? Find(string argument, IFileTree tree, out string? note)
    {
        note = null;
        if (!Directory.Exists(argument))
        {
            return null;
        }

        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(argument));
        var workspace = WorkspaceDiscovery.Find(tree, full);
        if (workspace is null)
        {
            return null;
        }

        // A package.json that cannot be read is nobody's business where nothing is published.
        if (workspace.Packages.Count > 0 || workspace.Problems.Any(p => WorkspaceDiscovery.FileNames.Contains(TreePath.NameOf(p.Path))))
        {
            return new PackageFolder(argument, full, workspace);
        }

        note = workspace.Start switch
        {
            { IsNamed: true } => $"'{argument}' is not to be published: its configuration says \"publish\": false",
            { Config: { } config, Name: not null } => $"{TreePath.NameOf(config.Path)} in '{argument}' has a name but no \"exports\"",
            { Config: { } config } when config.Root.Find("exports") is not null => $"{TreePath.NameOf(config.Path)} in '{argument}' has \"exports\" but no name",
            _ => null,
        };
        return null;
    }

    /// <summary>The file system's answer behind an exception, also of work on several threads; null for a defect of ours.</summary>
    public static Exception? Unreadable(Exception e) => e switch
    {
        IOException or UnauthorizedAccessException => e,
        AggregateException { InnerExceptions: [var first, ..] } => Unreadable(first),
        _ => null,
    };
}
