using System.Text;
using Kiln.Analysis.Docs.Json;

namespace Kiln.Analysis.Tests.Docs;

public sealed class DocCaseTests
{
    public static TheoryData<string, string> Cases()
    {
        var data = new TheoryData<string, string>();
        foreach (var one in DocCase.All())
        {
            data.Add(one.Area, one.Name);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Documents_as_deno_does(string area, string name)
    {
        var one = Assert.Single(DocCase.All(), c => c.Area == area && c.Name == name);
        Assert.Equal(one.Difference is null, one.Kiln is null);
        Assert.NotEqual(one.Deno, one.Kiln);
        var json = one.Document();
        Assert.Equal(Lines(one.Expected), Lines(json));
        Assert.Equal(json, DocCase.Write(DocJson.Read(Encoding.UTF8.GetBytes(json))));
    }

    /// <summary>A difference is easier to see on short lines.</summary>
    private static string Lines(string json) => json.Replace("{\"location\"", "\n{\"location\"", StringComparison.Ordinal).Replace("{\"name\"", "\n{\"name\"", StringComparison.Ordinal);
}
