namespace Kiln.Documentation.Markdown;

/// <summary>The bounds of security.md P8 and P9.</summary>
public static class MarkdownLimits
{
    /// <summary>Characters of a README, and of any file that is shown as one.</summary>
    public const int Readme = 512 * 1024;

    /// <summary>Characters of a documentation comment.</summary>
    public const int Comment = 64 * 1024;
}
