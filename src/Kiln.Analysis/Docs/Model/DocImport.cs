namespace Kiln.Analysis.Docs.Model;

/// <summary>One imported name.</summary>
public sealed class DocImport
{
    /// <summary>The name in this module.</summary>
    public required string LocalName { get; init; }

    /// <summary>The name in the other module, <c>default</c> too; null for <c>* as ns</c>.</summary>
    public string? ExportedName { get; init; }

    /// <summary>The resolved specifier; <c>node:</c>, <c>npm:</c> and <c>jsr:</c> stay as they are.</summary>
    public required string Source { get; init; }

    public DocComment? Comment { get; init; }
}
