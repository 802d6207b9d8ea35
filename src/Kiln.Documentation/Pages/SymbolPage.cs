using System.Collections.Immutable;
using Kiln.Analysis.Docs.Model;
using Kiln.Documentation.Comments;
using Kiln.Documentation.Html;
using Kiln.Documentation.Links;
using Kiln.Documentation.Symbols;
using Kiln.Documentation.Types;
using Kiln.TypeScript.JsDoc;

namespace Kiln.Documentation.Pages;

/// <summary>The page of a symbol: a block for every kind that it is (docs.md §10.2).</summary>
internal sealed class SymbolPage
{
    /// <summary>From here on a list of all signatures comes first.</summary>
    private const int ManyOverloads = 3;

    private readonly PageContext page;
    private readonly SymbolNode node;
    private readonly int sectionLevel;

    private SymbolPage(PageContext page, SymbolNode node)
    {
        this.page = page;
        this.node = node;

        // Several blocks have headings of their own.
        sectionLevel = node.Kinds.Length > 1 ? 3 : 2;
    }

    public static void Render(PageContext page, SymbolNode node) => new SymbolPage(page, node).Render();

    private DocBody Body => page.Body;

    private void Render()
    {
        // The anchors of members are settled: every page that links to one has them.
        foreach (var member in node.Members.All)
        {
            page.Anchors.Add(member.Anchor);
        }

        foreach (var kind in node.Kinds)
        {
            var declarations = node.Declarations.Where(d => d.Definition.Kind == kind).ToImmutableArray();
            Block(kind, declarations);
        }
    }

    private void Block(DocKind kind, ImmutableArray<DocDeclaration> declarations)
    {
        var info = KindInfo.Of(kind);
        Body.Open($"<section class=\"doc-block {info.Css}\">", $"<section class=\"doc-block {info.Css}\">");
        Body.Add(Header(info, declarations));
        if (kind == DocKind.Function)
        {
            Functions(declarations);
        }
        else
        {
            for (var i = 0; i < declarations.Length; i++)
            {
                Declaration(declarations[i], isRepeated: i > 0);
            }
        }

        Body.Close("</section>");
    }

    private HtmlWriter Header(KindInfo info, ImmutableArray<DocDeclaration> declarations)
    {
        var isFirst = Body.IsFirstBlock;
        var html = new HtmlWriter().Raw("<header class=\"doc-head\">");
        var level = isFirst ? 1 : 2;
        html.Raw("<h").Number(level).Raw(level == 1 ? " class=\"doc-title\">" : " class=\"doc-title doc-title-more\">").Kind(info).Raw(" <span class=\"doc-title-kind\">").Raw(info.Title.ToLowerInvariant())
            .Raw("</span> <span class=\"doc-name\">").Text(Names.Shown(node.Parent is null ? node.ShownName : node.Path)).Raw("</span></h").Number(level).Raw(">");
        Pills(html, declarations);
        return html.Raw("</header>");
    }

    private static void Pills(HtmlWriter html, ImmutableArray<DocDeclaration> declarations)
    {
        var tags = declarations.Where(d => d.Comment is not null).SelectMany(d => d.Comment!.Tags).ToList();
        if (declarations.All(d => d.Comment?.Has(JsDocTagKind.Deprecated) == true))
        {
            html.Pill("deprecated", "deprecated");
        }

        if (tags.Any(t => t.Kind == JsDocTagKind.Experimental))
        {
            html.Pill("unstable", "unstable");
        }

        if (tags.Any(t => t.Kind == JsDocTagKind.Internal))
        {
            html.Pill("internal", "internal");
        }

        foreach (var item in tags.Where(t => t.Kind == JsDocTagKind.Tags).SelectMany(t => t.Items).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(20))
        {
            if (item is not ("unstable" or "internal"))
            {
                html.Pill(Names.Shown(item), item.StartsWith("allow-", StringComparison.Ordinal) ? "permission" : "");
            }
        }
    }

