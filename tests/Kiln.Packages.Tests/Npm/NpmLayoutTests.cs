using Kiln.Packages.Npm;

namespace Kiln.Packages.Tests.Npm;

public sealed class NpmLayoutTests
{
    [Theory]
    [InlineData("/mod.ts", "/mod.js")]
    [InlineData("/a/mod.mts", "/a/mod.js")]
    [InlineData("/mod.tsx", "/mod.js")]
    [InlineData("/mod.jsx", "/mod.js")]
    [InlineData("/mod.test.ts", "/mod.test.js")]
    public void Compiled_files_lie_beside_their_sources(string path, string expected) =>
        Assert.Equal(expected, new NpmLayout([path], [path], [path], [], []).JavaScriptOf(path));

    [Fact]
    public void A_module_keeps_its_name_and_the_compiled_one_takes_another()
    {
        var layout = new NpmLayout(["/a.ts", "/a.js"], ["/a.ts", "/a.js"], ["/a.ts"], [], []);

        Assert.Equal("/a.js", layout.JavaScriptOf("/a.js"));
        Assert.Equal("/a.ts.js", layout.JavaScriptOf("/a.ts"));
        Assert.False(layout.IsGenerated("/a.js"));
    }

    [Fact]
    public void Several_sources_of_one_name_get_names_in_ordinal_order_of_their_paths()
    {
        string[] paths = ["/a.tsx", "/a.ts", "/a.mts", "/a.jsx", "/a.ts.js"];

        var layout = new NpmLayout(paths, paths, paths[..4], [], []);

        Assert.Equal(["/a.tsx.js", "/a.ts_.js", "/a.mts.js", "/a.js", "/a.ts.js"], paths.Select(layout.JavaScriptOf));
    }

    [Fact]
    public void A_file_that_nothing_imports_gives_way_to_a_generated_one()
    {
        var layout = new NpmLayout(["/a.ts", "/a.js", "/a.js.map", "/package.json", "/other.js"], ["/a.ts"], ["/a.ts"], [], []);

        Assert.Equal("/a.js", layout.JavaScriptOf("/a.ts"));
        Assert.True(layout.IsGenerated("/a.js"));
        Assert.True(layout.IsGenerated("/a.js.map"));
        Assert.True(layout.IsGenerated("/package.json"));
        Assert.False(layout.IsGenerated("/other.js"));
    }

    [Fact]
    public void Names_that_differ_in_case_only_are_one_name()
    {
        var layout = new NpmLayout(["/A.ts", "/a.js", "/B.ts", "/b.JS"], ["/A.ts", "/a.js", "/B.ts"], ["/A.ts", "/B.ts"], [], []);

        Assert.Equal("/A.ts.js", layout.JavaScriptOf("/A.ts"));
        Assert.True(layout.IsGenerated("/b.JS"));
    }

    [Fact]
    public void A_folder_is_not_replaced_by_a_file() =>
        Assert.Equal("/a.ts.js", new NpmLayout(["/a.ts", "/a.js/readme.md"], ["/a.ts"], ["/a.ts"], [], []).JavaScriptOf("/a.ts"));

    [Fact]
    public void Declarations_have_an_empty_module_beside_them_that_replaces_nothing()
    {
        string[] declarations = ["/a.d.ts", "/b.d.ts", "/c.d.mts", "/d.d.css.ts", "/e.d.ts"];

        var layout = new NpmLayout([.. declarations, "/b.js", "/e.ts"], [.. declarations, "/e.ts"], ["/e.ts"], declarations, []);

        Assert.Equal(["/a.js", "/b.d.ts.js", "/c.mjs", "/d.d.css.ts.js", "/e.d.ts.js"], declarations.Select(layout.EmptyModuleOf));
        Assert.Equal("/e.js", layout.JavaScriptOf("/e.ts"));
    }

    [Theory]
    [InlineData("/mod.ts", "/_dist/mod.d.ts")]
    [InlineData("/a/mod.mts", "/_dist/a/mod.d.ts")]
    [InlineData("/a/mod.tsx", "/_dist/a/mod.d.ts")]
    [InlineData("/plain.js", "/_dist/plain.d.ts")]
    public void Generated_declarations_mirror_the_tree_in_a_folder_of_their_own(string path, string expected)
    {
        var layout = new NpmLayout([path], [path], [], [], [path]);

        Assert.Equal(expected, layout.GeneratedDeclarationsOf(path));
        Assert.Equal(expected, layout.DeclarationsOf(path));
    }

    [Fact]
    public void Two_modules_with_one_stem_get_declarations_each()
    {
        string[] paths = ["/a.js", "/a.ts", "/a.tsx"];

        var layout = new NpmLayout(paths, paths, paths[1..], [], paths);

        Assert.Equal(["/_dist/a.d.ts", "/_dist/a.ts.d.ts", "/_dist/a.tsx.d.ts"], paths.Select(layout.GeneratedDeclarationsOf));
    }

    [Fact]
    public void A_module_without_declarations_is_its_own() => Assert.Equal("/a.js", new NpmLayout(["/a.ts"], ["/a.ts"], ["/a.ts"], [], []).DeclarationsOf("/a.ts"));

    [Fact]
    public void Names_that_do_not_fit_the_archive_become_short_ones()
    {
        string[] paths = ["/" + new string('m', 92) + ".ts", "/" + new string('n', 91) + ".ts", "/" + new string('o', 92) + ".ts"];

        var layout = new NpmLayout(paths, paths, paths, [], paths);

        Assert.Equal(["/_dist/_1.d.ts", "/_dist/" + new string('n', 91) + ".d.ts", "/_dist/_2.d.ts"], paths.Select(layout.GeneratedDeclarationsOf));
    }

    [Fact]
    public void Declarations_that_a_source_of_the_same_name_would_hide_are_copied()
    {
        string[] declarations = ["/a.d.ts", "/b.d.ts", "/c.d.mts", "/d.d.ts", "/e.d.ts"];
        string[] files = [.. declarations, "/a.ts", "/b.tsx", "/c.mts", "/d.js", "/E.ts"];

        var layout = new NpmLayout(files, [.. declarations, "/a.ts"], ["/a.ts"], declarations, ["/a.ts"]);

        Assert.Equal("/_dist/a.d.ts", layout.GeneratedDeclarationsOf("/a.ts"));
        Assert.Equal(["/_dist/a.types.d.ts", "/_dist/b.d.ts", "/_dist/c.d.ts", "/d.d.ts", "/_dist/e.d.ts"], declarations.Select(layout.DeclarationsOf));
        Assert.Equal(["/a.d.ts", "/b.d.ts", "/c.d.mts", "/e.d.ts"], layout.CopiedDeclarations.Keys);
    }
}
