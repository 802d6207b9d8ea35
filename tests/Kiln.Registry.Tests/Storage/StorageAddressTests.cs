using Kiln.Registry.Storage.S3;

namespace Kiln.Registry.Storage;

public sealed class StorageAddressTests
{
    [Fact]
    public void Reads_all_its_parts()
    {
        Assert.True(StorageAddress.TryParse("s3://kiln-objects?endpoint=https://s3.example.com:9000&region=eu-west-1&prefix=/a/b/", out var address, out _));
        Assert.Equal(new StorageAddress("kiln-objects", new Uri("https://s3.example.com:9000"), "eu-west-1", "a/b/"), address);
        Assert.Equal("s3://kiln-objects/a/b at https://s3.example.com:9000", address.ToString());
        Assert.True(StorageAddress.TryParse("s3://kiln-objects/?region=eu-west-1", out address, out _));
        Assert.Equal(new StorageAddress("kiln-objects", null, "eu-west-1", ""), address);
    }

    [Theory]
    [InlineData("http://bucket", "s3://")]
    [InlineData("s3://", "bucket")]
    [InlineData("s3://UPPER", "bucket")]
    [InlineData("s3://a/b/c", "bucket")]
    [InlineData("s3://key:secret@bucket", "AWS_ACCESS_KEY_ID")]
    [InlineData("s3://bucket?endpoint=host:9000", "endpoint")]
    [InlineData("s3://bucket?endpoint=http://host/path", "endpoint")]
    [InlineData("s3://bucket?endpoint=ftp://host", "endpoint")]
    [InlineData("s3://bucket?prefix=a%20b", "prefix")]
    [InlineData("s3://bucket?prefix=../x", "prefix")]
    [InlineData("s3://bucket?acl=public", "acl")]
    [InlineData("s3://bucket?region=", "region")]
    public void An_address_that_cannot_work_is_one_line_that_says_what_is_wrong(string text, string expected)
    {
        Assert.False(StorageAddress.TryParse(text, out _, out var problem));
        Assert.Contains(expected, problem, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem);
        var told = Assert.Single(new RegistryOptions { DataDirectory = "/data", PublicUrl = "http://registry.test/", Storage = text }.Problems());
        Assert.StartsWith("storage: ", told, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", told, StringComparison.Ordinal);
    }
}
