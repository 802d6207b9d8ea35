namespace Kiln.Registry.Integrity;

/// <summary>Everything that a check can find (the invariants I1 to I9 of security.md §3.8). docs/operating.md has the same table.</summary>
public static class FindingKinds
{
    private const string FromUpload = "Rebuilt from the stored upload when that gives exactly the recorded bytes; else put back from a backup: kiln restore --objects-only.";
    private const string Rewritten = "Written again from the database.";

    public static FindingKind DatabaseCorrupt { get; } = Error("databaseCorrupt", "The database's own check fails.", "Nothing, and nothing else is mended either. Stop the server and restore from a backup.");

    public static FindingKind ForeignKeyBroken { get; } = Error("foreignKeyBroken", "A row refers to a row that does not exist.", "Nothing. Restore from a backup, or have the row looked at.");

    public static FindingKind ConstraintNotEnforced { get; } = Error("constraintNotEnforced", "The database does not enforce a constraint or an index that the registry relies on.", "Nothing. Validate the constraint or rebuild the index.");

    public static FindingKind VersionMetaMissing { get; } = Error("versionMetaMissing", "A version has no manifest in the store.", FromUpload);

    public static FindingKind VersionMetaDamaged { get; } = Error("versionMetaDamaged", "A version's manifest is not the one that was written.", FromUpload);

    public static FindingKind VersionMetaUnrecorded { get; } = Note("versionMetaUnrecorded", "The hash of a version's manifest was not recorded (it was published by an older server).", "Records the hash of the stored bytes, after a look at what they say.");

    public static FindingKind ManifestMismatch { get; } = Error("manifestMismatch", "The database and the version's manifest list different files or exports.", "Takes the files from the manifest when its hash is the recorded one.");

    public static FindingKind ModuleMissing { get; } = Error("moduleMissing", "A published file is not in the store.", FromUpload);

    public static FindingKind ModuleDamaged { get; } = Error("moduleDamaged", "A published file has other bytes than its manifest says. Deno refuses it.", FromUpload);

    public static FindingKind NpmTarballMissing { get; } = Error("npmTarballMissing", "A version has no npm tarball in the store.", FromUpload);

    public static FindingKind NpmTarballDamaged { get; } = Error("npmTarballDamaged", "An npm tarball has other bytes than the packument says. npm refuses it.", FromUpload);

    public static FindingKind NpmHashesMissing { get; } = Error("npmHashesMissing", "The database has no npm hashes for a version, so its documents leave it out.", "Computed from the stored tarball and the stored upload.");

    public static FindingKind ClaimMissing { get; } = Error("claimMissing", "A published version's number is not bound to its content: it could be given other bytes.", "Binds it to the upload of its publish.");

    public static FindingKind ClaimMismatch { get; } = Error("claimMismatch", "A version's number is bound to another upload than the one that was published.", "Nothing: somebody has to find out which one is right.");

    public static FindingKind TaskMissing { get; } = Warning("taskMissing", "A version has no successful publish.", "Adds one, so that the number cannot be published again.");

    public static FindingKind PublishLost { get; } = Error("publishLost", "A publish was acknowledged as successful, but the version is not in the database.", "Publishes the stored upload again.");

    public static FindingKind TaskStuck { get; } = Warning("taskStuck", "A publish waits although nobody works on it.", "Takes it up and brings it to its end.");

    public static FindingKind UploadMissing { get; } = Warning("uploadMissing", "The upload of a publish is not in the store: what is damaged of it cannot be rebuilt.", "Nothing. Put it back from a backup: kiln restore --objects-only.");

    public static FindingKind UploadDamaged { get; } = Warning("uploadDamaged", "The stored upload of a publish is not the one that was received.", "Nothing. Put it back from a backup: kiln restore --objects-only.");

    public static FindingKind UploadOrphan { get; } = Note("uploadOrphan", "A stored upload belongs to no publish, or to a failed one.", "Deleted when it is older than an hour and no version that is not known may come from it.");

