using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Kiln.Packages.Tests.Support;

/// <summary>Programs that tests use as judges. A missing one skips the test, and fails it where tools are promised.</summary>
internal static class Tools
{
    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);

    public static void Require(string program)
    {
        if (Find(program) is null)
        {
            Missing(program);
        }
    }

    [DoesNotReturn]
    public static void Missing(string what)
    {
        if (Environment.GetEnvironmentVariable("CI") is { Length: > 0 } || Environment.GetEnvironmentVariable("KILN_REQUIRE_TOOLS") is { Length: > 0 })
        {
            Assert.Fail($"{what}: not found, and this run requires it.");
        }

        Assert.Skip($"{what}: not found.");
        throw new InvalidOperationException("Unreachable.");
    }

    /// <summary>Runs a program to its end and gives its standard output; fails the test when it fails.</summary>
    public static async Task<string> RunAsync(string program, IEnumerable<string> arguments, string? input = null, string? folder = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            WorkingDirectory = folder ?? "",
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input ?? "");
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} exited with {process.ExitCode}: {await errors}");
        return await output;
    }
}
