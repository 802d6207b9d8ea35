namespace Kiln.Packages.Publishing;

/// <summary>How a package on the author's disk is analysed.</summary>
public sealed record CheckOptions
{
    /// <summary>Types that cannot be told from syntax are no problem.</summary>
    public bool AllowSlowTypes { get; init; }

    /// <summary>How many files are read and parsed at once.</summary>
    public int MaxParallelism { get; init; } = 1;
}
