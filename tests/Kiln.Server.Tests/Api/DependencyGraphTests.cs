using System.Text.Json.Nodes;
using Kiln.Registry.Storage;

namespace Kiln.Server.Tests.Api;

/// <summary><c>GET …/dependencies/graph</c> (registry.md §2.2, §7): children first, ids in the order of the walk, no cycle, an answer in every case.</summary>
public sealed class DependencyGraphTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private static readonly Dictionary<string, string> Main = new() { ["."] = "./mod.ts" };

    [Fact]
    public async Task A_graph_goes_through_modules_and_packages_and_ends_at_cycles()
    {
        var (scope, owner) = await fixture.NewScopeAsync();
        await PublishAsync(owner, scope, "leaf", "1.0.0", new() { ["."] = "./mod.ts", ["./sub"] = "./sub.ts" }, ("mod.ts", "export const a: number = 1;\n"), ("sub.ts", "export { a as b } from \"./inner.ts\";\n"), ("inner.ts", "export const a: number = 2;\n"));
        await PublishAsync(owner, scope, "leaf", "1.1.0", Main, ("mod.ts", "export const a: number = 2;\n"));
        Assert.Equal(204, (await owner.PatchAsync($"scopes/{scope}/packages/leaf/versions/1.1.0", new { yanked = true })).Status);
        await PublishAsync(
            owner, scope, "top", "1.0.0", Main,
            ("mod.ts", $"import \"./one.ts\";\nimport \"jsr:@{scope}/leaf@^1.0.0\";\nimport \"jsr:@{scope}/leaf@1/sub\";\nimport \"npm:chalk@5\";\nimport \"node:fs\";\nimport data from \"./data.json\" with {{ type: \"json\" }};\nexport const all: unknown = data;\n"),
            ("one.ts", "import \"./two.ts\";\nexport const one: number = 1;\n"),
            ("two.ts", "import \"./one.ts\";\nimport \"./two.ts\";\nexport const two: number = 2;\n"),
            ("data.json", "{}"));

        var nodes = (await fixture.Anyone.GetAsync($"scopes/{scope}/packages/top/versions/1.0.0/dependencies/graph")).Json.AsArray();
        var names = nodes.ToDictionary(n => n!["id"]!.GetValue<int>(), NameOf);
        Assert.Equal(
            ["/two.ts", "/one.ts", $"{scope}/leaf@1.0.0 entrypoint .", $"{scope}/leaf@1.0.0 path /inner.ts", $"{scope}/leaf@1.0.0 entrypoint ./sub", "/data.json", "/mod.ts"],
            nodes.Select(NameOf));
        Assert.Equal(["/mod.ts", "/one.ts", "/two.ts", $"{scope}/leaf@1.0.0 entrypoint .", $"{scope}/leaf@1.0.0 entrypoint ./sub", $"{scope}/leaf@1.0.0 path /inner.ts", "/data.json"], Enumerable.Range(0, nodes.Count).Select(i => names[i]));
        Assert.Equal(["/one.ts", $"{scope}/leaf@1.0.0 entrypoint .", $"{scope}/leaf@1.0.0 entrypoint ./sub", "/data.json"], Children(nodes[^1]!, names));
        Assert.Empty(Children(nodes[0]!, names)); // back to /one.ts, and to itself
        Assert.Equal(("Json", 2), (nodes[5]!["mediaType"]!.GetValue<string>(), nodes[5]!["size"]!.GetValue<int>()));
        Assert.Equal("TypeScript", nodes[0]!["mediaType"]!.GetValue<string>());
        Assert.Equal(["id", "dependency", "children", "size", "mediaType"], nodes[0]!.AsObject().Select(m => m.Key));
    }

    [Fact]
    public async Task What_cannot_be_followed_is_a_node_that_says_why()
    {
        var (scope, owner) = await fixture.NewScopeAsync();
        await PublishAsync(owner, scope, "leaf", "1.0.0", Main, ("mod.ts", "export const a: number = 1;\n"));
        await PublishAsync(owner, scope, "top", "1.0.0", Main, ("mod.ts", $"export {{ a }} from \"jsr:@{scope}/leaf@1\";\n"));
        var staff = await ApiClient.PersonalAsync(fixture.Server, "staff-of-graphs", staff: true);
        Assert.Equal("deleteVersionHasDependents", (await staff.DeleteAsync($"scopes/{scope}/packages/leaf/versions/1.0.0")).Code);
        Assert.True(await fixture.Server.Store.DeleteAsync(ObjectKeys.VersionMeta(scope, "leaf", "1.0.0"), default)); // as if it were lost
        var nodes = (await fixture.Anyone.GetAsync($"scopes/{scope}/packages/top/versions/1.0.0/dependencies/graph")).Json.AsArray();
        Assert.Equal("error", nodes[0]!["dependency"]!["type"]!.GetValue<string>());
        Assert.Contains("leaf", nodes[0]!["dependency"]!["error"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(404, (await fixture.Anyone.GetAsync($"scopes/{scope}/packages/leaf/versions/1.0.0/dependencies/graph")).Status);
        foreach (var (version, status, code) in new[] { ("9.9.9", 404, "packageVersionNotFound"), ("latest", 400, "malformedRequest") })
        {
            var reply = await fixture.Anyone.GetAsync($"scopes/{scope}/packages/top/versions/{version}/dependencies/graph");
            Assert.Equal((status, code), (reply.Status, reply.Code));
        }
    }

    /// <summary>A chain as deep as a package can have it would overflow a walk that calls itself.</summary>
    [Fact]
    public async Task A_graph_that_is_too_large_is_cut_and_says_so()
    {
        const int Modules = 6_000;
        var (scope, owner) = await fixture.NewScopeAsync();
        await PublishAsync(owner, scope, "deep", "1.0.0", Main, ("mod.ts", "export const a: number = 1;\n"));

        // Written over what was published: a manifest like this one, from 6,000 real modules, would take the test a minute.
        var graph = new JsonObject();
        var manifest = new JsonObject { ["/mod.ts"] = new JsonObject { ["size"] = 1, ["checksum"] = "" } };
        for (var i = 0; i < Modules; i++)
        {
            manifest[$"/m{i}.ts"] = new JsonObject { ["size"] = 1, ["checksum"] = "" };
            graph[i == 0 ? "/mod.ts" : $"/m{i - 1}.ts"] = new JsonObject { ["dependencies"] = new JsonArray(new JsonObject { ["type"] = "static", ["kind"] = "import", ["specifier"] = $"./m{i}.ts" }) };
        }

        var document = new JsonObject { ["manifest"] = manifest, ["moduleGraph2"] = graph, ["exports"] = new JsonObject { ["."] = "./mod.ts" } };
        await fixture.Server.Store.ReplaceAsync(ObjectKeys.VersionMeta(scope, "deep", "1.0.0"), System.Text.Encoding.UTF8.GetBytes(document.ToJsonString()), default);
        var reply = await fixture.Anyone.GetAsync($"scopes/{scope}/packages/deep/versions/1.0.0/dependencies/graph");
        Assert.Equal(200, reply.Status);
        var nodes = reply.Json.AsArray();
        Assert.Equal(5_001, nodes.Count);
        Assert.Contains("cut", nodes[0]!["dependency"]!["error"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    private async Task PublishAsync(ApiClient owner, string scope, string package, string version, Dictionary<string, string> exports, params (string, string)[] files)
    {
        await owner.PostAsync($"scopes/{scope}/packages", new { package });
        await TestPackage.PublishAsync(fixture.Server, owner, scope, package, version, exports, files);
    }

    private static string NameOf(JsonNode? node) => node!["dependency"]!["type"]!.GetValue<string>() switch
    {
        "root" => node["dependency"]!["path"]!.GetValue<string>(),
        "jsr" => $"{node["dependency"]!["scope"]}/{node["dependency"]!["package"]}@{node["dependency"]!["version"]} {node["dependency"]!["entrypoint"]!["type"]} {node["dependency"]!["entrypoint"]!["value"]}",
        _ => node["dependency"]!["error"]!.GetValue<string>(),
    };

    private static string[] Children(JsonNode node, Dictionary<int, string> names) => [.. node["children"]!.AsArray().Select(c => names[c!.GetValue<int>()])];
}
