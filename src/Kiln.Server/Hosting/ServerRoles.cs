namespace Kiln.Server.Hosting;

/// <summary>What a process does of a registry's work. Several processes share one database and one store; each does the same or something else.</summary>
[Flags]
internal enum ServerRoles
{
    None = 0,

    /// <summary>Modules and npm, from the object store alone.</summary>
    Gateway = 1,

    /// <summary>The management API and uploads.</summary>
    Api = 2,

    /// <summary>The site.</summary>
    Web = 4,

    /// <summary>Publishes and jobs.</summary>
    Worker = 8,

    All = Gateway | Api | Web | Worker,
}
