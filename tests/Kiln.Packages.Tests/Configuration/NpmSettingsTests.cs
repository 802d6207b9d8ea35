using System.Text;
using Kiln.Packages.Configuration;
using Kiln.Packages.Names;
using Kiln.Packages.Versions;

namespace Kiln.Packages.Tests.Configuration;

/// <summary>The member <c>npm</c> of a configuration file.</summary>
public sealed class NpmSettingsTests
{
    [Fact]
    public void Every_member_is_read()
    {
        var npm = Read("""
            {
              "description": "  Draws\nthings ", "keywords": ["draw", "art"], "homepage": "https://example.com/x",
              "repository": { "type": "git", "url": "https://git.example.com/r.git", "directory": "packages/pkg" },
              "bin": { "draw": "./cli.ts", "draw-all": "./tools/all.js" },
              "exports": { "./style.css": "./css/style.css" },
              "sideEffects": ["./setup.ts", "**/*.css"],
              "engines": { "node": ">=20", "npm": "*" },
              "peerDependencies": { "react": "^18 || ^19", "jsr:@std/path": "^1.0.0", "@types/react": "*" },
              "peerDependenciesMeta": { "react": { "optional": true }, "jsr:@std/path": { "optional": false } },
              "optionalDependencies": { "fsevents": "next" },
              "somethingNew": { "of": "tomorrow" }
            }
            """);

        Assert.Equal("Draws things", npm.Description);
        Assert.Equal(["draw", "art"], npm.Keywords);
        Assert.Equal("https://example.com/x", npm.Homepage);
        Assert.Equal(new NpmRepository("git", "https://git.example.com/r.git", "packages/pkg"), npm.Repository);
        Assert.Equal(["draw=/cli.ts", "draw-all=/tools/all.js"], npm.Bin.Select(Text));
        Assert.Equal([new PackageExport("./style.css", "./css/style.css")], npm.Exports);
        Assert.Equal(["./setup.ts", "**/*.css"], npm.SideEffects);
        Assert.Equal(["node=>=20", "npm=*"], npm.Engines.Select(Text));
        Assert.Equal(["react=^18 || ^19", "@jsr/std__path=^1.0.0", "@types/react=*"], npm.PeerDependencies.Select(Text));
        Assert.Equal(["react"], npm.OptionalPeers);
        Assert.Equal(["fsevents=next"], npm.OptionalDependencies.Select(Text));
    }

    [Fact]
    public void Without_the_member_nothing_is_set() => Assert.Equivalent(new NpmSettings(), ReadFile(""), strict: true);

    [Fact]
    public void A_path_alone_is_a_command_with_the_name_of_the_package() => Assert.Equal(["pkg=/cli.ts"], Read("""{ "bin": "./cli.ts" }""").Bin.Select(Text));

    // What npm's own `npm pkg fix` makes of them.
    [Theory]
    [InlineData("github:o/r", "git+https://github.com/o/r.git")]
    [InlineData("o/r", "git+https://github.com/o/r.git")]
    [InlineData("gitlab:o/r", "git+https://gitlab.com/o/r.git")]
    [InlineData("bitbucket:o/r", "git+https://bitbucket.org/o/r.git")]
    [InlineData("https://github.com/o/r", "git+https://github.com/o/r.git")]
    [InlineData("https://github.com/o/r.git", "git+https://github.com/o/r.git")]
    [InlineData("git+https://github.com/o/r.git", "git+https://github.com/o/r.git")]
    [InlineData("https://git.example.com/o/r.git", "https://git.example.com/o/r.git")]
    [InlineData("ssh://git@example.com/o/r.git", "ssh://git@example.com/o/r.git")]
    public void A_repository_may_be_one_string(string written, string address) => Assert.Equal(new NpmRepository("git", address, null), Read($$"""{ "repository": "{{written}}" }""").Repository);

    [Theory]
    [InlineData("true", null)]
    [InlineData("false", "")]
    [InlineData("[]", "")]
    [InlineData("[\"a.ts\"]", "a.ts")]
    public void Side_effects_are_unknown_none_or_named(string value, string? expected) =>
        Assert.Equal(expected, Read($$"""{ "sideEffects": {{value}} }""").SideEffects is { } files ? string.Join(',', files) : null);

    [Theory]
    [InlineData("\"description\": \"Outside\",", "Outside")]
    [InlineData("\"description\": \"Outside\", \"npm\": {},", "Outside")]
    [InlineData("\"description\": \"Outside\", \"npm\": { \"description\": \"Inside\" },", "Inside")]
    [InlineData("\"description\": { \"of\": \"another tool\" },", null)]
    [InlineData("\"description\": \" \",", null)]
    public void A_description_outside_serves_when_there_is_none_inside(string members, string? expected) => Assert.Equal(expected, ReadFile(members).Description);