    public static FindingKind ReservationOrphan { get; } = Note("reservationOrphan", "A version number is reserved for a publish that has ended.", "Given free.");

    public static FindingKind TemporaryFiles { get; } = Note("temporaryFiles", "Files that a dead process was writing.", "Deleted.");

    public static FindingKind PackageMetaWrong { get; } = Error("packageMetaWrong", "A package's meta.json does not say what the database says.", Rewritten);

    public static FindingKind PackumentWrong { get; } = Error("packumentWrong", "A package's document for npm does not say what the database says.", Rewritten);

    public static FindingKind GzipTwinWrong { get; } = Error("gzipTwinWrong", "The compressed form of a document for npm holds another document.", Rewritten);

    public static FindingKind GenerationBehind { get; } = Warning("generationBehind", "A package has changed since its documents were written.", Rewritten);

    public static FindingKind DocsMissing { get; } = Warning("docsMissing", "Rendered documentation is not in the store.", "Queued to be rendered again.");

    public static FindingKind DocsDamaged { get; } = Warning("docsDamaged", "Rendered documentation has other bytes than its name says.", "Deleted, and queued to be rendered again.");

    public static FindingKind DocsNotQueued { get; } = Note("docsNotQueued", "A version has no documentation, and nothing is queued that would make it.", "Queued.");

    public static FindingKind DocsOrphan { get; } = Note("docsOrphan", "Rendered documentation that no version refers to.", "Deleted.");

    public static FindingKind VersionUnknown { get; } = Error(
        "versionUnknown", "The store has a version that the database does not know: its number could be given other bytes.", "Nothing; --adopt enters it into the database, or at least binds its number for ever.");

    public static FindingKind VersionUnfinished { get; } = Note("versionUnfinished", "A version that is not whole has public files: of a failed publish, or adopted. Its number is bound.", "Nothing: only the same upload can finish a publish. --adopt looks again whether an adopted one is whole by now.");

    public static FindingKind ObjectOrphan { get; } = Warning("objectOrphan", "Public files of a version that was never finished, under a number that is free.", "Nothing; --adopt binds the number for ever.");

    public static FindingKind FileOrphan { get; } = Warning("fileOrphan", "A public file of a version that its manifest does not list.", "Nothing: immutable public bytes are not deleted.");

    public static FindingKind TombstoneObjects { get; } = Error("tombstoneObjects", "A version that was deleted still has public files.", "Deleted, as was decided when the version was.");

    public static FindingKind AuditMissing { get; } = Warning("auditMissing", "A published version is not in the audit log.", "Adds a line that says so.");

    public static IReadOnlyList<FindingKind> All { get; } =
    [
        DatabaseCorrupt, ForeignKeyBroken, ConstraintNotEnforced, VersionMetaMissing, VersionMetaDamaged, VersionMetaUnrecorded, ManifestMismatch, ModuleMissing, ModuleDamaged,
        NpmTarballMissing, NpmTarballDamaged, NpmHashesMissing, ClaimMissing, ClaimMismatch, TaskMissing, PublishLost, TaskStuck, UploadMissing, UploadDamaged, UploadOrphan, ReservationOrphan,
        TemporaryFiles, PackageMetaWrong, PackumentWrong, GzipTwinWrong, GenerationBehind, DocsMissing, DocsDamaged, DocsNotQueued, DocsOrphan, VersionUnknown, VersionUnfinished, ObjectOrphan,
        FileOrphan, TombstoneObjects, AuditMissing,
    ];

    private static FindingKind Error(string code, string means, string repair) => new(code, FindingSeverity.Error, means, repair);

    private static FindingKind Warning(string code, string means, string repair) => new(code, FindingSeverity.Warning, means, repair);

    private static FindingKind Note(string code, string means, string repair) => new(code, FindingSeverity.Note, means, repair);
}
