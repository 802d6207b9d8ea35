namespace Kiln.Server.Api.Routes;

/// <summary>A query parameter of a route. What cannot be read means the default, unless the route says otherwise.</summary>
/// <param name="Type"><c>string</c>, <c>int</c> or <c>bool</c> (present or not).</param>
internal sealed record QueryParameter(string Name, string Meaning, Type Type, bool IsRequired = false)
{
    /// <summary><c>page</c> and <c>limit</c> (registry.md §2.1).</summary>
    public static IReadOnlyList<QueryParameter> Paging { get; } =
    [
        new("page", "The page, from 1.", typeof(int)),
        new("limit", "Items of a page, 1 to 100; 100 unless given.", typeof(int)),
    ];

    public static QueryParameter Text(string name, string meaning) => new(name, meaning, typeof(string));
}