    // The column is that of the value, or of the name where the name is wrong.
    [Theory]
    [InlineData("5", 13, "\"npm\" must be an object, not a number")]
    [InlineData("{ \"description\": 5 }", 30, "\"description\" in \"npm\" must be a string, not a number")]
    [InlineData("{ \"keywords\": \"a\" }", 27, "must be an array of strings, not a string")]
    [InlineData("{ \"keywords\": [\"a\", 1] }", 33, "must be a string, not a number")]
    [InlineData("{ \"keywords\": [\"\"] }", 28, "must have 1 to 4096 characters")]
    [InlineData("{ \"homepage\": \"javascript:alert(1)\" }", 27, "must be an http or https address")]
    [InlineData("{ \"repository\": {} }", 29, "needs a \"url\"")]
    [InlineData("{ \"repository\": \"somewhere\" }", 29, "must be an address")]
    [InlineData("{ \"repository\": [] }", 29, "must be a string or an object, not an array")]
    [InlineData("{ \"bin\": [] }", 22, "must be an object, not an array")]
    [InlineData("{ \"bin\": \"cli.ts\" }", 22, "such as \"./cli.ts\"")]
    [InlineData("{ \"bin\": { \"x\": \"./../x.ts\" } }", 29, "such as \"./cli.ts\"")]
    [InlineData("{ \"bin\": { \"../x\": \"./x.ts\" } }", 24, "is no name for a command")]
    [InlineData("{ \"bin\": { \".x\": \"./x.ts\" } }", 24, "is no name for a command")]
    [InlineData("{ \"exports\": { \"x\": \"./x.css\" } }", 28, "must start with \"./\"")]
    [InlineData("{ \"exports\": { \"./x\": \"./x.ts\" } }", 35, "names a module")]
    [InlineData("{ \"sideEffects\": \"x\" }", 30, "must be a boolean or an array of strings")]
    [InlineData("{ \"engines\": { \"node\": \"new\" } }", 36, "'new' is not a version range")]
    [InlineData("{ \"peerDependencies\": { \"a@1\": \"1\" } }", 37, "is not the name of a package")]
    [InlineData("{ \"peerDependencies\": { \"../a\": \"1\" } }", 37, "is not the name of a package")]
    [InlineData("{ \"peerDependencies\": { \"a\": \"file:../a\" } }", 42, "neither a version range nor a tag")]
    [InlineData("{ \"peerDependencies\": { \"a\": \"git+ssh://h/r\" } }", 42, "neither a version range nor a tag")]
    [InlineData("{ \"peerDependencies\": { \"a\": 1 } }", 42, "must be a string, not a number")]
    [InlineData("{ \"peerDependencies\": { \"jsr:@std/path\": \"1\", \"@jsr/std__path\": \"1\" } }", 59, "stands twice")]
    [InlineData("{ \"peerDependencies\": { \"a\": \"1\" }, \"optionalDependencies\": { \"a\": \"1\" } }", 73, "Remove one of the two")]
    [InlineData("{ \"peerDependenciesMeta\": { \"a\": { \"optional\": true } } }", 41, "not in \"peerDependencies\"")]
    [InlineData("{ \"peerDependencies\": { \"a\": \"1\" }, \"peerDependenciesMeta\": { \"a\": { \"optional\": 1 } } }", 80, "must be an object such as")]
    public void A_known_member_of_the_wrong_kind_is_an_error_with_its_place(string npm, int column, string message)
    {
        var error = FailFile($"\"npm\":      {npm},");

        Assert.Equal(PublishErrorCodes.InvalidConfigFile, error.Code);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains($"at /deno.json:2:{column}\n", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_have_an_end()
    {
        var many = string.Join(',', Enumerable.Range(0, 1001).Select(i => $"\"a{i}\": \"1\""));

        Assert.Contains("more than 1000 entries", FailFile($"\"npm\": {{ \"peerDependencies\": {{ {many} }} }},").Message, StringComparison.Ordinal);
        Assert.Contains("1 to 4096", FailFile($"\"npm\": {{ \"description\": \"{new string('x', 4097)}\" }},").Message, StringComparison.Ordinal);
    }

    private static string Text(KeyValuePair<string, string> pair) => $"{pair.Key}={pair.Value}";

    private static NpmSettings Read(string npm) => ReadFile($"\"npm\": {npm},");

    private static NpmSettings ReadFile(string members)
    {
        Assert.True(Parse(members, out var configuration, out var error), error?.Message);
        return configuration!.Npm;
    }

    private static PublishError FailFile(string members)
    {
        Assert.False(Parse(members, out _, out var error));
        return error!;
    }

    private static bool Parse(string members, out PackageConfiguration? configuration, out PublishError? error) => PackageConfiguration.TryRead(
        PackagePath.Parse("/deno.json"),
        Encoding.UTF8.GetBytes("{\n" + members + "\n\"name\": \"@sc/pkg\", \"exports\": \"./mod.ts\"\n}"),
        PackageReference.Parse("@sc/pkg"),
        PackageVersion.Parse("1.0.0"),
        out configuration,
        out error);
}
