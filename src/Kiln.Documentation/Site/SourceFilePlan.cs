using System.Collections.Immutable;

namespace Kiln.Documentation.Site;

/// <summary>The pages of one source file: a large one has several.</summary>
/// <param name="Path">Of the first page.</param>
/// <param name="Starts">Of every page its first line, from 0. The first is 0.</param>
internal sealed record SourceFilePlan(string Path, ImmutableArray<int> Starts)
{
    private const string Ending = ".html";

    public string PathOf(int part) => part == 0 ? Path : $"{Path[..^Ending.Length]}=p{part + 1}{Ending}";

    /// <param name="line">From 0.</param>
    public string PartOf(int line)
    {
        var at = Starts.BinarySearch(line);
        return PathOf(at >= 0 ? at : Math.Max(0, ~at - 1));
    }
}
