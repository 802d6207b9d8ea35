namespace Kiln.Packages.Publishing;

/// <summary>The codes of <see cref="PublishDiagnostic"/> besides those of slow types and TypeScript's numbers.</summary>
public static class PublishDiagnosticCodes
{
    // As deno names them (publishing.md §1.13).
    public const string InvalidPath = "invalid-path";
    public const string CaseInsensitiveDuplicatePath = "case-insensitive-duplicate-path";
    public const string UnsupportedFileType = "unsupported-file-type";
    public const string InvalidExternalImport = "invalid-external-import";
    public const string ExcludedModule = "excluded-module";
    public const string MissingConstraint = "missing-constraint";
    public const string BannedTripleSlashDirectives = "banned-triple-slash-directives";
    public const string RelativePackageImport = "relative-package-import";
    public const string MissingLicense = "missing-license";
    public const string UnanalyzableDynamicImport = "unanalyzable-dynamic-import";
    public const string UnanalyzableImportMetaResolve = "unanalyzable-import-meta-resolve";
    public const string NpmWorkspacePackage = "npm-workspace-package";
    public const string UnsupportedSpecifier = "unsupported-specifier";

    // What deno says as plain errors.
    public const string ModuleNotFound = "module-not-found";
    public const string UnresolvedImport = "unresolved-import";
    public const string UnsupportedModule = "unsupported-module";
    public const string InvalidConfiguration = "invalid-configuration";
    public const string InvalidWorkspace = "invalid-workspace";
    public const string InvalidName = "invalid-name";
    public const string MissingVersion = "missing-version";
    public const string InvalidVersion = "invalid-version";
    public const string InvalidExports = "invalid-exports";
    public const string InvalidJsxPragma = "invalid-jsx-pragma";
    public const string DependencyCycle = "dependency-cycle";

    // What deno lets pass and the registry refuses (publishing.md §9, 13 to 15).
    public const string InvalidSpecifier = "invalid-specifier";
    public const string InvalidLicense = "invalid-license";
    public const string CommonJs = "commonjs-module";
    public const string GlobalTypeAugmentation = "global-type-augmentation";
    public const string BannedImportAssertion = "banned-import-assertion";
    public const string PackageTooLarge = "package-too-large";
    public const string TooManyModules = "too-many-modules";

    /// <summary>A warning: a file with secrets by its name would be published.</summary>
    public const string PublishedSecret = "published-secret";

    /// <summary>A warning: a <c>@ts-types</c> comment names what only the author's configuration knows.</summary>
    public const string UnresolvedTypesPragma = "unresolved-types-pragma";
}
