using Kiln.Analysis.Docs.Model;
using Kiln.Documentation.Markdown;
using Kiln.Documentation.Pages;
using Kiln.Documentation.Symbols;

namespace Kiln.Documentation.Links;

/// <summary>Finds the links of comments that lead nowhere, by the very rules that pages are made with (docs.md §10.6).</summary>
public static class BrokenLinks
{
    /// <summary>Whoever has more has them from a habit.</summary>
    private const int MaxFound = 1000;

    /// <summary>The first thousand, in the order of entry points and symbols, each once.</summary>
    public static IReadOnlyList<BrokenLink> Find(PackageDocs docs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(docs);
        var index = docs.Index(cancellationToken);
        var search = new Search(new NameResolver(index, new Anywhere()));
        foreach (var entry in index.Entries)
        {
            if (entry is { Module: { Comment: { } comment } module, SameAs: null })
            {
                search.Look(comment, new NameScope(module.Specifier, null, entry), new DocLocation(module.Specifier, 0, 0, 0), isModule: true);
            }
        }

        foreach (var symbol in index.Symbols)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (symbol.Alias is null)
            {
                foreach (var declaration in symbol.Declarations)
                {
                    search.Look(declaration, new NameScope(declaration.Location.FileName, symbol, symbol.Entry));
                }
            }
        }

        return search.Found;
    }

    private sealed class Search(NameResolver resolver)
    {
        private readonly HashSet<(string, DocLocation)> reported = [];

        public List<BrokenLink> Found { get; } = [];

        public void Look(DocDeclaration declaration, NameScope scope)
        {
            Look(declaration.Comment, scope, declaration.Location);
            switch (declaration.Definition)
            {
                case DocClass it:
                    LookAll(it.Constructors.Select(m => (m.Comment, m.Location)), scope);
                    LookAll(it.Properties.Select(m => (m.Comment, m.Location)), scope);
                    LookAll(it.Methods.Select(m => (m.Comment, m.Location)), scope);
                    LookAll(it.IndexSignatures.Select(m => (m.Comment, m.Location)), scope);
                    break;
                case DocInterface it:
                    Look(it.Members, scope);
                    break;
                case DocTypeAlias { Type: DocTypeLiteral it }:
                    Look(it.Members, scope);
                    break;
                case DocEnum it:
                    LookAll(it.Members.Select(m => (m.Comment, m.Location)), scope);
                    break;
            }
        }

        public void Look(DocComment? comment, NameScope scope, DocLocation location, bool isModule = false)
        {
            if (comment is null)
            {
                return;
            }

            Look(comment.Text, scope, location, isModule);
            foreach (var tag in comment.Tags)
            {
                Look(tag.Text, scope, location, isModule);
            }
        }

        private void Look(DocTypeMembers members, NameScope scope)
        {
            LookAll(members.Properties.Select(m => (m.Comment, m.Location)), scope);
            LookAll(members.Methods.Select(m => (m.Comment, m.Location)), scope);
            LookAll(members.CallSignatures.Select(m => (m.Comment, m.Location)), scope);
            LookAll(members.Constructors.Select(m => (m.Comment, m.Location)), scope);
            LookAll(members.IndexSignatures.Select(m => (m.Comment, m.Location)), scope);
        }

        private void LookAll(IEnumerable<(DocComment? Comment, DocLocation Location)> members, NameScope scope)
        {
            foreach (var (comment, location) in members)
            {
                Look(comment, scope, location);
            }
        }

        /// <summary>Few texts have a link; only those are parsed.</summary>
        private void Look(string? text, NameScope scope, DocLocation location, bool isModule)
        {
            if (text is null || Found.Count >= MaxFound || !text.Contains("{@link", StringComparison.Ordinal))
            {
                return;
            }

            MarkdownRenderer.Render(text, new MarkdownContext
            {
                MaximumLength = MarkdownLimits.Comment,
                ResolveSymbol = target =>
                {
                    if (resolver.Link(target, scope) is null && reported.Add((target, location)))
                    {
                        Found.Add(new BrokenLink(target, location, isModule));
                    }

                    return null;
                },
            });
        }
    }

    /// <summary>Where a link leads does not matter here, only whether it does.</summary>
    private sealed class Anywhere : DocAddresses
    {
        public override string Page(DocPageKey from, DocPageKey to) => "";

        public override string? Source(DocPageKey from, DocLocation location) => "";

        public override string? File(DocPageKey from, string path, bool isImage) => "";

        public override string? External(string specifier, string? exportedName) => "";
    }
}
