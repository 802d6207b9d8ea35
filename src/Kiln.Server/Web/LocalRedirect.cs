namespace Kiln.Server.Web;

/// <summary>Where to go after signing in: a path of this site, whatever the link says (security.md B8).</summary>
internal static class LocalRedirect
{
    public static string Clean(string? target)
    {
        if (target is not { Length: > 0 and < 2000 } || target[0] != '/' || target.AsSpan().ContainsAny('\\', '#') || target.AsSpan().ContainsAnyInRange('\0', ' ') || target.Any(c => c > '~'))
        {
            return "/";
        }

        // "//host" is another origin; so is "/" + control character + "/", which is refused above.
        return target.Length > 1 && target[1] == '/' ? "/" : target;
    }
}
