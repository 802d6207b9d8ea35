using Kiln.Registry.Storage;

namespace Kiln.Registry.Integrity;

/// <summary>What the store has of one version.</summary>
internal sealed class StoredVersion
{
    public bool HasMeta { get; set; }

    public bool HasTarball { get; set; }

    /// <summary>Paths with a leading slash.</summary>
    public HashSet<string> Files { get; } = new(StringComparer.Ordinal);

    public List<ObjectKey> Docs { get; } = [];

    public bool IsPublic => HasMeta || HasTarball || Files.Count > 0;
}
