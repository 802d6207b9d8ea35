using Kiln.Analysis.Graph;

namespace Kiln.Analysis.Docs;

/// <summary>What is to be documented.</summary>
public sealed class DocRequest
{
    /// <summary>All modules that the roots reach.</summary>
    public required ModuleGraph Graph { get; init; }

    /// <summary>Absolute paths of the modules that are documented, in the order of the answer. A path that the graph does not have is left out.</summary>
    public required IReadOnlyList<string> Roots { get; init; }

    /// <summary>All that the roots declare, exported or not.</summary>
    public bool IncludesPrivate { get; init; }

    /// <summary>How a module is named in locations: from its absolute path.</summary>
    public Func<string, string> Specifier { get; init; } = static path => "file://" + path;

    /// <summary>How many modules are read at once. The result does not depend on it.</summary>
    public int MaxParallelism { get; init; } = 1;
}
