namespace Kiln.Registry.Storage;

public sealed class ObjectKeyTests
{
    [Theory]
    [InlineData("@s/p/meta.json")]
    [InlineData("@s/p/1.0.0-rc.1+build.5/a/$b/(c)/[d]/{e}/~f/_g.ts")]
    public void Accepts_what_a_package_may_contain(string path) => Assert.True(ObjectKey.TryCreate(Bucket.Modules, path, out _));

    [Theory]
    [InlineData("")]
    [InlineData("/etc/passwd")]
    [InlineData("@s/../../kiln.db")]
    [InlineData("@s/./p")]
    [InlineData("@s//p")]
    [InlineData("@s/p/")]
    [InlineData("@s\\p")]
    [InlineData("@s/p\0")]
    [InlineData("@s/p%2f..")]
    [InlineData("@s/p/é.ts")]
    [InlineData("@s/p/a b")]
    public void Refuses_what_could_leave_the_store_or_cannot_be_in_it(string path)
    {
        Assert.False(ObjectKey.TryCreate(Bucket.Modules, path, out _));
        Assert.Throws<ArgumentException>(() => ObjectKey.Create(Bucket.Modules, path));
    }

    [Fact]
    public void Refuses_names_that_no_disk_takes()
    {
        Assert.False(ObjectKey.TryCreate(Bucket.Modules, "@s/" + new string('a', 241), out _));
        Assert.False(ObjectKey.TryCreate(Bucket.Modules, string.Join('/', Enumerable.Repeat("abcdefgh", 60)), out _));
    }
}
