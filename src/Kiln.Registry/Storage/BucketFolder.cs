namespace Kiln.Registry.Storage;

/// <summary>The name of a bucket in every store: of a directory, and the beginning of a key.</summary>
internal static class BucketFolder
{
    public static string Of(Bucket bucket) => bucket switch
    {
        Bucket.Modules => "modules",
        Bucket.Npm => "npm",
        Bucket.Docs => "docs",
        Bucket.Staging => "staging",
        Bucket.Backups => "backups",
        _ => throw new ArgumentOutOfRangeException(nameof(bucket)),
    };
}
