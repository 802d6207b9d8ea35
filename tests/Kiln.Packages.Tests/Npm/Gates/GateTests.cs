using System.Text.Json;
using Kiln.Tooling;

namespace Kiln.Packages.Tests.Npm.Gates;

/// <summary>npm packages before the judges that their users have: TypeScript, arethetypeswrong, publint and Node.</summary>
public sealed class GateTests(GatePackages packages) : IClassFixture<GatePackages>
{
    /// <summary>
    /// What arethetypeswrong says of every package of ECMAScript modules and nothing else: <c>require()</c> of one is refused under <c>node16</c>. It works since Node 20.19
    /// and 22.12 and under TypeScript's <c>nodenext</c>; CommonJS beside the modules would give every package two instances of its state.
    /// </summary>
    private const string OnlyModules = "CJSResolvesToESM";

    /// <summary>They are not modules: no TypeScript resolver finds types for them, and none should.</summary>
    private static readonly string[] NotTyped = ["./style.css", "./words.txt", "./add.wasm"];

    public static TheoryData<string> Names { get; } = [.. GatePackages.Names];

    public static TheoryData<string> Resolutions { get; } = ["nodenext", "bundler", "node10"];

    private static string TypeScript => Path.Combine(ToolPaths.ClientModules, "typescript", "lib", "typescript.js");

    /// <summary>The judge of the expectations: TypeScript reads the sources themselves.</summary>
    [Fact]
    public async Task The_sources_accept_and_refuse_what_the_programs_say()
    {
        await packages.BuildAsync();
        var answer = await GatePackages.AskAsync("check-consumers.mjs", Question(GatePackages.Source));

        Compare(answer.GetProperty("sources"));
    }

    /// <summary>With <c>strict</c> and without <c>skipLibCheck</c>: no declaration file has an error, every accepted line is accepted, every other line refused for its reason.</summary>
    [Theory]
    [MemberData(nameof(Resolutions))]
    public async Task The_packages_accept_and_refuse_the_same(string resolution)
    {
        await packages.BuildAsync();
        var answer = await GatePackages.AskAsync("check-consumers.mjs", Question(null));

        Compare(answer.GetProperty(resolution));
    }

    [Fact]
    public async Task Judges_of_packages_find_no_problem()
    {
        await packages.BuildAsync();
        var answer = await GatePackages.AskAsync(
            "check-npm-packages.mjs",
            new { modules = ToolPaths.PackageModules, tarballs = GatePackages.Names.ToDictionary(name => name, name => Path.Combine(packages.FullPath, name + ".tgz")) });

        var problems = new List<string>();
        foreach (var package in answer.EnumerateObject())
        {
            Assert.NotEmpty(package.Value.GetProperty("entrypoints").EnumerateArray());
            problems.AddRange(Strings(package.Value, "lint").Select(text => $"{package.Name}: {text}"));
            problems.AddRange(Strings(package.Value, "types").Where(text => !IsAllowed(text)).Select(text => $"{package.Name}: {text}"));
        }

        Assert.Empty(problems);

        static bool IsAllowed(string problem) => problem.Split(' ') is [var kind, var entry, ..] && (kind == OnlyModules || (kind == "NoResolution" && NotTyped.Contains(entry)));
    }

    /// <summary>Names stand in the shipped source where the maps say, also behind specifiers that were rewritten on the same line.</summary>
    [Theory]
    [InlineData(".js.map")]
    [InlineData(".d.ts.map")]
    public async Task Every_map_leads_into_the_source_that_is_shipped(string ending)
    {
        await packages.BuildAsync();
        var folder = Path.Combine(packages.FullPath, "node_modules", "@jsr");
        var check = await Child.RunAsync(ToolPaths.Node, [Path.Combine(ToolPaths.Scripts, "check-source-maps.mjs"), folder, ending]);

        using var report = JsonDocument.Parse(check.MustSucceed().Output);
        Assert.Empty(Strings(report.RootElement, "problems"));
        Assert.Equal(Directory.GetFiles(folder, "*" + ending, SearchOption.AllDirectories).Length, report.RootElement.GetProperty("maps").GetInt32());
        Assert.InRange(report.RootElement.GetProperty("names").GetInt32(), 200, 10_000);
    }

    private object Question(string? sources) => new { typescript = TypeScript, folder = packages.FullPath, programs = GatePackages.Names.Select(name => name + ".ts"), sources };

    private static void Compare(JsonElement errors)
    {
        var elsewhere = errors.TryGetProperty("elsewhere", out var others) ? others.EnumerateArray().Select(e => e.GetString()).ToList() : [];
        Assert.Empty(elsewhere);
        foreach (var name in GatePackages.Names)
        {
            var expected = GatePackages.ExpectedErrors(name);
            Assert.NotEmpty(expected);
            Assert.Equal([.. expected.Select(e => $"{name} {e}")], Strings(errors, name + ".ts").Select(e => $"{name} {e}"));
        }
    }

    private static IEnumerable<string> Strings(JsonElement parent, string name) => parent.GetProperty(name).EnumerateArray().Select(e => e.GetString()!);
}
