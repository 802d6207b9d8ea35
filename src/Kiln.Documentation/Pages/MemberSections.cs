using Kiln.Analysis.Docs.Model;
using Kiln.Documentation.Comments;
using Kiln.Documentation.Html;
using Kiln.Documentation.Links;
using Kiln.Documentation.Symbols;
using Kiln.Documentation.Types;
using Kiln.TypeScript.JsDoc;

namespace Kiln.Documentation.Pages;

/// <summary>The sections of one declaration's members (docs.md §10.2), and below them what it inherits.</summary>
internal sealed class MemberSections(PageContext page, SymbolNode node, DocDeclaration declaration, ITypeLinks links, CommentRenderer comments, int level)
{
    /// <summary>Classes and interfaces have the type parameters behind the constructors, all others in front.</summary>
    private static readonly (MemberShape Shape, string Title)[] ClassOrder =
    [
        (MemberShape.Constructor, "Constructors"), (MemberShape.CallSignature, "Call Signatures"), (MemberShape.IndexSignature, "Index Signatures"),
        (MemberShape.EnumMember, "Members"), (MemberShape.StaticProperty, "Static Properties"), (MemberShape.StaticMethod, "Static Methods"),
        (MemberShape.Property, "Properties"), (MemberShape.Method, "Methods"),
    ];

    /// <summary>Interfaces of a class that are looked through for the comment of each of its members.</summary>
    private const int MaxImplemented = 32;

    /// <summary>Declarations of one name that say what they inherit; a name declared more often is no longer read by anybody.</summary>
    private const int MaxMerged = 50;

    private List<SymbolNode>? implemented;

    public void Add(Action typeParameters)
    {
        var members = MembersOfDeclaration();
        if (declaration.Definition is DocInterface)
        {
            typeParameters();
        }

        foreach (var (shape, title) in ClassOrder)
        {
            if (shape == MemberShape.CallSignature && declaration.Definition is DocClass)
            {
                typeParameters();
            }

            var section = members.Where(m => m.Shape == shape);
            AddSection(title, shape == MemberShape.EnumMember ? Ordered(section) : [.. section]);
        }

        if (declaration.Definition is DocClass or DocInterface && node.Declarations.IndexOf(declaration) < MaxMerged)
        {
            AddInherited();
        }
    }

    private List<MemberEntry> MembersOfDeclaration()
    {
        var at = node.Declarations.IndexOf(declaration);
        var all = node.Members.All;
        var starts = node.Members.Starts;
        return [.. all.Skip(starts[at]).Take((at + 1 < starts.Length ? starts[at + 1] : all.Count) - starts[at])];
    }

    /// <summary>docs.md §10.2: deprecated last, then by name.</summary>
    private static List<MemberEntry> Ordered(IEnumerable<MemberEntry> members) =>
        [.. members.OrderBy(m => m.IsDeprecated).ThenBy(m => m.Name, StringComparer.OrdinalIgnoreCase).ThenBy(m => m.Name, StringComparer.Ordinal)];

    private void AddSection(string title, List<MemberEntry> members)
    {
        if (members.Count == 0)
        {
            return;
        }

        var id = page.Anchors.Add(title);
        page.AddToToc(new TocItem(1, title, id));
        page.Body.Add(new HtmlWriter().Heading(level, id, title), id, title);
        page.Body.Open("<div class=\"doc-entries\">", "<div class=\"doc-entries\">");
        string? previous = null;
        var said = declaration.Comment;
        foreach (var member in members)
        {
            if (member.Label != previous)
            {
                page.AddToToc(new TocItem(2, member.Label, member.Anchor, member.IsDeprecated ? "doc-gone" : null));
            }

            previous = member.Label;
            page.Body.Add(Entry(member, isRepeated: IsRepeated(member.Comment, said)), member.Anchor, member.Label);
            said = member.Comment ?? said;
        }

        page.Body.Close("</div>");
    }

    /// <summary>Overloads often carry one text several times over, and a constant made of signatures that of its first.</summary>
    private static bool IsRepeated(DocComment? comment, DocComment? said) => comment?.Text is not null && comment.Text == said?.Text;

