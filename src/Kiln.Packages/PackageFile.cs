using System.Security.Cryptography;
using Kiln.Packages.Names;

namespace Kiln.Packages;

/// <summary>One file of a package, whole in memory.</summary>
/// <param name="Content">Never changed after construction.</param>
/// <param name="Sha256">Lower-case hex, 64 digits.</param>
public sealed record PackageFile(PackagePath Path, byte[] Content, string Sha256)
{
    /// <summary>In bytes.</summary>
    public int Size => Content.Length;

    public static PackageFile Create(PackagePath path, byte[] content) =>
        new(path, content, Convert.ToHexStringLower(SHA256.HashData(content)));
}
