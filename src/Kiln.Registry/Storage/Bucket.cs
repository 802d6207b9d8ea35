namespace Kiln.Registry.Storage;

/// <summary>The top folders of the object store (DESIGN §5). <see cref="Docs"/> and <see cref="Staging"/> are private to the server.</summary>
public enum Bucket
{
    Modules,
    Npm,
    Docs,
    Staging,
}