    // Functions: one block for every overload.
    private void Functions(ImmutableArray<DocDeclaration> declarations)
    {
        var prefix = $"function_{node.Path}";
        if (declarations.Length == 1)
        {
            Function(declarations[0], page.Anchors.Add($"{prefix}_0"), null, sectionLevel);
            return;
        }

        var ids = declarations.Select((_, i) => page.Anchors.Add($"{prefix}_{i}".Replace('.', '_'))).ToArray();
        if (declarations.Length >= ManyOverloads)
        {
            var html = new HtmlWriter().Raw("<ol class=\"doc-overloads\">");
            for (var i = 0; i < Math.Min(declarations.Length, 100); i++)
            {
                html.Raw("<li><a").Attribute("href", "#" + PageLinks.Fragment(ids[i])).Raw("><code>").Text(Short(declarations[i])).Raw("</code></a></li>");
            }

            Body.Add(html.Raw("</ol>"));
        }

        for (var i = 0; i < declarations.Length; i++)
        {
            page.AddToToc(new TocItem(1, $"Overload {i + 1}", ids[i]));
            Function(declarations[i], ids[i], i == 0 ? null : declarations[i - 1].Comment, Math.Min(sectionLevel + 1, 4), i + 1);
        }
    }

    private string Short(DocDeclaration declaration)
    {
        var text = new TypePrinter(new NoLinks()).Declaration(node.Name, declaration.Definition).Layout.ToPlainText();
        var line = string.Join(' ', text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
        return line.Length > 140 ? line[..140] + "…" : line;
    }

    private void Function(DocDeclaration declaration, string id, DocComment? previous, int level, int overload = 0)
    {
        var function = (DocFunction)declaration.Definition;
        var scope = Scope(declaration);
        var typeParameters = TypeParameterAnchors(function.TypeParameters, id);
        var links = page.Links.For(scope, typeParameters);
        var comments = new CommentRenderer(page, scope, level);
        var prefix = overload == 0 ? "" : id + "_";

        Body.Open($"<div class=\"doc-overload\" id=\"{id}\">", "<div class=\"doc-overload\">");
        var html = new HtmlWriter();
        if (overload > 0)
        {
            html.Raw("<h").Number(level - 1).Raw(" class=\"doc-overload-number\">Overload ").Number(overload).Raw(" ").Anchor(id, $"overload {overload}").Raw("</h").Number(level - 1).Raw(">");
        }

        SignatureBlock(html, declaration, links);
        comments.Deprecation(html, declaration.Comment);

        // Generated code repeats the text on every overload.
        var isRepeated = previous is not null && previous.Text == declaration.Comment?.Text;
        if (!isRepeated)
        {
            AddHeadings(comments.Body(html, declaration.Comment));
        }

        CommentRenderer.Facts(html, declaration.Comment);
        Body.Add(html, id, overload == 0 ? node.Name : $"Overload {overload}");
        if (!isRepeated)
        {
            Examples(comments, declaration.Comment, prefix, level);
        }

        TypeParameterSection(comments, declaration.Comment, function.TypeParameters, typeParameters, links, prefix, level);
        ParameterSection(comments, declaration.Comment, function.Parameters, links, id, prefix, level);
        ReturnSection(comments, declaration.Comment, function.ReturnType, links, id, prefix, level);
        TagSection(comments, declaration.Comment, JsDocTagKind.Throws, "Throws", links, id, prefix, level);
        SeeSection(comments, declaration.Comment, prefix, level);
        Body.Close("</div>");
    }

    // All other kinds.
    private void Declaration(DocDeclaration declaration, bool isRepeated)
    {
        var scope = Scope(declaration);
        var parameters = TypeParametersOf(declaration.Definition);
        var typeParameters = TypeParameterAnchors(parameters, null);
        var links = page.Links.For(scope, typeParameters);
        var comments = new CommentRenderer(page, scope, sectionLevel);
        var html = new HtmlWriter();
        if (isRepeated)
        {
            html.Raw("<hr class=\"doc-rule\">");
        }

        if (declaration.Definition is not DocNamespace)
        {
            SignatureBlock(html, declaration, links);
        }

        comments.Deprecation(html, declaration.Comment);
        AddHeadings(comments.Body(html, declaration.Comment));
        CommentRenderer.Facts(html, declaration.Comment);
        Body.Add(html);
        Examples(comments, declaration.Comment, "", sectionLevel);
        if (declaration.Definition is not (DocClass or DocInterface))
        {
            TypeParameterSection(comments, declaration.Comment, parameters, typeParameters, links, "", sectionLevel);
        }

        if (declaration.Definition is DocNamespace)
        {
            Listing.AddGroups(page, node.Children, sectionLevel);
        }
        else
        {
            new MemberSections(page, node, declaration, links, comments, sectionLevel).Add(() => TypeParameterSection(comments, declaration.Comment, parameters, typeParameters, links, "", sectionLevel));
        }

        SeeSection(comments, declaration.Comment, "", sectionLevel);
    }

    private void SignatureBlock(HtmlWriter html, DocDeclaration declaration, ITypeLinks links)
    {
        html.Raw("<div class=\"doc-signature\">").Code(Signature.Of(node.ShownName, declaration.Definition, links)).SourceLink(page.Links.Source(declaration.Location)).Raw("</div>");
        var decorators = declaration.Definition switch { DocClass cls => cls.Decorators, DocFunction function => function.Decorators, _ => [] };
        if (!decorators.IsEmpty)
        {
            html.Raw("<p class=\"doc-fact\">Decorated with");
            foreach (var decorator in decorators.Take(20))
            {
                html.Raw(" <code>@").Text(Names.Shown(decorator.Name)).Raw("</code>");
            }

            html.Raw("</p>");
        }
    }

    private void AddHeadings(IReadOnlyList<Markdown.MarkdownHeading> headings)
    {
        foreach (var heading in headings)
        {
            page.AddToToc(new TocItem(2, heading.Text, heading.Id));
        }
    }

    private void Section(string prefix, string id, string title, int level)
    {
        var anchor = page.Anchors.Add(prefix + id);
        page.AddToToc(new TocItem(prefix.Length == 0 ? 1 : 2, title, anchor));
        Body.Add(new HtmlWriter().Heading(level, anchor, title), anchor, title);
    }

    private void Examples(CommentRenderer comments, DocComment? comment, string prefix, int level)
    {
        var isFirst = true;
        foreach (var (id, title, html) in comments.Examples(comment))
        {
            if (isFirst)
            {
                Section(prefix, "examples", "Examples", level);
                isFirst = false;
            }

            page.AddToToc(new TocItem(2, title, id));
            Body.Add(html, id, title);
        }
    }

    private void TypeParameterSection(
        CommentRenderer comments, DocComment? comment, ImmutableArray<DocTypeParameter> parameters, Dictionary<string, string> anchors, ITypeLinks links, string prefix, int level)
    {
        if (parameters.IsEmpty)
        {
            return;
        }

        Section(prefix, "type-parameters", "Type Parameters", level);
        Body.Open("<div class=\"doc-fields\">", "<div class=\"doc-fields\">");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var parameter in parameters)
        {
            if (!seen.Add(parameter.Name))
            {
                continue;
            }

            var html = new HtmlWriter().Raw("<div class=\"doc-field\"").Attribute("id", anchors[parameter.Name]).Raw("><code class=\"doc-code\">")
                .Raw(new TypePrinter(links).SingleTypeParameter(parameter).Layout.ToHtml()).Raw("</code>");
            comments.Prose(html, CommentRenderer.TypeParameter(comment, parameter.Name)?.Text);
            Body.Add(html.Raw("</div>"), anchors[parameter.Name], parameter.Name);
        }

        Body.Close("</div>");
    }

