namespace Kiln.Registry.Jobs;

/// <summary>What a job is about, as text: <c>@scope/name</c> or <c>@scope/name@version</c>.</summary>
internal readonly record struct JobSubject(string Scope, string Name, string? Version)
{
    public static string Of(string scope, string name) => $"@{scope}/{name}";

    public static string Of(string scope, string name, string version) => $"@{scope}/{name}@{version}";

    public static JobSubject Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (text.Length < 4 || text[0] != '@' || slash < 2)
        {
            throw new FormatException($"'{text}' is no package.");
        }

        var at = text.IndexOf('@', slash);
        return new JobSubject(text[1..slash], at < 0 ? text[(slash + 1)..] : text[(slash + 1)..at], at < 0 ? null : text[(at + 1)..]);
    }
}
