namespace Kiln.Registry.Downloads;

/// <summary>The names of kinds in the database and on the wire.</summary>
public static class DownloadKinds
{
    public static string NameOf(DownloadKind kind) => kind switch
    {
        DownloadKind.JsrMeta => "jsr_meta",
        DownloadKind.NpmTarball => "npm_tarball",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public static DownloadKind? Find(string? name) => name switch
    {
        "jsr_meta" => DownloadKind.JsrMeta,
        "npm_tarball" => DownloadKind.NpmTarball,
        _ => null,
    };
}
