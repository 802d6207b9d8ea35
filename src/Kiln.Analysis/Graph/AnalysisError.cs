using Kiln.TypeScript.Text;

namespace Kiln.Analysis.Graph;

/// <summary>Why a package cannot be published, found in its modules.</summary>
/// <param name="Code">One of <see cref="AnalysisErrorCodes"/>; part of the wire protocol.</param>
/// <param name="Message">Says what is wrong and what to do. Ends with <c> at /path:line:column</c>, for syntax errors followed by the source line and a mark.</param>
/// <param name="Path">The file, <c>/mod.ts</c>; null when it is about none.</param>
/// <param name="Line">One-based; 0 without a place.</param>
/// <param name="Column">One-based, in UTF-16 units; 0 without a place.</param>
public sealed record AnalysisError(string Code, string Message, string? Path, int Line, int Column)
{
    /// <summary>What is wrong, without the place.</summary>
    public string Problem { get; init; } = Message;

    /// <summary>UTF-16 offsets in the file; empty at 0 without a place.</summary>
    public TextSpan Span { get; init; }

    /// <summary>Tells apart what the wire has one code for.</summary>
    public GraphErrorKind Kind { get; init; }

    /// <summary>TypeScript's number, or Kiln's own, of a <see cref="GraphErrorKind.Syntax"/>; else 0.</summary>
    public int SyntaxCode { get; init; }
}

/// <summary>The kinds of <see cref="AnalysisErrorCodes.GraphError"/>.</summary>
public enum GraphErrorKind : byte
{
    /// <summary>The code says it all.</summary>
    None,

    /// <summary>A file or an export that is not there.</summary>
    NotFound,

    /// <summary>A specifier that means nothing.</summary>
    Unresolved,

    /// <summary>A file that cannot be imported, or not in this way.</summary>
    Unsupported,

    /// <summary>The file does not parse.</summary>
    Syntax,

    /// <summary>More modules than are loaded.</summary>
    TooMany,
}

/// <summary>The codes that analysis may give (registry.md §5.7). Clients match on them.</summary>
public static class AnalysisErrorCodes
{
    public const string GraphError = "graphError";
    public const string GlobalTypeAugmentation = "globalTypeAugmentation";
    public const string CommonJs = "commonJs";
    public const string BannedTripleSlashDirectives = "bannedTripleSlashDirectives";
    public const string BannedImportAssertion = "bannedImportAssertion";
    public const string InvalidExternalImport = "invalidExternalImport";
    public const string InvalidJsrSpecifier = "invalidJsrSpecifier";
    public const string InvalidNpmSpecifier = "invalidNpmSpecifier";
    public const string MissingConstraint = "missingConstraint";
    public const string InvalidJsrScopedPackageName = "invalidJsrScopedPackageName";
}
