namespace Kiln.Analysis.FastCheck;

/// <summary>The codes of slow types (publishing.md §4.8); part of the contract with people and programs that read diagnostics.</summary>
public static class FastCheckCodes
{
    public const string MissingExplicitType = "missing-explicit-type";
    public const string MissingExplicitReturnType = "missing-explicit-return-type";
    public const string UnsupportedDestructuring = "unsupported-destructuring";
    public const string UnsupportedDefaultExportExpr = "unsupported-default-export-expr";
    public const string UnsupportedSuperClassExpr = "unsupported-super-class-expr";
    public const string UnsupportedUsing = "unsupported-using";
    public const string UnsupportedGlobalModule = "unsupported-global-module";
    public const string UnsupportedAmbientModule = "unsupported-ambient-module";
    public const string UnsupportedRequire = "unsupported-require";
    public const string UnsupportedTsExportAssignment = "unsupported-ts-export-assignment";
    public const string UnsupportedTsNamespaceExport = "unsupported-ts-namespace-export";
    public const string UnsupportedExpandoProperty = "unsupported-expando-property";
    public const string UnsupportedPrivateMemberReference = "unsupported-private-member-reference";
    public const string UnsupportedComplexReference = "unsupported-complex-reference";
    public const string NotFoundReference = "not-found-reference";
    public const string UnsupportedNestedJavaScript = "unsupported-nested-javascript";

    /// <summary>The only warning: it does not stop a publish, yet no module of the package gets declarations from the reference.</summary>
    public const string UnsupportedJavaScriptEntrypoint = "unsupported-javascript-entrypoint";
}
