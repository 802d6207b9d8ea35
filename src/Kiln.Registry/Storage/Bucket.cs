namespace Kiln.Registry.Storage;

/// <summary>The top folders of the object store (DESIGN §5). <see cref="Docs"/>, <see cref="Staging"/> and <see cref="Backups"/> are private to the server.</summary>
public enum Bucket
{
    Modules,
    Npm,
    Docs,
    Staging,

    /// <summary>Dumps of databases and lists of objects: only where backups are kept.</summary>
    Backups,
}
