namespace Kiln.Registry.Integrity;

public sealed record FsckOptions
{
    /// <summary>Repair what can be repaired without deleting or changing immutable public bytes.</summary>
    public bool Repair { get; init; }

    /// <summary>Enter versions that only the store knows into the database.</summary>
    public bool Adopt { get; init; }

    /// <summary>The login of the user who shall own scopes that have to be made; null: the first member of staff, or a new user.</summary>
    public string? Owner { get; init; }

    /// <summary>Compare sizes, not content.</summary>
    public bool Quick { get; init; }

    /// <summary>Only this package: scope and name. Null: everything.</summary>
    public (string Scope, string Name)? Package { get; init; }

    /// <summary>The wait before the second look: what a running server was just doing is done then.</summary>
    public TimeSpan SecondLook { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a publish may wait for a worker.</summary>
    public TimeSpan TaskBound { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Uploads younger than this are left alone: their server may be about to make a task of them.</summary>
    public TimeSpan UploadBound { get; init; } = TimeSpan.FromHours(1);
}
