using System.Security.Cryptography;

namespace Kiln.Server.Web;

/// <summary>A file that pages load.</summary>
internal sealed class SiteAsset(string name, string extension, string type, byte[] content)
{
    /// <summary>Changes with the content.</summary>
    public string Path { get; } = $"/assets/{name}.{Convert.ToHexStringLower(SHA256.HashData(content))[..12]}.{extension}";

    public string Type => type;

    public byte[] Content => content;
}
