namespace Kiln.Registry.Catalog;

/// <summary>A file of a version.</summary>
public sealed class PublishedFile
{
    /// <summary>Absolute in the package.</summary>
    public string Path { get; set; } = "";

    /// <summary>Bytes.</summary>
    public long Size { get; set; }
}
