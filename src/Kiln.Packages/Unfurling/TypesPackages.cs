using System.Text.Json;
using Kiln.Packages.Configuration;
using Kiln.Packages.Files;
using Kiln.Packages.Versions;
using Kiln.Packages.Workspaces;

namespace Kiln.Packages.Unfurling;

/// <summary>
/// Finds the <c>@types/…</c> package that the author depends on for an npm package without types of its own (publishing.md §2.4). Whether it has some is
/// looked up in <c>node_modules</c> where there is one; else an author who depends on <c>@types/x</c> is taken at his word.
/// </summary>
/// <remarks>Not done: types packages that nobody mentions and that only an installation would bring to light.</remarks>
internal sealed class TypesPackages
{
    private const string Scope = "@types/";

    private readonly ImportResolver resolver;
    private readonly IFileTree tree;
    private readonly Workspace workspace;

    public TypesPackages(Workspace workspace, ImportResolver resolver, IFileTree tree)
    {
        this.workspace = workspace;
        this.resolver = resolver;
        this.tree = tree;
        IsEmpty = !workspace.Folders.Any(f => Mentions(f.Config, "imports") || Mentions(f.PackageJson, "dependencies") || Mentions(f.PackageJson, "devDependencies"));
    }

    /// <summary>Nobody depends on any.</summary>
    public bool IsEmpty { get; }

    /// <summary>The specifier of the types; null when there are none to name, as for what lies below a package.</summary>
    /// <param name="referrer">The file that imports.</param>
    /// <param name="specifier">What it imports, unfurled.</param>
    public string? Find(string referrer, string specifier)
    {
        if (!PackageRequirement.TryParse(specifier, out var requirement) || requirement.Kind != RequirementKind.Npm || requirement.SubPath.Length > 0 || requirement.Name.StartsWith(Scope, StringComparison.Ordinal))
        {
            return null;
        }

        // DefinitelyTyped's spelling of scopes.
        var name = Scope + (requirement.Name.StartsWith('@') ? requirement.Name[1..].Replace("/", "__", StringComparison.Ordinal) : requirement.Name);
        return PackageRequirement.TryParse(resolver.Resolve(referrer, name, Kiln.Analysis.SpecifierUse.Types).Text, out var types) && types.Name == name && !HasOwnTypes(referrer, requirement.Name)
            ? types.ToString()
            : null;
    }

    private bool HasOwnTypes(string referrer, string package)
    {
        foreach (var folder in (ReadOnlySpan<string>)[workspace.FolderOf(referrer).Folder, workspace.Root.Folder])
        {
            var installed = TreePath.Join(folder, "node_modules/" + package);
            if (ConfigurationFile.TryLoad(tree, installed + "/package.json", out var file, out _) && file is not null)
            {
                return file.Text("types") is not null || file.Text("typings") is not null || HasTypesCondition(file.Root.Find("exports"), 0)
                    || tree.KindOf(installed + "/index.d.ts") == FileKind.File;
            }
        }

        return false;
    }

    private static bool HasTypesCondition(JsoncValue? value, int depth) =>
        value is { Kind: JsonValueKind.Object } && depth <= JsoncReader.MaxDepth && value.Members.Any(m => m.Name == "types" || HasTypesCondition(m.Value, depth + 1));

    private static bool Mentions(ConfigurationFile? file, string member) =>
        file?.Root.Find(member)?.Members.Any(m => m.Name.StartsWith(Scope, StringComparison.Ordinal)) == true;
}
