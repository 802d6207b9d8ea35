using Kiln.Analysis.Graph;
using Kiln.Packages.Configuration;
using Kiln.Packages.Files;
using Kiln.Packages.Names;
using Kiln.Packages.Versions;
using Kiln.Packages.Workspaces;

namespace Kiln.Packages.Publishing;

/// <summary>One package of the author's disk after its analysis.</summary>
public sealed class CheckedPackage
{
    private readonly IFileTree tree;

    internal CheckedPackage(WorkspaceFolder folder, ModuleGraph? graph, IReadOnlyDictionary<string, string> files, IReadOnlyDictionary<string, byte[]> sources, IReadOnlyList<PublishDiagnostic> diagnostics, IFileTree tree)
    {
        Folder = folder;
        Graph = graph;
        Files = files;
        Sources = sources;
        Diagnostics = diagnostics;
        this.tree = tree;
    }

    public WorkspaceFolder Folder { get; }

    /// <summary>As the configuration says it; null when it is not valid.</summary>
    public PackageReference? Name { get; internal init; }

    /// <summary>Null when it is missing or not valid.</summary>
    public PackageVersion? Version { get; internal init; }

    /// <summary>Null when they are not valid.</summary>
    public ExportMap? Exports { get; internal init; }

    /// <summary>The modules that the exports reach, by their paths in the tree; null when the exports cannot be read.</summary>
    public ModuleGraph? Graph { get; }

    /// <summary>What is published: path in the package and path in the tree, in ordinal order.</summary>
    public IReadOnlyDictionary<string, string> Files { get; }

    /// <summary>The published sources after unfurling, by path in the package; without a byte order mark.</summary>
    internal IReadOnlyDictionary<string, byte[]> Sources { get; }

    /// <summary>In the order of files and places.</summary>
    public IReadOnlyList<PublishDiagnostic> Diagnostics { get; }

    public bool HasErrors => Diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error);

    /// <summary>Nothing stands against a publish but types that cannot be told from syntax, which the author may allow.</summary>
    public bool IsPublishable => Graph is not null && Diagnostics.All(d => d.Severity != DiagnosticSeverity.Error || d.IsSlowType);

    /// <summary>The files as they are published, in ordinal order: sources with their specifiers unfurled, everything else byte for byte.</summary>
    /// <exception cref="IOException">A file has disappeared since the analysis.</exception>
    public IReadOnlyList<PackageFile> ReadFiles(CancellationToken cancellationToken)
    {
        var files = new List<PackageFile>(Files.Count);
        foreach (var (path, source) in Files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            files.Add(PackageFile.Create(PackagePath.Parse(path), ContentOf(path, source)));
        }

        return files;
    }

    /// <summary>The bytes that are published under a path of <see cref="Files"/>.</summary>
    public byte[] ContentOf(string path) => ContentOf(path, Files[path]);

    private byte[] ContentOf(string path, string source)
    {
        if (Sources.TryGetValue(path, out var text))
        {
            return text;
        }

        return tree.TryRead(source, out var bytes) ? bytes.ToArray() : throw new IOException($"The file {source} cannot be read any more.");
    }
}
