using System.Globalization;

namespace Kiln.Server.Commands;

/// <summary>The one way in which a command fails: one line on standard error, exit code 1.</summary>
internal static class SharedOptions
{
    public static string? Environment(string name) => System.Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    /// <summary>A number with its noun: <c>1 file</c>, <c>2 files</c>.</summary>
    public static string Counted(long count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

    public static int Fail(string problem)
    {
        Console.Error.WriteLine($"kiln: {problem}");
        return 1;
    }
}