    private HtmlWriter Entry(MemberEntry member, bool isRepeated)
    {
        var kind = member.IsMethod || member.Shape is MemberShape.Constructor or MemberShape.CallSignature ? KindInfo.Method : KindInfo.Property;
        var html = new HtmlWriter().Raw("<div class=\"doc-entry ").Raw(kind.Css).Raw(member.IsDeprecated ? " doc-is-gone\"" : "\"").Attribute("id", member.Anchor).Raw("><div class=\"doc-entry-head\">")
            .Code(Signature.Of(member, links)).Raw("<span class=\"doc-entry-marks\">");
        Pills(html, member);
        html.Anchor(member.Anchor, member.Label).SourceLink(page.Links.Source(member.Location)).Raw("</span></div>");

        var comment = member.Comment ?? InheritedComment(member);
        var deeper = new CommentRenderer(page, comments.Scope, level + 1);
        deeper.Deprecation(html, comment);
        if (isRepeated)
        {
            return html.Raw("</div>");
        }

        deeper.Body(html, comment);
        CommentRenderer.Facts(html, comment);
        Details(html, deeper, member, comment);
        foreach (var (_, _, example) in deeper.Examples(comment, isOpen: false))
        {
            html.Raw(example.ToHtml());
        }

        return html.Raw("</div>");
    }

    private static void Pills(HtmlWriter html, MemberEntry member)
    {
        // What the signature says in words needs no second mark.
        if (member.IsWriteOnly)
        {
            html.Pill("writeonly");
        }

        if (member.IsOverride)
        {
            html.Pill("override");
        }

        if (member.IsDeprecated)
        {
            html.Pill("deprecated", "deprecated");
        }

        if (member.Comment?.Has(JsDocTagKind.Experimental) == true)
        {
            html.Pill("unstable", "unstable");
        }
    }

    /// <summary>Parameters, result, throws and see, as far as the comment speaks of them.</summary>
    private static void Details(HtmlWriter html, CommentRenderer comments, MemberEntry member, DocComment? comment)
    {
        if (comment is null)
        {
            return;
        }

        var tags = comment.Tags.Where(t => t.Kind is JsDocTagKind.Param or JsDocTagKind.Returns or JsDocTagKind.Throws or JsDocTagKind.See && !string.IsNullOrWhiteSpace(t.Text)).Take(60).ToList();
        if (tags.Count == 0 || (member.Shape == MemberShape.Property && tags.TrueForAll(t => t.Kind == JsDocTagKind.Param)))
        {
            return;
        }

        html.Raw("<dl class=\"doc-details\">");
        foreach (var tag in tags)
        {
            var term = tag.Kind switch { JsDocTagKind.Returns => "Returns", JsDocTagKind.Throws => "Throws", JsDocTagKind.See => "See", _ => null };
            html.Raw("<dt>");
            if (term is null)
            {
                html.Raw("<code>").Text(Names.Shown(tag.Name ?? "")).Raw("</code>");
            }
            else
            {
                html.Raw(term);
            }

            html.Raw("</dt><dd>");
            comments.Prose(html, tag.Text);
            html.Raw("</dd>");
        }

        html.Raw("</dl>");
    }

    /// <summary>An undocumented member of a class has the comment of the interface that the class implements (docs.md §10.2).</summary>
    private DocComment? InheritedComment(MemberEntry member)
    {
        if (declaration.Definition is not DocClass cls || member.Shape is not (MemberShape.Property or MemberShape.Method))
        {
            return null;
        }

        implemented ??= [.. cls.Implements.Take(MaxImplemented).Select(type => InheritedMembers.Resolve(page, type, comments.Scope)).OfType<SymbolNode>()];
        return implemented.Select(target => target.Members.Find("prototype." + member.Name)?.Comment).FirstOrDefault(comment => comment is not null);
    }

    private void AddInherited()
    {
        foreach (var (from, members) in InheritedMembers.Of(page, node, declaration, comments.Scope))
        {
            var name = from.ShownName;
            var id = page.Anchors.Add($"inherited_{from.Path}".Replace('.', '_'));
            page.AddToToc(new TocItem(1, $"From {Names.Shown(name)}", id));
            var html = new HtmlWriter().Raw("<section class=\"doc-inherited\"").Attribute("id", id).Raw("><h").Number(level).Raw(" class=\"doc-h doc-h-small\">Inherited from <a").Address("href", page.Links.Page(from.Key)).Raw("><code>")
                .Text(Names.Shown(name)).Raw("</code></a> ").Anchor(id, $"inherited from {name}").Raw("</h").Number(level).Raw("><ul class=\"doc-names\">");
            foreach (var member in members)
            {
                html.Raw(member.IsDeprecated ? "<li class=\"doc-gone\">" : "<li>").Raw("<a").Address("href", page.Links.Page(from.Key, member.Anchor)).Raw("><code>").Text(member.Label).Raw("</code></a></li>");
            }

            page.Body.Add(html.Raw("</ul></section>"), id, $"Inherited from {name}");
        }
    }
}
