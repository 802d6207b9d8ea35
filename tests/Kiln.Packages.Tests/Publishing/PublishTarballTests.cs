using System.Text;
using Kiln.Packages.Names;
using Kiln.Packages.Publishing;
using Kiln.Packages.Tar;

namespace Kiln.Packages.Tests.Publishing;

public sealed class PublishTarballTests
{
    private static readonly PackageFile[] Files =
    [
        PackageFile.Create(PackagePath.Parse("/mod.ts"), Encoding.UTF8.GetBytes("export {};\n")),
        PackageFile.Create(PackagePath.Parse("/Z.md"), []),
        PackageFile.Create(PackagePath.Parse("/deep/" + new string('a', 60) + "/" + new string('b', 60) + ".txt"), new byte[1000]),
    ];

    [Fact]
    public async Task The_registry_reads_what_the_client_packs()
    {
        var bytes = PublishTarball.Create(Files, out var error);
        Assert.Null(error);
        var result = await PackageTarReader.ReadAsync(new MemoryStream(bytes!), TarLimits.Default, CancellationToken.None);
        Assert.True(result.IsSuccess);
        Assert.Equal(Files.Select(f => (f.Path.Value, f.Sha256)).Order(), result.Files.Select(f => (f.Path.Value, f.Sha256)).Order());
    }

    [Fact]
    public void The_order_of_the_files_does_not_matter() =>
        Assert.Equal(PublishTarball.Create(Files, out _), PublishTarball.Create([.. Files.Reverse()], out _));

    [Fact]
    public void The_archive_lists_its_files_in_order_with_their_sizes() =>
        Assert.Equal(
            Files.OrderBy(f => f.Path.Value, StringComparer.Ordinal).Select(f => new TarFile(f.Path.Value[1..], f.Size)),
            TarListing.Read(PublishTarball.Create(Files, out _)!));
}
