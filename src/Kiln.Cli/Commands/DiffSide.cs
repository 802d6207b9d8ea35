using Kiln.Analysis.Docs;
using Kiln.Analysis.Docs.Difference;
using Kiln.Analysis.Docs.Json;
using Kiln.Analysis.Docs.Model;
using Kiln.Packages;
using Kiln.Packages.Configuration;
using Kiln.Packages.Documentation;
using Kiln.Packages.Files;
using Kiln.Packages.Tar;
using Kiln.Packages.Workspaces;

namespace Kiln.Cli.Commands;

/// <summary>One of the two versions that <c>kiln diff</c> compares.</summary>
internal sealed class DiffSide
{
    private const string FileScheme = "file://";

    private DiffSide(string argument, DocSet docs, string folder, IReadOnlyList<KeyValuePair<string, string>>? exports)
    {
        Argument = argument;
        Docs = docs;
        Folder = folder;
        Exports = exports;
    }

    /// <summary>As it was named.</summary>
    public string Argument { get; }

    public DocSet Docs { get; }

    /// <summary>What its paths are shown below.</summary>
    public string Folder { get; }

    /// <summary>Keys and absolute paths of a package; null for files and documents.</summary>
    public IReadOnlyList<KeyValuePair<string, string>>? Exports { get; }

    public string? Name { get; private init; }

    public string? Version { get; private init; }

    /// <summary>A specifier as a path below the folder.</summary>
    public string PathOf(string specifier)
    {
        var path = specifier.StartsWith(FileScheme, StringComparison.Ordinal) ? specifier[FileScheme.Length..] : specifier;
        return TreePath.IsWithin(path, Folder) && path.Length > Folder.Length ? TreePath.Below(path, Folder) : path;
    }

    /// <summary>The modules under the names that both sides share: keys of exports where both have them; a single one matches whatever it is called.</summary>
    public IReadOnlyList<ApiModule> ModulesFor(DiffSide other)
    {
        if (Docs.Modules.Length == 1 && other.Docs.Modules.Length == 1 && (Exports is null || other.Exports is null))
        {
            return [new ApiModule(".", Docs.Modules[0])];
        }

        if (Exports is not null && other.Exports is not null)
        {
            var modules = Docs.Modules.ToDictionary(m => m.Specifier, StringComparer.Ordinal);
            return [.. Exports.Where(e => modules.ContainsKey(FileScheme + e.Value)).Select(e => new ApiModule(e.Key, modules[FileScheme + e.Value]))];
        }

        return [.. Docs.Modules.Select(m => new ApiModule("./" + PathOf(m.Specifier), m))];
    }

    /// <summary>Null when it cannot be read.</summary>
    /// <param name="problem">Why not.</param>
    public static DiffSide? Read(string argument, Style errors, out string? problem, CancellationToken cancellationToken)
    {
        problem = null;
        var tree = new DiskTree();
        if (Directory.Exists(argument))
        {
            var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(argument));
            return ReadFolder(argument, full, tree, errors, out problem, cancellationToken);
        }

        if (!File.Exists(argument))
        {
            problem = $"there is no file or folder '{argument}'";
            return null;
        }

        if (argument.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            return ReadDocument(argument, out problem);
        }

        if (argument.EndsWith(".tgz", StringComparison.OrdinalIgnoreCase) || argument.EndsWith(".tar.gz", StringComparison.OrdinalIgnoreCase))
        {
            return ReadArchive(argument, errors, out problem, cancellationToken);
        }

        var path = Path.GetFullPath(argument);
        return Build(argument, DocumentationReader.ReadFiles([path], tree, Environment.ProcessorCount, cancellationToken), null, tree, errors, out problem, cancellationToken);
    }

    private static DiffSide? ReadFolder(string argument, string folder, IFileTree tree, Style errors, out string? problem, CancellationToken cancellationToken)
    {
        if (WorkspaceDiscovery.Find(tree, folder) is { Packages.Count: > 0 } workspace)
        {
            if (workspace.Packages.Count > 1)
            {
                problem = $"'{argument}' is a workspace of several packages; name the folder of one";
                return null;
            }

            var sources = DocumentationReader.ReadPackages(workspace, tree, Environment.ProcessorCount, cancellationToken)[0];
            return Build(argument, sources, sources.Exports, tree, errors, out problem, cancellationToken);
        }

        if (ConfigurationFile.TryLoad(tree, TreePath.Join(folder, "package.json"), out var manifest, out _) && manifest is not null && NpmEntryPoints.Read(manifest, tree) is { Count: > 0 } exports)
        {
            var sources = DocumentationReader.ReadFiles([.. exports.Select(e => e.Value)], tree, Environment.ProcessorCount, cancellationToken);
            return Build(argument, sources, exports, tree, errors, out problem, cancellationToken, manifest);
        }

        problem = $"'{argument}' is no package: it has no deno.json or jsr.json with a name and exports, and no package.json with types";
        return null;
    }

    private static DiffSide? ReadArchive(string argument, Style errors, out string? problem, CancellationToken cancellationToken)
    {
        using var stream = File.OpenRead(argument);
        var archive = PackageTarReader.ReadAsync(stream, TarLimits.Default, cancellationToken).GetAwaiter().GetResult();
        if (!archive.IsSuccess)
        {
            problem = $"'{argument}' cannot be read: {archive.Error.Message}";
            return null;
        }

        return ReadFolder(argument, "/", new ArchiveTree(archive.Files), errors, out problem, cancellationToken);
    }

    private static DiffSide? ReadDocument(string argument, out string? problem)
    {
        try
        {
            var docs = DocJson.Read(File.ReadAllBytes(argument));
            problem = null;
            return new DiffSide(argument, docs, CommonFolder(docs), null);
        }
        catch (FormatException e)
        {
            problem = $"'{argument}' is no documentation as 'kiln doc --json' writes it: {e.Message}";
            return null;
        }
    }

    private static DiffSide? Build(
        string argument, DocumentedSources sources, IReadOnlyList<KeyValuePair<string, string>>? exports, IFileTree tree, Style errors, out string? problem, CancellationToken cancellationToken, ConfigurationFile? manifest = null)
    {
        problem = null;
        if (sources.HasErrors)
        {
            Console.Error.Write(PackageReport.Human(sources.Diagnostics, tree, new ShownPath(argument, sources.Folder), errors));
            problem = $"'{argument}' cannot be documented";
            return null;
        }

        var docs = DocBuilder.Build(
            new DocRequest { Graph = sources.Graph, Roots = sources.Roots, MaxParallelism = Environment.ProcessorCount },
            cancellationToken);
        return new DiffSide(argument, docs, sources.Folder, exports) { Name = sources.Name ?? manifest?.Text("name"), Version = sources.Version ?? manifest?.Text("version") };
    }

    private static string CommonFolder(DocSet docs)
    {
        string? common = null;
        foreach (var module in docs.Modules)
        {
            if (module.Specifier.StartsWith(FileScheme, StringComparison.Ordinal))
            {
                var path = module.Specifier[FileScheme.Length..];
                common ??= TreePath.ParentOf(path) ?? "/";
                while (!TreePath.IsWithin(path, common))
                {
                    common = TreePath.ParentOf(common) ?? "/";
                }
            }
        }

        return common ?? "/";
    }
}
