namespace Kiln.Analysis.Docs.Collection;

/// <summary>The declarations of one symbol.</summary>
/// <param name="Main">What it is declared as, in source order.</param>
/// <param name="Properties">The namespace of properties that are assigned to a function; null without any.</param>
internal sealed record SymbolItems(IReadOnlyList<DocItem> Main, NamespaceItem? Properties)
{
    public static readonly SymbolItems None = new([], null);

    public IEnumerable<DocItem> All => Properties is null ? Main : Main.Append(Properties);
}
