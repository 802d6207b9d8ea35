using System.Text.Json;
using System.Text.Json.Nodes;
using Kiln.Tooling;

namespace Kiln.Analysis.Tests.Emit;

/// <summary>
/// Programs that print what they do: Kiln's JavaScript must print what TypeScript's does in Node, or what stands in the file where
/// TypeScript is known to be wrong.
/// </summary>
public sealed class BehaviourTests(BehaviourTests.Runs runs) : IClassFixture<BehaviourTests.Runs>
{
    public static TheoryData<string, string> Programs()
    {
        var data = new TheoryData<string, string>();
        foreach (var path in Directory.GetFiles(Path.Combine(CaseFile.Folder, "Behaviour"), "*.txt").Order(StringComparer.Ordinal))
        {
            foreach (var program in CaseFile.Read(path))
            {
                data.Add(Path.GetFileNameWithoutExtension(path), program.Name);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task Emitted_code_behaves_like_its_source(string file, string name)
    {
        var (actual, expected) = await runs.GetAsync(file, name);
        Assert.NotEqual("", expected);
        Assert.DoesNotContain("[error]", expected, StringComparison.Ordinal);
        Assert.Equal(expected, actual);
    }

    /// <summary>One Node process runs them all.</summary>
    public sealed class Runs
    {
        private readonly Lazy<Task<Dictionary<string, (string, string)>>> results = new(RunAsync);

        public async Task<(string Actual, string Expected)> GetAsync(string file, string name) => (await results.Value)[file + "/" + name];

        private static async Task<Dictionary<string, (string, string)>> RunAsync()
        {
            var node = ToolPaths.Node;
            var modules = ToolPaths.ClientModules;
            using var folder = new TemporaryFolder();
            var programs = new JsonArray();
            var expectations = new Dictionary<string, string?>(StringComparer.Ordinal);
            foreach (var path in Directory.GetFiles(Path.Combine(CaseFile.Folder, "Behaviour"), "*.txt"))
            {
                foreach (var program in CaseFile.Read(path))
                {
                    var name = Path.GetFileNameWithoutExtension(path) + "/" + program.Name;
                    expectations[name] = program.Parts.GetValueOrDefault("stdout");
                    programs.Add(new JsonObject
                    {
                        ["name"] = name,
                        ["fileName"] = program.FileName,
                        ["source"] = program.Parts.ContainsKey("stdout") ? null : program.Source,
                        ["code"] = CaseFile.Emit(program.Source, program.FileName).Code,
                    });
                }
            }

            var input = new JsonObject { ["modules"] = modules, ["folder"] = folder.FullPath, ["programs"] = programs };
            var run = await Child.RunAsync(node, [Path.Combine(CaseFile.Folder, "behaviour.mjs")], input: input.ToJsonString());
            var output = JsonDocument.Parse(run.MustSucceed().Output);
            return output.RootElement.EnumerateArray().ToDictionary(
                r => r.GetProperty("name").GetString()!,
                r =>
                {
                    var name = r.GetProperty("name").GetString()!;
                    return (r.GetProperty("kiln").GetString()!.TrimEnd('\n'), (expectations[name] ?? r.GetProperty("typescript").GetString()!).TrimEnd('\n'));
                },
                StringComparer.Ordinal);
        }
    }
}
