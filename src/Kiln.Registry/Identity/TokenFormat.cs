using System.Security.Cryptography;
using System.Text;

namespace Kiln.Registry.Identity;

/// <summary>
/// The shape of secrets (registry.md §3.2): <c>jsrw_</c>, <c>jsrd_</c> or <c>jsrp_</c>, 29 random base62 characters (172 bits), and the CRC-32 of all that in six
/// base62 characters, so that a scanner can recognise a leaked one. Stored is the SHA-256 only; a slow hash would protect nothing that is this random.
/// </summary>
public static class TokenFormat
{
    public const int Length = 40;

    internal const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int RandomLength = 29;
    private const int ChecksumLength = 6;

    public static string Create(TokenType type)
    {
        var body = Prefix(type) + "_" + RandomNumberGenerator.GetString(Alphabet, RandomLength);
        return body + Checksum(body);
    }

    /// <summary>Of a text that is as long as a secret: whether it can be one, as its last characters say.</summary>
    internal static bool HasValidChecksum(string secret) => secret.AsSpan(Length - ChecksumLength).SequenceEqual(Checksum(secret[..(Length - ChecksumLength)]));

    /// <summary>Lower-case hex SHA-256 of the whole secret.</summary>
    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>Six base62 digits of the CRC-32 (IEEE), most significant first.</summary>
    internal static string Checksum(string body)
    {
        var rest = Crc32(body);
        Span<char> digits = stackalloc char[ChecksumLength];
        for (var i = ChecksumLength - 1; i >= 0; i--, rest /= 62)
        {
            digits[i] = Alphabet[(int)(rest % 62)];
        }

        return new string(digits);
    }

    // The reflected polynomial of IEEE 802.3, bit by bit: it runs once for each new token, and for each text that looks like one.
    private static uint Crc32(string body)
    {
        var crc = uint.MaxValue;
        foreach (var b in Encoding.ASCII.GetBytes(body))
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }
        }

        return ~crc;
    }

    private static string Prefix(TokenType type) => type switch
    {
        TokenType.Web => "jsrw",
        TokenType.Device => "jsrd",
        TokenType.Personal => "jsrp",
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };
}
