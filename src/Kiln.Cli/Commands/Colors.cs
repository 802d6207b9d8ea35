using System.CommandLine;

namespace Kiln.Cli.Commands;

/// <summary>The option that chooses colours; the same for every command that prints problems.</summary>
internal static class Colors
{
    private const string Automatic = "auto";

    public static Option<string> Option()
    {
        var option = new Option<string>("--color") { Description = "Colours: auto (on a terminal), always or never; NO_COLOR and FORCE_COLOR count too", DefaultValueFactory = _ => Automatic, HelpName = "WHEN" };
        option.AcceptOnlyFromAmong(Automatic, "always", "never");
        return option;
    }

    public static Style ForOutput(string when) => Style.Choose(when, Console.IsOutputRedirected, Environment.GetEnvironmentVariable);

    public static Style ForErrors(string when) => Style.Choose(when, Console.IsErrorRedirected, Environment.GetEnvironmentVariable);
}
