namespace Kiln.Registry.Backup;

public sealed record RestoreOptions
{
    /// <summary>The name of the backup; null: the newest.</summary>
    public string? Backup { get; init; }

    /// <summary>Only rows, into an empty database; the store has its objects already, perhaps more than the backup knows.</summary>
    public bool DatabaseOnly { get; init; }

    /// <summary>The login of the user who shall own scopes that have to be made for versions that only the store knows; null: the first member of staff.</summary>
    public string? Owner { get; init; }

    /// <summary>Only objects that the registry's store lacks, or has with other bytes than its database says.</summary>
    public bool ObjectsOnly { get; init; }
}
