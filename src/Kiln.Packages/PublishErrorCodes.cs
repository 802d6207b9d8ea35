namespace Kiln.Packages;

/// <summary>The codes that a failed publishing task may carry. Clients and people match on them: never rename one.</summary>
public static class PublishErrorCodes
{
    // The archive.
    public const string InvalidTarball = "invalidTarball";
    public const string LinkInTarball = "linkInTarball";
    public const string InvalidEntryType = "invalidEntryType";
    public const string InvalidPath = "invalidPath";
    public const string InvalidGitPath = "invalidGitPath";
    public const string FileTooLarge = "fileTooLarge";
    public const string PackageTooLarge = "packageTooLarge";
    public const string TooManyFiles = "tooManyFiles";
    public const string CaseInsensitiveDuplicatePath = "caseInsensitiveDuplicatePath";

    // The configuration file and the license.
    public const string MissingConfigFile = "missingConfigFile";
    public const string InvalidConfigFile = "invalidConfigFile";
    public const string ConfigFileNameMismatch = "configFileNameMismatch";
    public const string ConfigFileVersionMismatch = "configFileVersionMismatch";
    public const string ConfigFileExportsInvalid = "configFileExportsInvalid";
    public const string MissingLicense = "missingLicense";
    public const string InvalidLicense = "invalidLicense";

    // The modules.
    public const string GraphError = "graphError";
    public const string GlobalTypeAugmentation = "globalTypeAugmentation";
    public const string CommonJs = "commonJs";
    public const string BannedTripleSlashDirectives = "bannedTripleSlashDirectives";
    public const string BannedImportAssertion = "bannedImportAssertion";
    public const string InvalidExternalImport = "invalidExternalImport";
    public const string DocError = "docError";
    public const string NpmTarballError = "npmTarballError";

    // The dependencies.
    public const string InvalidJsrSpecifier = "invalidJsrSpecifier";
    public const string InvalidNpmSpecifier = "invalidNpmSpecifier";
    public const string MissingConstraint = "missingConstraint";
    public const string InvalidJsrScopedPackageName = "invalidJsrScopedPackageName";
    public const string UnresolvableJsrDependency = "unresolvableJsrDependency";
    public const string InvalidJsrDependencySubPath = "invalidJsrDependencySubPath";

    // The task.
    public const string Stale = "stale";

    /// <summary>A file has a token of the registry or a credential of npm in it (security.md N6).</summary>
    public const string SecretDetected = "secretDetected";

    /// <summary>The version was published before with other contents; its contents are locked for ever.</summary>
    public const string VersionContentLocked = "versionContentLocked";

    /// <summary>The analysis died or ran out of its limits more often than it is retried.</summary>
    public const string AnalysisCrashed = "analysisCrashed";

    /// <summary>A defect of the server: retrying did not help.</summary>
    public const string InternalError = "internalError";
}
