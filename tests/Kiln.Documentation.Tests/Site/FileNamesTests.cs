using Kiln.Documentation.Site;

namespace Kiln.Documentation.Site;

public sealed class FileNamesTests
{
    [Theory]
    [InlineData("add", "add")]
    [InlineData("Ns.Name", "Ns.Name")]
    [InlineData("$store_1", "$store_1")]
    [InlineData("a/b", "a=2Fb")]
    [InlineData("..", "=2E.")]
    [InlineData("a=b", "a=3Db")]
    [InlineData("ü", "=C3=BC")]
    [InlineData("🌱", "=F0=9F=8C=B1")]
    [InlineData("<img src=x>", "=3Cimg=20src=3Dx=3E")]
    [InlineData("con", "=rcon")]
    [InlineData("NUL.txt", "=rNUL.txt")]
    [InlineData("console", "console")]
    [InlineData("", "=r")]
    public void A_segment_is_safe_everywhere(string text, string expected) => Assert.Equal(expected, FileNames.Segment(text));

    [Fact]
    public void Long_names_keep_apart()
    {
        var one = FileNames.Segment(new string('a', 300) + "1");
        var other = FileNames.Segment(new string('a', 300) + "2");
        Assert.NotEqual(one, other);
        Assert.InRange(one.Length, 50, 120);
    }

    [Fact]
    public void Names_that_differ_in_case_get_files_that_do_not()
    {
        var names = new FileNames();
        Assert.Equal("x/Foo.html", names.Unique("x/", "Foo", ".html"));
        Assert.Equal("x/foo=c2.html", names.Unique("x/", "foo", ".html"));
        Assert.Equal("x/FOO=c3.html", names.Unique("x/", "FOO", ".html"));
        Assert.Equal("y/foo.html", names.Unique("y/", "foo", ".html"));
    }

    [Theory]
    [InlineData("a/b/c.html", "a/b/d.html", "d.html")]
    [InlineData("a/b/c.html", "a/x.html", "../x.html")]
    [InlineData("index.html", "a/x.html", "a/x.html")]
    [InlineData("a/b.html", "index.html", "../index.html")]
    [InlineData("ab/c.html", "abc/d.html", "../abc/d.html")]
    public void Links_are_relative(string from, string to, string expected) => Assert.Equal(expected, SiteAddresses.Relative(from, to));
}
