namespace Kiln.Server.Api.Routes;

internal enum BodyRule
{
    /// <summary>All required members.</summary>
    All,
    ExactlyOne,
    AtLeastOne,
}
