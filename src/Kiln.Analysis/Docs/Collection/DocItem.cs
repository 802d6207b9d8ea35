using Kiln.Analysis.Docs.Model;
using Kiln.Analysis.Symbols;

namespace Kiln.Analysis.Docs.Collection;

/// <summary>One declaration of a symbol before it is decided what is a reference: a definition, a namespace or a reference.</summary>
internal abstract class DocItem
{
    public required DocLocation Location { get; init; }
    public required DocVisibility Visibility { get; init; }

    public abstract DocComment? Comment { get; }
}

/// <summary>What a declaration defines. It is read when it is known to be shown, once.</summary>
internal sealed class DefinitionItem(CollectedModule module, Declaration declaration, string ownName, string shownName) : DocItem
{
    private DocDeclaration? built;
    private bool isBuilt;

    public CollectedModule Module => module;

    /// <summary>All declarations of its symbol, itself among them; null when it is alone.</summary>
    public SymbolItems? Symbol { get; set; }

    public override DocComment? Comment => built is not null ? built.Comment : module.Definitions.CommentOf(declaration, ownName);

    /// <summary>Null for what the reference does not define. Only <see cref="Build"/> may be called from several threads, one for each module.</summary>
    public DocDeclaration? Declaration
    {
        get
        {
            Build();
            return built;
        }
    }

    public void Build()
    {
        if (!isBuilt)
        {
            isBuilt = true;
            if (module.Definitions.Define(declaration, ownName, shownName) is { } definition)
            {
                built = new DocDeclaration { Location = Location, Visibility = Visibility, Comment = module.Definitions.CommentOf(declaration, ownName), Definition = definition };
            }
        }
    }
}

/// <summary>A definition that is made of data, not of syntax.</summary>
internal sealed class DataItem(DocDefinition definition) : DocItem
{
    public DocDefinition Definition => definition;

    public override DocComment? Comment => null;
}

/// <summary>A namespace, declared or made of a module.</summary>
internal sealed class NamespaceItem(Func<DocComment?> comment, Func<IReadOnlyList<DocEntry>> elements) : DocItem
{
    private IReadOnlyList<DocEntry>? known;

    public override DocComment? Comment => comment();

    /// <summary>The module whose exports these are; null for a namespace that is declared.</summary>
    public CollectedModule? Target { get; init; }

    /// <summary>As they are before it is decided what is a reference.</summary>
    public IReadOnlyList<DocEntry> Elements => known ??= elements();
}

/// <summary>A name for what is declared in another module.</summary>
internal sealed class ReferenceItem : DocItem
{
    public required DocLocation Target { get; init; }

    /// <summary>What takes its place when nothing shows the target elsewhere.</summary>
    public required IReadOnlyList<DocItem> Replacement { get; init; }

    /// <summary>The item whose comment it carries; null for a re-export, which has its own.</summary>
    public DocItem? Original { get; init; }

    /// <summary>Of a re-export.</summary>
    public DocComment? OwnComment { get; init; }

    /// <summary>What takes its place also takes that of the references before it and of all that stands behind it.</summary>
    public bool ReplacesRest { get; init; }

    /// <summary>The same with another target, and as one of several that are replaced together.</summary>
    public ReferenceItem To(DocLocation target) => new() { Location = Location, Visibility = Visibility, Target = target, Replacement = Replacement, OwnComment = OwnComment, ReplacesRest = true };

    public override DocComment? Comment => Original is null ? OwnComment : Original.Comment;
}
