namespace Kiln.Server.Web.Packages;

public enum SourceKind
{
    Text,
    Binary,
    TooLarge,
}
