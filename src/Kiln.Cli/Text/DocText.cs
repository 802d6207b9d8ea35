using System.Text;
using Kiln.Analysis.Docs.Model;
using Kiln.Analysis.Docs.Text;
using Kiln.TypeScript.JsDoc;

namespace Kiln.Cli;

/// <summary>
/// Documentation for a terminal: for each declaration where it stands, its signature, its comment, its members. What the sources say is shown without anything that a
/// terminal would obey.
/// </summary>
/// <param name="placeOf">Shows a location.</param>
internal sealed class DocText(StringBuilder output, Style style, Func<DocLocation, string> placeOf)
{
    private const int Indent = 2;

    /// <param name="withTitle">There are others.</param>
    public void WriteModule(DocModule module, bool withTitle)
    {
        if (withTitle)
        {
            var place = placeOf(new DocLocation(module.Specifier, 0, 0, 0));
            Line(0, $"{style.Note}{Shown(place[..^":1:1".Length])}{style.End}");
            output.Append('\n');
        }

        if (module.Comment is { } comment)
        {
            WriteComment(comment, 0);
            output.Append('\n');
        }

        foreach (var symbol in Ordered(module.Symbols))
        {
            WriteDeclarations(symbol.Name, symbol.Declarations);
        }
    }

    /// <summary>The symbol or member that a path of names leads to. False when there is none.</summary>
    public bool WriteSymbol(DocModule module, ReadOnlySpan<string> path)
    {
        IReadOnlyList<DocSymbol> symbols = module.Symbols;
        for (var i = 0; i < path.Length; i++)
        {
            var name = path[i];
            var symbol = symbols.FirstOrDefault(s => s.Name == name);
            if (symbol is null)
            {
                return false;
            }

            if (i == path.Length - 1)
            {
                WriteDeclarations(symbol.Name, symbol.Declarations);
                return true;
            }

            if (i == path.Length - 2 || (i == path.Length - 3 && path[i + 1] == "prototype"))
            {
                var before = output.Length;
                foreach (var declaration in symbol.Declarations)
                {
                    WriteMembers(declaration.Definition, 0, path[^1]);
                }

                if (output.Length > before)
                {
                    output.Append('\n');
                    return true;
                }
            }

            symbols = [.. symbol.Declarations.SelectMany(d => d.Definition is DocNamespace inner ? inner.Elements : [])];
        }

        return false;
    }

    /// <summary>Deprecated ones last; otherwise as the module has them.</summary>
    private static IEnumerable<DocSymbol> Ordered(IEnumerable<DocSymbol> symbols) => symbols.OrderBy(s => s.Declarations.All(d => d.Comment?.Has(JsDocTagKind.Deprecated) == true));

    private void WriteDeclarations(string name, IReadOnlyList<DocDeclaration> declarations)
    {
        for (var i = 0; i < declarations.Count; i++)
        {
            var declaration = declarations[i];
            if (IsImplementation(declarations, i))
            {
                continue;
            }

            Line(0, $"{style.Gutter}Defined in {Shown(placeOf(declaration.Location))}{style.End}");
            output.Append('\n');
            WriteDeclaration(name, declaration, 0);
            WriteComment(declaration.Comment, Indent);
            var before = output.Length;
            output.Append('\n');
            WriteMembers(declaration.Definition, Indent, only: null);
            if (output.Length > before + 1)
            {
                output.Append('\n');
            }
        }
    }

    /// <summary>A body behind signatures shows nothing that these do not.</summary>
    private static bool IsImplementation(IReadOnlyList<DocDeclaration> declarations, int index) =>
        index > 0 && declarations[index].Definition is DocFunction { HasBody: true } && declarations[index - 1].Definition is DocFunction { HasBody: false };

    private void WriteDeclaration(string name, DocDeclaration declaration, int indent)
    {
        var note = (declaration.Comment?.Has(JsDocTagKind.Deprecated) == true ? $"{style.Warning}deprecated{style.End} " : "")
            + (declaration.Comment?.Has(JsDocTagKind.Experimental) == true ? $"{style.Warning}experimental{style.End} " : "")
            + declaration.Visibility switch { DocVisibility.Private => $"{style.Gutter}private{style.End} ", DocVisibility.Declare => $"{style.Gutter}declare{style.End} ", _ => "" };
        var text = declaration.Definition is DocReference reference ? $"{name}, which is defined in {placeOf(reference.Target)}" : SignatureText.Of(name, declaration.Definition);
        Line(indent, $"{note}{style.Place}{Shown(text)}{style.End}");
    }

