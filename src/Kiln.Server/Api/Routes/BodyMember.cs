namespace Kiln.Server.Api.Routes;

/// <param name="Type">A type whose JSON is the member's.</param>
/// <param name="IsRequired">Neither absent nor null. In a union every member is optional and may say so.</param>
internal sealed record BodyMember(string Name, Type Type, bool IsRequired = true)
{
    public static BodyMember Text(string name) => new(name, typeof(string));

    public static BodyMember Flag(string name) => new(name, typeof(bool));

    public static BodyMember Number(string name) => new(name, typeof(int));

    public static BodyMember Id(string name) => new(name, typeof(Guid));

    public static BodyMember Optional<T>(string name) => new(name, typeof(T), IsRequired: false);
}
