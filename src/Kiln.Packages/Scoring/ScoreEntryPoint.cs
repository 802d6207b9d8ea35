namespace Kiln.Packages.Scoring;

/// <summary>One entry of <c>exports</c>.</summary>
/// <param name="Key"><c>.</c> or <c>./name</c>.</param>
/// <param name="Specifier">Of its module in the documentation.</param>
public readonly record struct ScoreEntryPoint(string Key, string Specifier)
{
    /// <summary>The entry point that stands for the package.</summary>
    public const string MainKey = ".";

    public bool IsMain => Key == MainKey;
}
