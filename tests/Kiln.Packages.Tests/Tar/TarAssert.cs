using System.Text;
using Kiln.Packages.Tar;
using Kiln.Packages.Tests.Support;

namespace Kiln.Packages.Tests.Tar;

internal static class TarAssert
{
    public static Task<TarResult> ReadAsync(byte[] gzip, TarLimits? limits = null) =>
        PackageTarReader.ReadAsync(new MemoryStream(gzip), limits ?? TarLimits.Default, TestContext.Current.CancellationToken);

    /// <summary>Path and text of every file, in order.</summary>
    public static async Task AcceptsAsync(byte[] gzip, params (string Path, string Text)[] expected)
    {
        var result = await ReadAsync(gzip);
        Assert.True(result.IsSuccess, result.Error?.ToString());
        Assert.Equal(expected, result.Files.Select(f => (f.Path.Value, Encoding.UTF8.GetString(f.Content))));
    }

    public static Task RejectsAsync(string code, TarForge archive) => RejectsAsync(code, archive.Gzip());

    public static async Task<PublishError> RejectsAsync(string code, byte[] gzip, TarLimits? limits = null)
    {
        var result = await ReadAsync(gzip, limits);
        Assert.False(result.IsSuccess, "The archive was accepted.");
        Assert.Equal(code, result.Error.Code);
        Assert.NotEmpty(result.Error.Message);
        Assert.DoesNotContain(result.Error.Message, c => char.IsControl(c) || c is >= '\u200b' and <= '\u202f');
        return result.Error;
    }
}