    private void WriteMembers(DocDefinition definition, int indent, string? only)
    {
        switch (definition)
        {
            case DocClass node:
                foreach (var member in only is null ? node.Constructors.Where((c, i) => i == 0 || !c.HasBody || node.Constructors[i - 1].HasBody) : [])
                {
                    WriteMember(SignatureText.Of(member), member.Comment, indent);
                }

                WriteAll(node.Properties.Where(p => p.Accessibility != DocAccessibility.Private && Is(p.Name)), SignatureText.Of, p => p.Comment, indent);
                WriteAll(only is null ? node.IndexSignatures : [], SignatureText.Of, p => p.Comment, indent);
                WriteAll(
                    node.Methods.Where((m, i) => m.Accessibility != DocAccessibility.Private && Is(m.Name) && !(i > 0 && m.Function.HasBody && node.Methods[i - 1] is { Function.HasBody: false, IsAbstract: false } before && before.Name == m.Name)),
                    SignatureText.Of,
                    m => m.Comment,
                    indent);
                break;
            case DocInterface node:
                WriteMembers(node.Members, indent, only);
                break;
            case DocTypeAlias { Type: DocTypeLiteral node } when only is not null:
                WriteMembers(node.Members, indent, only);
                break;
            case DocEnum node:
                WriteAll(node.Members.Where(m => Is(m.Name)), SignatureText.Of, m => m.Comment, indent);
                break;
            case DocNamespace node when only is null:
                foreach (var element in Ordered(node.Elements))
                {
                    for (var i = 0; i < element.Declarations.Length; i++)
                    {
                        if (!IsImplementation(element.Declarations, i))
                        {
                            WriteDeclaration(element.Name, element.Declarations[i], indent);
                            WriteComment(element.Declarations[i].Comment, indent + Indent);
                        }
                    }
                }

                break;
        }

        bool Is(string name) => only is null || name == only;
    }

    private void WriteMembers(DocTypeMembers members, int indent, string? only)
    {
        if (only is null)
        {
            WriteAll(members.Constructors, SignatureText.Of, m => m.Comment, indent);
            WriteAll(members.CallSignatures, SignatureText.Of, m => m.Comment, indent);
            WriteAll(members.IndexSignatures, SignatureText.Of, m => m.Comment, indent);
        }

        WriteAll(members.Properties.Where(m => only is null || m.Name == only), SignatureText.Of, m => m.Comment, indent);
        WriteAll(members.Methods.Where(m => only is null || m.Name == only), SignatureText.Of, m => m.Comment, indent);
    }

    private void WriteAll<T>(IEnumerable<T> members, Func<T, string> signature, Func<T, DocComment?> comment, int indent)
    {
        foreach (var member in members)
        {
            WriteMember(signature(member), comment(member), indent);
        }
    }

    private void WriteMember(string signature, DocComment? comment, int indent)
    {
        var note = comment?.Has(JsDocTagKind.Deprecated) == true ? $"{style.Warning}deprecated{style.End} " : "";
        Line(indent, note + Shown(signature));
        WriteComment(comment, indent + Indent);
    }

    private void WriteComment(DocComment? comment, int indent)
    {
        if (comment is null)
        {
            return;
        }

        WriteText(comment.Text, indent);
        foreach (var tag in comment.Tags)
        {
            if (tag.Kind == JsDocTagKind.Unsupported)
            {
                WriteText(tag.Text, indent);
                continue;
            }

            var head = new StringBuilder("@").Append(WordOf(tag.Kind));
            Append(head, tag.Type is null ? null : $"{{{TypeText.Of(tag.Type)}}}");
            Append(head, tag.Name is not null && (tag.IsOptional || tag.Default is not null) ? $"[{tag.Name}{(tag.Default is null ? "" : "=" + tag.Default)}]" : tag.Name ?? (tag.Default is null ? null : $"{{{tag.Default}}}"));
            Append(head, tag.Items.Length > 0 ? string.Join(", ", tag.Items) : tag.Kind == JsDocTagKind.Priority ? tag.Priority.ToString(System.Globalization.CultureInfo.InvariantCulture) : null);
            Line(indent, $"{style.Note}{Shown(head.ToString())}{style.End}");
            WriteText(tag.Text, indent + Indent);
        }
    }

    private static void Append(StringBuilder head, string? part)
    {
        if (part is not null)
        {
            head.Append(' ').Append(part);
        }
    }

    private static string WordOf(JsDocTagKind kind) => kind.ToString() is var name ? char.ToLowerInvariant(name[0]) + name[1..] : "";

    private void WriteText(string? text, int indent)
    {
        foreach (var line in (text ?? "").TrimEnd().Split('\n'))
        {
            if (text is not null)
            {
                Line(line.Length == 0 ? 0 : indent, Shown(line));
            }
        }
    }

    private void Line(int indent, string text) => output.Append(' ', indent).Append(text).Append('\n');

    private static string Shown(string text) => text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0 ? text : string.Create(text.Length, text, static (span, source) =>
    {
        for (var i = 0; i < source.Length; i++)
        {
            span[i] = source[i] == '\t' ? ' ' : Terminal.IsUnsafe(source[i]) ? '\uFFFD' : source[i];
        }
    });
}
