namespace Kiln.Registry.Administration;

/// <summary>
/// The parameter <c>sortBy</c> of staff's lists (registry.md §2.1): <c>key</c> or <c>!key</c>. Times begin with the newest, everything else with the least; <c>!</c> turns it round; an unknown
/// key means the usual order. What comes out is made of constants only. Rows without a value are last in every order, which the engines decide differently.
/// </summary>
internal sealed class ListOrder(string usual, params (string Key, string Column, bool IsTime)[] keys)
{
    public string Sql(string? sortBy)
    {
        var inverted = sortBy is ['!', ..];
        var name = inverted ? sortBy![1..] : sortBy;
        foreach (var (key, column, isTime) in keys)
        {
            if (key == name)
            {
                return $"CASE WHEN {column} IS NULL THEN 1 ELSE 0 END, {column}{(isTime != inverted ? " DESC" : "")}, {usual}";
            }
        }

        return usual;
    }
}
