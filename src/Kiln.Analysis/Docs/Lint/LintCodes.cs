namespace Kiln.Analysis.Docs.Lint;

/// <summary>The codes of problems with documentation, those of the reference and one of Kiln's own. docs/checks.md explains each.</summary>
public static class LintCodes
{
    public const string MissingJsDoc = "missing-jsdoc";
    public const string MissingExplicitType = "missing-explicit-type";
    public const string MissingReturnType = "missing-return-type";
    public const string PrivateTypeReference = "private-type-ref";

    /// <summary>A <c>{@link}</c> that leads nowhere.</summary>
    public const string BrokenLink = "broken-link";
}
