using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Kiln.Faults.Harness;

namespace Kiln.Faults;

/// <summary>That the run which all others are compared with is right in itself.</summary>
public sealed class ReferenceRunTests(ReferenceRun reference)
{
    [Fact]
    public void Modules_are_the_packed_bytes()
    {
        foreach (var package in new[] { reference.First, reference.Target, reference.Next })
        {
            Assert.All(package.Files, f => Assert.Equal(Encoding.Latin1.GetString(f.Value), reference.AfterNext[package.ModuleUrl(f.Key)]));
        }
    }

    [Fact]
    public void The_manifest_and_the_packument_tell_the_hashes_of_what_is_served()
    {
        var package = reference.Target;
        using var meta = JsonDocument.Parse(Encoding.Latin1.GetBytes(reference.AfterTarget[package.VersionMetaUrl]));
        var manifest = meta.RootElement.GetProperty("manifest");
        Assert.Equal(package.Files.Keys.Order(StringComparer.Ordinal), manifest.EnumerateObject().Select(f => f.Name).Order(StringComparer.Ordinal));
        Assert.All(package.Files, f => Assert.Equal("sha256-" + Convert.ToHexStringLower(SHA256.HashData(f.Value)), manifest.GetProperty(f.Key).GetProperty("checksum").GetString()));

        using var packument = JsonDocument.Parse(reference.AfterTarget[SamplePackage.PackumentUrl]);
        var tarball = Encoding.Latin1.GetBytes(reference.AfterTarget[package.NpmTarballUrl]);
        Assert.Equal(
            "sha512-" + Convert.ToBase64String(SHA512.HashData(tarball)),
            packument.RootElement.GetProperty("versions").GetProperty(package.Version).GetProperty("dist").GetProperty("integrity").GetString());
    }

    [Fact]
    public void Versions_differ_from_each_other() =>
        Assert.NotEqual(reference.AfterNext[reference.Target.ModuleUrl("/mod.ts")], reference.AfterNext[reference.Next.ModuleUrl("/mod.ts")]);
}
