using Kiln.Analysis.Graph;
using Kiln.Packages.Publishing;

namespace Kiln.Packages.Documentation;

/// <summary>Modules whose documentation belongs together: the entry points of one package, or files by themselves.</summary>
public sealed class DocumentedSources
{
    internal DocumentedSources(string? name, string? version, string folder, IReadOnlyList<KeyValuePair<string, string>> exports, ModuleGraph graph, IReadOnlyList<PublishDiagnostic> diagnostics)
    {
        Name = name;
        Version = version;
        Folder = folder;
        Exports = exports;
        Graph = graph;
        Diagnostics = diagnostics;
    }

    /// <summary>The package's name as its configuration has it; null for files by themselves.</summary>
    public string? Name { get; }

    /// <summary>As the configuration has it; null when it leaves it out, and for files.</summary>
    public string? Version { get; }

    /// <summary>Absolute: the package's folder, or the one that all files lie in or below.</summary>
    public string Folder { get; }

    /// <summary>Export key and absolute path, in the order of the configuration or of the arguments. For files the key is the path.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Exports { get; }

    /// <summary>Absolute paths of the modules to document, each once.</summary>
    public IReadOnlyList<string> Roots => [.. Exports.Select(e => e.Value).Distinct(StringComparer.Ordinal)];

    /// <summary>All that the exports reach on this disk.</summary>
    public ModuleGraph Graph { get; }

    /// <summary>Errors: a root that cannot be documented. Warnings: what leaves a hole in it, such as a module that does not exist.</summary>
    public IReadOnlyList<PublishDiagnostic> Diagnostics { get; }

    public bool HasErrors => Diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error);
}
