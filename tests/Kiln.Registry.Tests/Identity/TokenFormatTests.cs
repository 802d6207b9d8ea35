using System.Text.RegularExpressions;

namespace Kiln.Registry.Identity;

public sealed class TokenFormatTests
{
    [Theory]
    [InlineData(TokenType.Web, "jsrw_")]
    [InlineData(TokenType.Device, "jsrd_")]
    [InlineData(TokenType.Personal, "jsrp_")]
    public void Secrets_have_prefix_randomness_and_checksum(TokenType type, string prefix)
    {
        var secret = TokenFormat.Create(type);
        Assert.Equal(40, secret.Length);
        Assert.StartsWith(prefix, secret, StringComparison.Ordinal);
        Assert.Matches(new Regex(@"\A[a-z]{4}_[0-9A-Za-z]{35}\z"), secret);
        Assert.Equal(secret[34..], TokenFormat.Checksum(secret[..34]));
        Assert.NotEqual(secret, TokenFormat.Create(type));
    }

    /// <summary>CRC-32 of "123456789" is cbf43926 (the check value of the algorithm's catalogue), read back here digit by digit.</summary>
    [Fact]
    public void The_checksum_is_crc32_in_base62()
    {
        const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        var value = TokenFormat.Checksum("123456789").Aggregate(0L, (sum, c) => (sum * 62) + Alphabet.IndexOf(c, StringComparison.Ordinal));
        Assert.Equal(0xcbf43926L, value);
    }

    [Fact]
    public void The_stored_form_is_sha256_in_hex() => // The standard's test vector.
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", TokenFormat.Hash("abc"));
}
