using Kiln.Registry.Catalog;

namespace Kiln.Registry.Administration;

/// <summary>What staff asks a list for.</summary>
/// <param name="Text">Part of what is looked for, in any case; empty for everything.</param>
/// <param name="SortBy">A key of the list, perhaps after <c>!</c>; null for the usual order.</param>
public sealed record ListQuery(string Text, string? SortBy, PageRequest Page)
{
    /// <summary>A longer pattern is a way to keep the database busy.</summary>
    public const int MaxText = 200;

    internal ApiError? Problem() => Text.Length > MaxText || Text.Contains('\0', StringComparison.Ordinal)
        ? new ApiError(ApiErrors.MalformedRequest, $"'query' must have at most {MaxText} characters and none of them U+0000.")
        : null;
}
