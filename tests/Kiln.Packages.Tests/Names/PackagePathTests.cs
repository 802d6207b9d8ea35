using Kiln.Packages.Names;

namespace Kiln.Packages.Tests.Names;

public sealed class PackagePathTests
{
    [Theory]
    [InlineData("/mod.ts")]
    [InlineData("/a/b/c.d.ts")]
    [InlineData("/.env")]
    [InlineData("/.vscode/settings.json")]
    [InlineData("/$()+-.@[]_{}~")]
    [InlineData("/console.ts")]
    [InlineData("/auxiliary.ts")]
    [InlineData("/com10")]
    [InlineData("/com")]
    [InlineData("/lpt0.ts")]
    [InlineData("/a/_dist/x.js")]
    [InlineData("/_distx/x.js")]
    [InlineData("/..a")]
    [InlineData("/...a")]
    [InlineData("/LICENSE")]
    public void Accepts_a_path(string text)
    {
        Assert.True(PackagePath.TryParse(text, out var path, out var reason), reason);
        Assert.Equal(text, path.Value);
    }

    [Theory]
    [InlineData(null, "empty")]
    [InlineData("", "empty")]
    [InlineData("mod.ts", "start with '/'")]
    [InlineData("./mod.ts", "start with '/'")]
    [InlineData("../x", "start with '/'")]
    [InlineData("/", "end with '/'")]
    [InlineData("/a/", "end with '/'")]
    [InlineData("//a", "empty component")]
    [InlineData("/a//b", "empty component")]
    [InlineData("/.", "'.' component")]
    [InlineData("/..", "'..' component")]
    [InlineData("/a/./b", "'.' component")]
    [InlineData("/a/../b", "'..' component")]
    [InlineData("/a.", "end with a dot")]
    [InlineData("/a./b", "end with a dot")]
    [InlineData("/...", "end with a dot")]
    [InlineData("/C:\\x", "on Windows")]
    [InlineData("/a\\..\\b", "on Windows")]
    [InlineData("/\\\\srv\\x", "on Windows")]
    [InlineData("/a<b", "Windows does not allow")]
    [InlineData("/a>b", "Windows does not allow")]
    [InlineData("/a\"b", "Windows does not allow")]
    [InlineData("/a|b", "Windows does not allow")]
    [InlineData("/a?b", "Windows does not allow")]
    [InlineData("/a*b", "Windows does not allow")]
    [InlineData("/a%2f..", "in URLs")]
    [InlineData("/a#b", "in URLs")]
    [InlineData("/a b", "whitespace")]
    [InlineData("/a ", "whitespace")]
    [InlineData("/a\tb", "whitespace")]
    [InlineData("/a\u00a0b", "whitespace")]
    [InlineData("/a!b", "'!'")]
    [InlineData("/a,b", "','")]
    [InlineData("/a&b", "'&'")]
    [InlineData("/a\0b", "U+0000")]
    [InlineData("/a\u007fb", "U+007F")]
    [InlineData("/\u00e9", "U+00E9")]
    [InlineData("/e\u0301", "U+0301")]
    [InlineData("/\u202ea", "U+202E")]
    [InlineData("/\u212a", "U+212A")]
    [InlineData("/LPT\u00b9", "U+00B9")]
    [InlineData("/a\ufffdb", "U+FFFD")]
    [InlineData("/con", "reserved")]
    [InlineData("/con.ts", "reserved")]
    [InlineData("/NUL", "reserved")]
    [InlineData("/aux.d.ts", "reserved")]
    [InlineData("/a/Com1.ts", "reserved")]
    [InlineData("/prn/x.ts", "reserved")]
    [InlineData("/lpt9.tar.gz", "reserved")]
    [InlineData("/_dist/x.js", "reserved")]
    [InlineData("/_DIST/x.js", "reserved")]
    [InlineData("/_dist", "reserved")]
    public void Rejects_a_path_and_says_why(string? text, string reasonPart)
    {
        Assert.False(PackagePath.TryParse(text, out var path, out var reason));
        Assert.Null(path);
        Assert.Contains(reasonPart, reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_has_at_most_155_bytes()
    {
        var folder = "/" + new string('a', 59) + "/" + new string('b', 49);
        Assert.True(PackagePath.TryParse(folder + "/" + new string('c', 44), out var longest));
        Assert.Equal(155, longest.Value.Length);
        Assert.False(PackagePath.TryParse(folder + "/" + new string('c', 45), out _, out var reason));
        Assert.Contains("155", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_last_component_has_at_most_95_bytes_and_folders_may_have_more()
    {
        Assert.True(PackagePath.TryParse("/" + new string('c', 95), out _));
        Assert.False(PackagePath.TryParse("/" + new string('c', 96), out _, out var reason));
        Assert.Contains("95", reason, StringComparison.Ordinal);
        Assert.True(PackagePath.TryParse("/" + new string('c', 96) + "/x", out _));
    }

    [Fact]
    public void Two_spellings_of_one_path_share_a_folded_key() =>
        Assert.Equal(PackagePath.Parse("/A/b.TS").CaseFoldedKey, PackagePath.Parse("/a/B.ts").CaseFoldedKey);

    [Fact]
    public void Paths_sort_in_byte_order()
    {
        PackagePath[] paths = [.. new[] { "/b", "/_x", "/B", "/a/b", "/a-b", "/a" }.Select(PackagePath.Parse)];
        Array.Sort(paths);
        Assert.Equal(["/B", "/_x", "/a", "/a-b", "/a/b", "/b"], paths.Select(p => p.Value));
    }
}
