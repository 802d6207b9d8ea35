namespace Kiln.Server.Web.Packages;

/// <summary>Which package an address names, and whether it names a version: <c>/@scope/name</c>, <c>/@scope/name@1.0.0</c>.</summary>
/// <param name="Version">Null when the newest is meant.</param>
public sealed record PackageAddress(string Scope, string Name, string? Version)
{
    /// <summary>Of the package without a version.</summary>
    public string Path => $"/@{Scope}/{Name}";

    /// <summary>As it was asked for: pages link to each other from here.</summary>
    public string Base => Version is null ? Path : $"{Path}@{Uri.EscapeDataString(Version)}";

    /// <summary>Of the files of a version.</summary>
    public string Files(string version) => $"{Path}/{Uri.EscapeDataString(version)}";

    public static PackageAddress Of(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var package = (string?)context.Request.RouteValues["package"] ?? "";
        var at = package.IndexOf('@', StringComparison.Ordinal);
        return new PackageAddress((string?)context.Request.RouteValues["scope"] ?? "", at < 0 ? package : package[..at], at < 0 ? null : package[(at + 1)..]);
    }
}