    private void ParameterSection(CommentRenderer comments, DocComment? comment, ImmutableArray<DocParameter> parameters, ITypeLinks links, string id, string prefix, int level)
    {
        if (parameters.IsEmpty)
        {
            return;
        }

        Section(prefix, "parameters", "Parameters", level);
        Body.Open("<div class=\"doc-fields\">", "<div class=\"doc-fields\">");
        for (var i = 0; i < parameters.Length; i++)
        {
            var parameter = parameters[i];
            var name = ParameterFields.NameOf(parameter);
            var anchor = page.Anchors.Add($"{id}_parameter_{name ?? $"{i}"}");
            var html = new HtmlWriter().Raw("<div class=\"doc-field\"").Attribute("id", anchor).Raw(">");
            ParameterFields.Write(html, comments, comment, parameter, links);
            Body.Add(html.Raw("</div>"), anchor, name ?? "parameter");
        }

        Body.Close("</div>");
    }

    private void ReturnSection(CommentRenderer comments, DocComment? comment, DocType? type, ITypeLinks links, string id, string prefix, int level)
    {
        var tag = comment?.Tags.FirstOrDefault(t => t.Kind == JsDocTagKind.Returns);
        if (type is null && string.IsNullOrWhiteSpace(tag?.Text))
        {
            return;
        }

        Section(prefix, "return-type", "Return Type", level);
        var anchor = page.Anchors.Add($"{id}_return");
        var html = new HtmlWriter().Raw("<div class=\"doc-fields\"><div class=\"doc-field\"").Attribute("id", anchor).Raw(">");
        if (type is not null)
        {
            html.Code(Signature.Of(type, links));
        }

        comments.Prose(html, tag?.Text);
        Body.Add(html.Raw("</div></div>"), anchor, "Return type");
    }

