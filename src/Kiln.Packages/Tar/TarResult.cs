using System.Diagnostics.CodeAnalysis;

namespace Kiln.Packages.Tar;

/// <summary>The files of an archive in its order, or the first thing that is wrong with it.</summary>
public sealed class TarResult
{
    private TarResult(IReadOnlyList<PackageFile>? files, PublishError? error)
    {
        Files = files;
        Error = error;
    }

    public IReadOnlyList<PackageFile>? Files { get; }

    public PublishError? Error { get; }

    [MemberNotNullWhen(true, nameof(Files))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => Error is null;

    public static TarResult Success(IReadOnlyList<PackageFile> files) => new(files, null);

    public static TarResult Failure(PublishError error) => new(null, error);
}
