namespace Kiln.Registry.Storage.S3;

/// <summary>What the self-test found that a server can decide by itself (security.md F14).</summary>
/// <param name="CreateOnly"><c>If-None-Match: *</c> lets exactly one of many writers create an object.</param>
/// <param name="CompareAndReplace"><c>If-Match</c> lets a writer replace only what it has seen.</param>
/// <param name="BareTags">The server compares <c>If-Match</c> without taking quotes off, as Ceph 16 does: send the tag without them.</param>
public sealed record S3Conditions(bool CreateOnly, bool CompareAndReplace, bool BareTags)
{
    public override string ToString() => (CreateOnly, CompareAndReplace) switch
    {
        (true, true) => "conditional writes",
        (true, false) => "conditional creation; replacement under a lock of the database",
        (false, true) => "conditional replacement; creation under a lock of the database",
        _ => "no conditional writes: writes take turns under a lock of the database",
    };
}
