namespace Kiln.Server.Api.Routes;

/// <summary>The JSON object that a route takes. Handlers read only members that are declared; members that nobody declared are ignored (registry.md §2.1).</summary>
internal sealed record BodyShape(BodyRule Rule, IReadOnlyList<BodyMember> Members)
{
    public static BodyShape Of(params BodyMember[] members) => new(BodyRule.All, members);

    /// <summary>A union: exactly one key and no other (registry.md §11 no. 10).</summary>
    public static BodyShape OneOf(params BodyMember[] members) => new(BodyRule.ExactlyOne, members);

    public static BodyShape AnyOf(params BodyMember[] members) => new(BodyRule.AtLeastOne, members);

    public bool Has(string name) => Members.Any(m => m.Name == name);
}
