namespace Kiln.Server.Web.Packages;

public enum PackageTab
{
    Overview,
    Documentation,
    Files,
    Versions,
    Dependencies,
    Dependents,
    Score,
}
