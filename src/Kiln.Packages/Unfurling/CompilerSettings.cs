using System.Text.Json;
using Kiln.Packages.Configuration;
using Kiln.Packages.Files;
using Kiln.Packages.Workspaces;

namespace Kiln.Packages.Unfurling;

/// <summary>The <c>compilerOptions</c> that decide what specifiers mean and how JSX is read.</summary>
internal sealed class CompilerSettings
{
    public string? Jsx { get; private init; }
    public string? JsxImportSource { get; private init; }
    public string? JsxImportSourceTypes { get; private init; }
    public string? JsxFactory { get; private init; }
    public string? JsxFragmentFactory { get; private init; }

    /// <summary><c>moduleResolution</c> is <c>bundler</c>: extensions may be left out.</summary>
    public bool IsBundler { get; private init; }

    /// <summary>Pattern and absolute targets, in the order of the file.</summary>
    public IReadOnlyList<(string Pattern, string[] Targets)> Paths { get; private init; } = [];

    /// <summary>Absolute.</summary>
    public IReadOnlyList<string> RootDirs { get; private init; } = [];

    /// <summary>The member's options over those of the workspace's root.</summary>
    public static CompilerSettings Read(WorkspaceFolder folder, WorkspaceFolder root)
    {
        var own = Options(folder);
        var shared = ReferenceEquals(folder, root) ? null : Options(root);
        return new CompilerSettings
        {
            Jsx = Text("jsx"),
            JsxImportSource = Text("jsxImportSource"),
            JsxImportSourceTypes = Text("jsxImportSourceTypes"),
            JsxFactory = Text("jsxFactory"),
            JsxFragmentFactory = Text("jsxFragmentFactory"),
            IsBundler = string.Equals(Text("moduleResolution"), "bundler", StringComparison.OrdinalIgnoreCase),
            Paths = ReadPaths(own?.Find("paths"), folder.Config) ?? ReadPaths(shared?.Find("paths"), root.Config) ?? [],
            RootDirs = ReadRootDirs(own?.Find("rootDirs"), folder.Config) ?? ReadRootDirs(shared?.Find("rootDirs"), root.Config) ?? [],
        };

        string? Text(string name) => (own?.Find(name) ?? shared?.Find(name))?.Text;
    }

    private static JsoncValue? Options(WorkspaceFolder folder) => folder.Config?.Root.Find("compilerOptions");

    private static List<(string, string[])>? ReadPaths(JsoncValue? value, ConfigurationFile? file) =>
        value is { Kind: JsonValueKind.Object }
            ? [.. value.Members.Select(m => (m.Name, m.Value.Items.Where(i => i.Text is not null).Select(i => TreePath.Resolve(file!.Folder, i.Text!)).ToArray()))]
            : null;

    private static List<string>? ReadRootDirs(JsoncValue? value, ConfigurationFile? file) =>
        value is { Kind: JsonValueKind.Array } ? [.. value.Items.Where(i => i.Text is not null).Select(i => TreePath.Resolve(file!.Folder, i.Text!))] : null;
}
