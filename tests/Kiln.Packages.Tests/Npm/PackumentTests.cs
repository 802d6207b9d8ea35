using System.Text;
using System.Text.Json;
using Kiln.Packages.Configuration;
using Kiln.Packages.Metadata;
using Kiln.Packages.Names;
using Kiln.Packages.Npm;
using Kiln.Packages.Versions;

namespace Kiln.Packages.Tests.Npm;

public sealed class PackumentTests
{
    private static readonly DateTimeOffset Created = new(2026, 2, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Updated = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Writes_the_full_document_of_the_protocol()
    {
        var json = Encoding.UTF8.GetString(Packument.Write(Package("Prints a <flag>", new LinkedRepository("o", "r"), ("1.0.1", false)), "http://h:1/npm/"));

        Assert.Equal(
            """
            {"name":"@jsr/luca__flag","description":"Prints a <flag>","repository":{"type":"git","url":"git+https://github.com/o/r.git"},
            "dist-tags":{"latest":"1.0.1"},"versions":{"1.0.1":{"name":"@jsr/luca__flag","version":"1.0.1","description":"Prints a <flag>",
            "repository":{"type":"git","url":"git+https://github.com/o/r.git"},"dist":{"tarball":"http://h:1/npm/@jsr/luca__flag/-/luca__flag-1.0.1.tgz",
            "shasum":"9f86d081","integrity":"sha512-abc=="},"dependencies":{"@jsr/std__path":"^1.0.0","chalk":"^5.3.0"}}},
            "time":{"created":"2026-02-01T12:00:00.000Z","modified":"2026-03-01T12:00:00.000Z","1.0.1":"2026-02-01T12:00:00.000Z"}}
            """.ReplaceLineEndings(""),
            json);
    }

    [Fact]
    public void Writes_the_short_document_for_installs()
    {
        var json = Encoding.UTF8.GetString(Packument.WriteAbbreviated(Package("x", new LinkedRepository("o", "r"), ("1.0.1", false)), "http://h:1/npm/"));

        Assert.Equal(
            """
            {"name":"@jsr/luca__flag","modified":"2026-03-01T12:00:00.000Z","dist-tags":{"latest":"1.0.1"},"versions":{"1.0.1":{"name":"@jsr/luca__flag","version":"1.0.1",
            "dist":{"tarball":"http://h:1/npm/@jsr/luca__flag/-/luca__flag-1.0.1.tgz","shasum":"9f86d081","integrity":"sha512-abc=="},
            "dependencies":{"@jsr/std__path":"^1.0.0","chalk":"^5.3.0"}}}}
            """.ReplaceLineEndings(""),
            json);
    }

    /// <summary>npm, pnpm, yarn and bun decide from this document what to install and link; from the tarball they take it too late or not at all.</summary>
    [Fact]
    public void Both_documents_say_what_an_install_acts_on()
    {
        var package = Package("", null) with
        {
            Versions =
            [
                new PackumentVersion(PackageVersion.Parse("1.0.0"), false, Created, "aa", "bb==", new NpmManifest
                {
                    Description = "From the source",
                    License = "MIT",
                    Keywords = ["k"],
                    Homepage = "http://h/",
                    Repository = new NpmRepository("git", "github:o/r", null),
                    Bin = [KeyValuePair.Create("x", "cli.js")],
                    Engines = [KeyValuePair.Create("node", ">=20")],
                    PeerDependencies = [KeyValuePair.Create("react", "^19")],
                    OptionalPeers = ["react"],
                    OptionalDependencies = [KeyValuePair.Create("o", "1")],
                }),
            ],
        };
        const string install = """
            "bin":{"x":"cli.js"},"engines":{"node":">=20"},"dependencies":{},"peerDependencies":{"react":"^19"},"peerDependenciesMeta":{"react":{"optional":true}},"optionalDependencies":{"o":"1"}}
            """;
        const string dist = """
            "dist":{"tarball":"http://h/npm/@jsr/luca__flag/-/luca__flag-1.0.0.tgz","shasum":"aa","integrity":"sha512-bb=="},
            """;

        using var full = JsonDocument.Parse(Packument.Write(package, "http://h/npm/"));
        using var abbreviated = JsonDocument.Parse(Packument.WriteAbbreviated(package, "http://h/npm/"));

        Assert.Equal(
            """{"name":"@jsr/luca__flag","version":"1.0.0","description":"From the source","repository":{"type":"git","url":"github:o/r"},"license":"MIT","keywords":["k"],"homepage":"http://h/",""" + dist.Trim() + install.Trim(),
            full.RootElement.GetProperty("versions").GetProperty("1.0.0").GetRawText());
        Assert.Equal("From the source", full.RootElement.GetProperty("description").GetString());
        Assert.Equal(
            """{"name":"@jsr/luca__flag","version":"1.0.0",""" + dist.Trim() + install.Trim(),
            abbreviated.RootElement.GetProperty("versions").GetProperty("1.0.0").GetRawText());
    }

    [Fact]
    public void Yanked_versions_are_left_out_everywhere_and_newest_stand_first()
    {
        using var json = Parse(("1.9.0", false), ("1.10.0", false), ("2.0.0", true), ("1.10.0-rc.1", false));

        Assert.Equal(["1.10.0", "1.10.0-rc.1", "1.9.0"], json.RootElement.GetProperty("versions").EnumerateObject().Select(p => p.Name));
        Assert.Equal(["created", "modified", "1.10.0", "1.10.0-rc.1", "1.9.0"], json.RootElement.GetProperty("time").EnumerateObject().Select(p => p.Name));
    }

    [Theory]
    [InlineData("1.10.0", "1.9.0", "1.10.0", "2.0.0-rc.1")]
    [InlineData("2.0.0-rc.10", "2.0.0-rc.9", "2.0.0-rc.10", "1.0.0-rc.1")]
    public void Latest_is_the_highest_stable_version_else_the_highest_prerelease(string latest, params string[] versions)
    {
        using var json = Parse([.. versions.Select(v => (v, false))]);

        Assert.Equal(latest, json.RootElement.GetProperty("dist-tags").GetProperty("latest").GetString());
    }

    [Fact]
    public void Without_versions_there_is_no_latest()
    {
        using var json = Parse(("1.0.0", true));

        Assert.Empty(json.RootElement.GetProperty("dist-tags").EnumerateObject());
        Assert.Empty(json.RootElement.GetProperty("versions").EnumerateObject());
    }

    private static JsonDocument Parse(params (string Version, bool Yanked)[] versions) => JsonDocument.Parse(Packument.Write(Package("", null, versions), "http://h/npm/"));

    private static PackumentPackage Package(string description, LinkedRepository? repository, params (string Version, bool Yanked)[] versions) =>
        new(
            PackageReference.Parse("@luca/flag"),
            description,
            repository,
            Created,
            Updated,
            [.. versions.Select(v => new PackumentVersion(
                PackageVersion.Parse(v.Version), v.Yanked, Created, "9F86D081", "abc==",
                new NpmManifest { Dependencies = [KeyValuePair.Create("@jsr/std__path", "^1.0.0"), KeyValuePair.Create("chalk", "^5.3.0")] }))]);
}
