namespace Kiln.Cli;

/// <summary>Colours for a terminal, or nothing.</summary>
internal readonly record struct Style(bool Colored)
{
    public string Error => Colored ? "\e[1;31m" : "";
    public string Warning => Colored ? "\e[1;33m" : "";
    public string Note => Colored ? "\e[1;36m" : "";
    public string Place => Colored ? "\e[1m" : "";
    public string Added => Colored ? "\e[32m" : "";
    public string Gutter => Colored ? "\e[34m" : "";
    public string End => Colored ? "\e[0m" : "";

    /// <summary>
    /// What was asked for; else <c>NO_COLOR</c>, <c>FORCE_COLOR</c> and <c>CLICOLOR_FORCE</c>, in this order; else whether a terminal reads it that knows
    /// colours.
    /// </summary>
    /// <param name="when"><c>auto</c>, <c>always</c> or <c>never</c>.</param>
    /// <param name="redirected">The stream goes to a file or another program.</param>
    /// <param name="environment">Reads a variable.</param>
    public static Style Choose(string when, bool redirected, Func<string, string?> environment)
    {
        if (when != "auto")
        {
            return new Style(when == "always");
        }

        if (!string.IsNullOrEmpty(environment("NO_COLOR")))
        {
            return new Style(false);
        }

        foreach (var force in (string[])["FORCE_COLOR", "CLICOLOR_FORCE"])
        {
            if (environment(force) is { Length: > 0 } value)
            {
                return new Style(value is not ("0" or "false"));
            }
        }

        return new Style(!redirected && environment("TERM") != "dumb");
    }
}
