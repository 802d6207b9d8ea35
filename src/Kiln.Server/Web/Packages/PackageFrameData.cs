using Kiln.Registry.Catalog;

namespace Kiln.Server.Web.Packages;

/// <summary>What stands around every page of a package.</summary>
public sealed record PackageFrameData(PackageAddress Address, PackageView View, PackageTab Tab)
{
    /// <summary>Classes that hide the commands of tools whose runtime the package does not work in.</summary>
    public string RuntimeClasses => string.Join(' ', View.Package.IncompatibleRuntimes.Select(r => $"doc-no-{r}"));
}
