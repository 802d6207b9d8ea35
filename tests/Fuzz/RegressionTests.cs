using Kiln.Fuzz.Targets;
using Kiln.Tooling;

namespace Kiln.Fuzz;

/// <summary>What fuzzing found, and the seeds it starts from, through all targets.</summary>
public sealed class RegressionTests
{
    private static readonly string Folder = Path.Combine(ToolPaths.Root, "tests", "Fuzz");

    public static TheoryData<string, string> Inputs
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var folder in (string[])["Seeds", "Regressions"])
            {
                foreach (var file in Directory.GetFiles(Path.Combine(Folder, folder)).Order(StringComparer.Ordinal))
                {
                    foreach (var target in FuzzTarget.Names)
                    {
                        data.Add(target, folder + "/" + Path.GetFileName(file));
                    }
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Inputs))]
    public void Known_inputs_hold(string target, string file) => FuzzTarget.Find(target)(FuzzText.Decode(File.ReadAllBytes(Path.Combine(Folder, file))));
}
