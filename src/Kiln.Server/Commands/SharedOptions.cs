namespace Kiln.Server.Commands;

/// <summary>The one way in which a command fails: one line on standard error, exit code 1.</summary>
internal static class SharedOptions
{
    public static string? Environment(string name) => System.Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    public static int Fail(string problem)
    {
        Console.Error.WriteLine($"kiln: {problem}");
        return 1;
    }
}
