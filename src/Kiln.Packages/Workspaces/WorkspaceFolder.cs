using Kiln.Packages.Configuration;

namespace Kiln.Packages.Workspaces;

/// <summary>One folder with configuration: a package by itself, or the root or a member of a workspace.</summary>
/// <param name="Folder">Absolute.</param>
/// <param name="Config">The <c>deno.json(c)</c> or <c>jsr.json(c)</c>; null when there is none.</param>
/// <param name="PackageJson">Null when there is none.</param>
public sealed record WorkspaceFolder(string Folder, ConfigurationFile? Config, ConfigurationFile? PackageJson)
{
    /// <summary>As written, and perhaps no valid name.</summary>
    public string? Name => Config?.Text("name");

    /// <summary>As written; null when the file leaves it out.</summary>
    public string? Version => Config?.Text("version");

    /// <summary>It has a name and exports, and does not refuse to be published (publishing.md §1.3).</summary>
    public bool IsPackage => IsNamed && Config!.Root.Find("publish") is not { Kind: System.Text.Json.JsonValueKind.False };

    /// <summary>It has a name and exports: others may import it.</summary>
    public bool IsNamed => Name is not null && Config!.Root.Find("exports") is not null;
}
