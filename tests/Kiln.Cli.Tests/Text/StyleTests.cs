namespace Kiln.Cli.Tests.Text;

public sealed class StyleTests
{
    [Theory]
    [InlineData("auto", false, "", true)]
    [InlineData("auto", true, "", false)]
    [InlineData("auto", false, "TERM=dumb", false)]
    [InlineData("auto", false, "NO_COLOR=1", false)]
    [InlineData("auto", false, "NO_COLOR=", true)]
    [InlineData("auto", true, "FORCE_COLOR=1", true)]
    [InlineData("auto", false, "FORCE_COLOR=0", false)]
    [InlineData("auto", true, "CLICOLOR_FORCE=1", true)]
    [InlineData("auto", true, "NO_COLOR=1 FORCE_COLOR=1", false)]
    [InlineData("always", true, "NO_COLOR=1", true)]
    [InlineData("never", false, "FORCE_COLOR=1", false)]
    public void Follows_the_option_then_the_environment_then_the_terminal(string when, bool redirected, string environment, bool colored)
    {
        var variables = environment.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToDictionary(v => v[..v.IndexOf('=', StringComparison.Ordinal)], v => v[(v.IndexOf('=', StringComparison.Ordinal) + 1)..]);
        Assert.Equal(colored, Style.Choose(when, redirected, variables.GetValueOrDefault).Colored);
    }
}
