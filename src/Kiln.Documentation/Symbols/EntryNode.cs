using Kiln.Analysis.Docs.Model;
using Kiln.Documentation.Pages;

namespace Kiln.Documentation.Symbols;

/// <summary>An entry point and what it offers.</summary>
internal sealed class EntryNode(DocEntryPoint point, DocModule? module, string packageName)
{
    private readonly Dictionary<string, SymbolNode> byName = new(StringComparer.Ordinal);

    public DocEntryPoint Point { get; } = point;

    /// <summary>Null where nothing is known of it: JSON, WebAssembly, a file that could not be read.</summary>
    public DocModule? Module { get; } = module;

    /// <summary>The same module is an earlier entry point: its symbols have their pages there.</summary>
    public EntryNode? SameAs { get; init; }

    /// <summary>What can be imported from it, in the order of the model.</summary>
    public List<SymbolNode> Symbols { get; } = [];

    public bool IsMain => Point.Key.Length == 0;

    public DocPageKey Key => new(DocPageKind.Entry, Point.Key);

    /// <summary>For people: <c>@scope/name/sub</c>.</summary>
    public string ImportSpecifier { get; } = point.Key.Length == 0 ? packageName : $"{packageName}/{point.Key}";

    /// <summary>For people: <c>./sub</c>.</summary>
    public string ShownLabel => IsMain ? "main" : "./" + Point.Key;

    public void Add(SymbolNode node)
    {
        Symbols.Add(node);
        byName.TryAdd(node.Name, node);
    }

    public SymbolNode? Find(string name) => byName.GetValueOrDefault(name);
}
