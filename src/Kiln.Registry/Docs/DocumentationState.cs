namespace Kiln.Registry.Docs;

public enum DocumentationState
{
    /// <summary>A job waits or works.</summary>
    Pending,

    Ready,

    /// <summary>The job has given up.</summary>
    Failed,
}
