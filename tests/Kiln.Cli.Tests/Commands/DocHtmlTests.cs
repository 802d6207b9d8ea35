using Kiln.Documentation.Site;
using Kiln.Documentation.Support;
using Kiln.Tooling;

namespace Kiln.Cli.Tests.Commands;

/// <summary><c>kiln doc --html DIR</c>.</summary>
public sealed class DocHtmlTests : IDisposable
{
    private readonly CliProgram program = new();

    public void Dispose() => program.Dispose();

    private static IEnumerable<SiteFile> Files(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(f => new SiteFile(Path.GetRelativePath(folder, f).Replace('\\', '/'), File.ReadAllText(f)));

    [Fact]
    public async Task A_package_becomes_a_site()
    {
        program.Write("deno.json", """{"name":"@a/b","version":"1.0.0","exports":{".":"./mod.ts","./sub":"./sub/mod.ts"}}""");
        program.Write("mod.ts", "/** Adds. See {@link Sub}. */\nexport function add(a: number): number { return a; }\nexport * from './sub/mod.ts';\n");
        program.Write("sub/mod.ts", "/** A sub. */\nexport class Sub { x: number = 1; }\n");
        program.Write("README.md", "# Hello\n\n[License](LICENSE) ![logo](logo.png) [sub](./sub/mod.ts) [out](../secret.txt)\n");
        program.Write("LICENSE", "free");
        program.Write("logo.png", "not really");
        var (code, output, errors) = await program.RunAsync("doc", "--html", "site", ".");
        Assert.Equal((0, ""), (code, output));
        Assert.Matches(@"^\d+ files written; open site/index\.html\n$", errors);
        var crawler = SiteCrawler.Run(Files(Path.Combine(program.Folder, "site")));
        Assert.Equal("", string.Join("\n", crawler.Problems));
        Assert.Contains("Hello", program.Read("site/index.html"), StringComparison.Ordinal);
        Assert.Contains("../../src/mod.ts.html#L2", program.Read("site/mod/~/add.html"), StringComparison.Ordinal);
        Assert.True(program.Exists("site/files/logo.png"));
        Assert.True(program.Exists("site/src/sub/mod.ts.html"));
        Assert.DoesNotContain("secret", program.Read("site/index.html"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_site_is_replaced_and_nothing_else_is()
    {
        program.Write("m.ts", "export const a = 1;\n");
        Assert.Equal(0, (await program.RunAsync("doc", "--html", "site", "m.ts")).Code);
        program.Write("site/left-over.html", "old");
        program.Write("m.ts", "export const b = 1;\n");
        Assert.Equal(0, (await program.RunAsync("doc", "--html", "site", "m.ts")).Code);
        Assert.True(program.Exists("site/mod/~/b.html"));
        Assert.False(program.Exists("site/mod/~/a.html"));
        Assert.False(program.Exists("site/left-over.html"));
        Assert.Equal(["m.ts", "site"], Directory.GetFileSystemEntries(program.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));

        program.Write("mine/thesis.txt", "years of work");
        var (code, _, errors) = await program.RunAsync("doc", "--html", "mine", "m.ts");
        Assert.Equal((2, "kiln: 'mine' holds something else than documentation written by kiln; name a new folder, or empty it\n"), (code, errors));
        Assert.Equal("years of work", program.Read("mine/thesis.txt"));
        Assert.Equal(2, (await program.RunAsync("doc", "--html", "m.ts", "m.ts")).Code);
    }

    [Fact]
    public async Task Two_modes_at_once_are_refused()
    {
        program.Write("m.ts", "export const a = 1;\n");
        var (code, _, errors) = await program.RunAsync("doc", "--html", "site", "--json", "m.ts");
        Assert.NotEqual(0, code);
        Assert.Contains("--html writes all that is exported", errors, StringComparison.Ordinal);
        Assert.False(program.Exists("site"));
    }

    /// <summary>Every module of a package with six hundred of them, as an author would have it.</summary>
    [Fact]
    public async Task The_site_of_a_large_package_is_whole()
    {
        LargePackage.Write(program.Folder);
        var (code, _, errors) = await program.RunAsync("doc", "--html", "site", ".");
        Assert.True(code == 0, errors);
        var crawler = SiteCrawler.Run(Files(Path.Combine(program.Folder, "site")));
        Assert.True(crawler.Problems.Count == 0, string.Join("\n", crawler.Problems));
        Assert.InRange(crawler.Pages, 5000, 50_000);
        Assert.InRange(crawler.Links, 200_000, 10_000_000);
    }
}
