using Kiln.Analysis.Emit;

namespace Kiln.Analysis.Tests.Emit;

/// <summary>Source in, JavaScript out, as written by hand in <c>Cases</c>.</summary>
public sealed class EmitCaseTests
{
    public static TheoryData<string, string> Cases(string part)
    {
        var data = new TheoryData<string, string>();
        foreach (var path in Directory.GetFiles(Path.Combine(CaseFile.Folder, "Cases"), "*.txt").Order(StringComparer.Ordinal))
        {
            foreach (var one in CaseFile.Read(path).Where(c => c.Parts.ContainsKey(part)))
            {
                data.Add(Path.GetFileNameWithoutExtension(path), one.Name);
            }
        }

        return data;
    }

    private static CaseFile.Case Find(string file, string name) =>
        CaseFile.Read(Path.Combine(CaseFile.Folder, "Cases", file + ".txt")).Single(c => c.Name == name);

    [Theory]
    [MemberData(nameof(Cases), "js")]
    public void Emits_what_the_case_says(string file, string name)
    {
        var one = Find(file, name);
        Assert.Equal(one.Parts["js"], CaseFile.Emit(one.Source, one.FileName).Code.TrimEnd());
    }

    [Theory]
    [MemberData(nameof(Cases), "verbatim")]
    public void Keeps_unmarked_imports_under_verbatim_module_syntax(string file, string name)
    {
        var one = Find(file, name);
        Assert.Equal(one.Parts["verbatim"], CaseFile.Emit(one.Source, one.FileName, new EmitOptions { VerbatimModuleSyntax = true }).Code.TrimEnd());
    }
}
