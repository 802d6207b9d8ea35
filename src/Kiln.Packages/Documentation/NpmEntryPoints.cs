using System.Text.Json;
using Kiln.Analysis;
using Kiln.Packages.Configuration;
using Kiln.Packages.Files;

namespace Kiln.Packages.Documentation;

/// <summary>The entry points that a <c>package.json</c> offers to TypeScript: for each key the file that has its types.</summary>
public static class NpmEntryPoints
{
    /// <summary>Conditions that lead to types, in the order in which they are looked for.</summary>
    private static readonly string[] Conditions = ["types", "import", "module", "default", "require", "node"];

    /// <summary>Conditions in conditions; nobody nests more.</summary>
    private const int MaxDepth = 8;

    /// <summary>Key and absolute path of those that exist in the tree. Patterns (<c>./*</c>) are left out.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Read(ConfigurationFile manifest, IFileTree tree)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(tree);
        var found = new List<KeyValuePair<string, string>>();
        if (manifest.Root.Find("exports") is { } exports)
        {
            if (exports.Kind == JsonValueKind.Object && exports.Members.Any(m => m.Name.StartsWith('.')))
            {
                foreach (var (key, _, value) in exports.Members)
                {
                    Add(key, Target(value, 0));
                }
            }
            else
            {
                Add(".", Target(exports, 0));
            }
        }
        else
        {
            Add(".", manifest.Text("types") ?? manifest.Text("typings") ?? manifest.Text("module") ?? manifest.Text("main") ?? "index.js");
        }

        return found;

        void Add(string key, string? target)
        {
            if (target is not null && !key.Contains('*', StringComparison.Ordinal) && FindTypes(TreePath.Resolve(manifest.Folder, target), tree) is { } path)
            {
                found.Add(KeyValuePair.Create(key, path));
            }
        }
    }

    private static string? Target(JsoncValue value, int depth)
    {
        if (value.Kind == JsonValueKind.String)
        {
            return value.Text;
        }

        if (value.Kind != JsonValueKind.Object || depth == MaxDepth)
        {
            return null;
        }

        foreach (var condition in Conditions)
        {
            if (value.Find(condition) is { } inner && Target(inner, depth + 1) is { } target)
            {
                return target;
            }
        }

        return null;
    }

    /// <summary>The file itself when it is TypeScript; of JavaScript the declarations beside it.</summary>
    private static string? FindTypes(string path, IFileTree tree)
    {
        foreach (var (ending, types) in ((string, string)[])[(".js", ".d.ts"), (".mjs", ".d.mts"), (".cjs", ".d.cts")])
        {
            if (path.EndsWith(ending, StringComparison.Ordinal))
            {
                var declarations = path[..^ending.Length] + types;
                if (tree.KindOf(declarations) == FileKind.File)
                {
                    return declarations;
                }
            }
        }

        return tree.KindOf(path) == FileKind.File && MediaTypes.GetLanguage(MediaTypes.FromPath(path)) is not null ? path : null;
    }
}
