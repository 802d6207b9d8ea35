using System.Collections.Immutable;
using Kiln.Analysis.Docs.Model;
using Kiln.Documentation.Html;
using Kiln.Documentation.Pages;
using Kiln.TypeScript.JsDoc;

namespace Kiln.Documentation.Symbols;

/// <summary>A name that users of the package can reach, with all that it stands for; what only refers to another place has its declarations from there.</summary>
internal sealed class SymbolNode(EntryNode entry, SymbolNode? parent, DocSymbol symbol)
{
    private SymbolMembers? members;
    private Dictionary<string, SymbolNode>? childrenByName;
    private TrustedHtml? summary;
    private HashSet<string>? files;

    public EntryNode Entry { get; } = entry;

    public SymbolNode? Parent { get; } = parent;

    public DocSymbol Symbol { get; } = symbol;

    public string Name => Symbol.Name;

    /// <summary><c>Ns.Name</c>.</summary>
    public string Path { get; } = parent is null ? symbol.Name : $"{parent.Path}.{symbol.Name}";

    /// <summary>Without what is not exported, and without the implementation behind overloads.</summary>
    public ImmutableArray<DocDeclaration> Declarations { get; set; } = [];

    /// <summary>Of namespaces; an alias of one shares those of the original.</summary>
    public List<SymbolNode> Children { get; set; } = [];

    /// <summary>Where its page is when it has none of its own: it is only another name for that.</summary>
    public SymbolNode? Alias { get; set; }

    public bool HasPage { get; set; }

    /// <summary>The symbol that links lead to; null where there is no page.</summary>
    public SymbolNode? Target => HasPage ? this : Alias is { HasPage: true } ? Alias : null;

    public DocPageKey Key => new(DocPageKind.Symbol, Entry.Point.Key, Path);

    /// <summary>In the order of listings, each once.</summary>
    public ImmutableArray<DocKind> Kinds { get; private set; } = [];

    /// <summary>The comment that speaks for it in listings: the first that says something.</summary>
    public DocComment? Comment { get; private set; }

    public bool IsInternal { get; private set; }

    public bool IsDeprecated { get; private set; }

    public int Priority { get; private set; }

    public string? Category { get; private set; }

    /// <summary>What people call it: a default export that has a name is shown with it.</summary>
    public string ShownName { get; private set; } = symbol.Name;

    /// <summary>The modules that declare it.</summary>
    public HashSet<string> Files => files ??= [.. Symbol.Declarations.Select(d => d.Location.FileName)];

    public SymbolMembers Members => members ??= SymbolMembers.Of(Declarations);

    /// <summary>The summary without links, which is the same on every page.</summary>
    public TrustedHtml Summary => summary ??= Comments.CommentText.Summary(Comment);

    public SymbolNode? Child(string name)
    {
        if (childrenByName is null)
        {
            childrenByName = new Dictionary<string, SymbolNode>(StringComparer.Ordinal);
            foreach (var child in Children)
            {
                childrenByName.TryAdd(child.Name, child);
            }
        }

        return childrenByName.GetValueOrDefault(name);
    }

    /// <summary>What follows from the declarations, once they are known.</summary>
    public void Complete()
    {
        Kinds = [.. Declarations.Select(d => d.Definition.Kind).Distinct().OrderBy(k => KindInfo.Of(k).Order)];
        Comment = Declarations.Select(d => d.Comment).FirstOrDefault(c => c?.Text is not null) ?? Declarations.Select(d => d.Comment).FirstOrDefault(c => c is not null);
        IsInternal = Declarations.All(d => d.Comment?.Has(JsDocTagKind.Internal) == true);
        IsDeprecated = Declarations.All(d => d.Comment?.Has(JsDocTagKind.Deprecated) == true);
        foreach (var tag in Declarations.Where(d => d.Comment is not null).SelectMany(d => d.Comment!.Tags))
        {
            if (tag.Kind == JsDocTagKind.Priority)
            {
                Priority = Math.Max(Priority, tag.Priority);
            }
            else if (tag.Kind == JsDocTagKind.Category && Category is null && !string.IsNullOrWhiteSpace(tag.Text))
            {
                Category = tag.Text.Trim();
            }
        }

        if (Symbol.IsDefault && DeclaredName(Declarations) is { } declared)
        {
            ShownName = declared;
        }
    }

    private static string? DeclaredName(ImmutableArray<DocDeclaration> declarations) => declarations.Select(d => DeclaredName(d.Definition)).FirstOrDefault(n => n is not null);

    /// <summary>The name that the file itself uses, where it differs from the exported one.</summary>
    public static string? DeclaredName(DocDefinition definition) => definition switch
    {
        DocFunction function => function.DeclaredName,
        DocClass cls => cls.DeclaredName,
        DocInterface @interface => @interface.DeclaredName,
        _ => null,
    };
}