    private void TagSection(CommentRenderer comments, DocComment? comment, JsDocTagKind kind, string title, ITypeLinks links, string id, string prefix, int level)
    {
        var tags = CommentRenderer.Tags(comment, kind).Take(50).ToList();
        if (tags.Count == 0)
        {
            return;
        }

        Section(prefix, title.ToLowerInvariant(), title, level);
        var html = new HtmlWriter().Raw("<div class=\"doc-fields\">");
        for (var i = 0; i < tags.Count; i++)
        {
            html.Raw("<div class=\"doc-field\"").Attribute("id", page.Anchors.Add($"{id}_{title}_{i}")).Raw(">");
            if (tags[i].Type is { } type)
            {
                html.Raw("<code class=\"doc-code\">").Raw(Signature.Of(type, links)).Raw("</code>");
            }

            comments.Prose(html, tags[i].Text);
            html.Raw("</div>");
        }

        Body.Add(html.Raw("</div>"));
    }

    private void SeeSection(CommentRenderer comments, DocComment? comment, string prefix, int level)
    {
        var tags = CommentRenderer.Tags(comment, JsDocTagKind.See).Take(50).ToList();
        if (tags.Count == 0)
        {
            return;
        }

        Section(prefix, "see", "See", level);
        var html = new HtmlWriter().Raw("<ul class=\"doc-see\">");
        foreach (var tag in tags)
        {
            html.Raw("<li><div class=\"doc-prose\">").Raw(comments.Markdown(tag.Text ?? "").Html).Raw("</div></li>");
        }

        Body.Add(html.Raw("</ul>"));
    }

    private NameScope Scope(DocDeclaration declaration) => new(declaration.Location.FileName, node.Alias ?? node, node.Entry);

    private Dictionary<string, string> TypeParameterAnchors(ImmutableArray<DocTypeParameter> parameters, string? id)
    {
        var anchors = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var parameter in parameters)
        {
            if (!anchors.ContainsKey(parameter.Name))
            {
                anchors.Add(parameter.Name, page.Anchors.Add(id is null ? $"type_param_{parameter.Name}" : $"{id}_type_param_{parameter.Name}"));
            }
        }

        return anchors;
    }

    private static ImmutableArray<DocTypeParameter> TypeParametersOf(DocDefinition definition) => definition switch
    {
        DocClass cls => cls.TypeParameters,
        DocInterface @interface => @interface.TypeParameters,
        DocTypeAlias alias => alias.TypeParameters,
        _ => [],
    };

    private sealed class NoLinks : ITypeLinks
    {
        public string? Reference(DocTypeReference type) => null;

        public string? Name(string name) => null;

        public string? Import(string specifier, string? qualifier) => null;

        public string? TypeParameter(string name) => null;
    }
}
