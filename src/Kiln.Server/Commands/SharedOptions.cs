using System.CommandLine;
using Kiln.Server.Hosting;

namespace Kiln.Server.Commands;

/// <summary>Options that several commands have, and the one way in which a command fails: one line on standard error, exit code 1.</summary>
internal static class SharedOptions
{
    public static Option<string?> Data() => new("--data")
    {
        Description = $"The folder with everything the registry keeps [environment: KILN_DATA; default: {ServerOptions.DefaultDataDirectory}]",
        HelpName = "DIR",
    };

    public static string? Environment(string name) => System.Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    public static int Fail(string problem)
    {
        Console.Error.WriteLine($"kiln: {problem}");
        return 1;
    }
}
