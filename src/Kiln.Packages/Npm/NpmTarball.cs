using System.Security.Cryptography;

namespace Kiln.Packages.Npm;

/// <summary>A finished archive.</summary>
/// <param name="Sha1">Lower-case hexadecimal: npm's <c>shasum</c>.</param>
/// <param name="Sha512">Base64 with padding: npm's <c>integrity</c> without its prefix.</param>
internal sealed record NpmTarball(byte[] Bytes, string Sha1, string Sha512)
{
    // SHA-1 because npm's protocol asks for it; clients verify SHA-512.
#pragma warning disable CA5350
    public static NpmTarball Create(byte[] bytes) =>
        new(bytes, Convert.ToHexStringLower(SHA1.HashData(bytes)), Convert.ToBase64String(SHA512.HashData(bytes)));
#pragma warning restore CA5350
}
