using Kiln.Analysis.Docs;
using Kiln.Packages.Files;
using Kiln.Packages.Publishing;

namespace Kiln.Packages.Scoring;

/// <summary>The inputs of the score that a package on the author's disk would have if it were published as it is.</summary>
public static class FolderScore
{
    /// <summary>Null when the exports cannot be read. The package must have been checked for slow types.</summary>
    /// <param name="package">After its analysis.</param>
    /// <param name="tree">The tree that it was read from.</param>
    /// <param name="maxParallelism">How many modules are documented at once.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public static ScoreInputs? Read(CheckedPackage package, IFileTree tree, int maxParallelism, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(package);
        ArgumentNullException.ThrowIfNull(tree);
        if (package is not { Graph: { } graph, Exports: { } exports })
        {
            return null;
        }

        var folder = package.Folder.Folder;
        var entries = exports.Entries.Select(e => KeyValuePair.Create(e.Key, TreePath.Resolve(folder, e.Target))).ToList();
        var docs = DocBuilder.Build(
            new DocRequest { Graph = graph, Roots = [.. entries.Select(e => e.Value).Distinct(StringComparer.Ordinal)], Specifier = path => path, MaxParallelism = maxParallelism },
            cancellationToken);
        var readme = Readme.Find(package.Files.Keys);
        var slow = package.Diagnostics.Where(d => d.IsSlowType).ToList();
        return ScoreReader.Read(new ScoreRequest
        {
            Documentation = docs,
            EntryPoints = [.. entries.Select(e => new ScoreEntryPoint(e.Key, e.Value))],
            PathOf = path => path,
            ReadmePath = readme is null ? null : package.Files[readme],
            Readme = readme is not null && tree.TryRead(package.Files[readme], out var bytes) ? bytes : default,
            SlowTypes = slow.Count,
            FirstSlowTypes = slow.Select(d => new ScorePlace(d.Message, d.Path, d.Start.Line, d.Start.Column)),
        });
    }
}
