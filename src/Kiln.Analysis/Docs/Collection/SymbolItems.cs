namespace Kiln.Analysis.Docs.Collection;

/// <summary>The declarations of one symbol.</summary>
/// <param name="Main">What it is declared as, in source order.</param>
/// <param name="Properties">The namespace of properties that are assigned to a function, for the name that it is shown under; null without any.</param>
internal sealed record SymbolItems(IReadOnlyList<DocItem> Main, Func<string, NamespaceItem>? Properties)
{
    public static readonly SymbolItems None = new([], null);

    /// <summary>All of them: properties right behind the function.</summary>
    public IEnumerable<DocItem> Under(string name)
    {
        var properties = Properties;
        foreach (var item in Main)
        {
            if (item is NamespaceItem && properties is not null)
            {
                yield return properties(name);
                properties = null;
            }

            yield return item;
        }

        if (properties is not null)
        {
            yield return properties(name);
        }
    }
}
