namespace Kiln.Server.Web;

/// <summary>What a page tells machines about itself.</summary>
public sealed record PageHead
{
    public static readonly PageHead Empty = new();

    /// <summary>Plain text; empty for none.</summary>
    public string Description { get; init; } = "";

    /// <summary>Path of the page that this one repeats; null for none.</summary>
    public string? Canonical { get; init; }

    public bool IsNoIndex { get; init; }

    /// <summary>Seconds until the page loads itself again; 0 for never.</summary>
    public int Refresh { get; init; }
}
