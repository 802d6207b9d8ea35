using Kiln.Analysis.Docs.Model;
using Kiln.Documentation.Html;
using Kiln.Documentation.Symbols;
using Kiln.Documentation.Types;
using Kiln.TypeScript.JsDoc;

namespace Kiln.Documentation.Pages;

/// <summary>How to add the package and import what the page shows (docs.md §10.7). Tabs are radio buttons: they need no script.</summary>
internal static class UsageBlock
{
    private static readonly (string Name, string Id, string Runtime, string Command)[] Tools =
    [
        ("Deno", "deno", "deno", "deno add jsr:"),
        ("pnpm", "pnpm", "node", "pnpm i jsr:"),
        ("Yarn", "yarn", "node", "yarn add jsr:"),
        ("vlt", "vlt", "node", "vlt install jsr:"),
        ("npm", "npm", "node", "npx jsr add "),
        ("Bun", "bun", "bun", "bunx jsr add "),
    ];

    private static readonly HashSet<string> Reserved = new(
        """
        await break case catch class const continue debugger default delete do else enum export extends false finally for function if implements import in instanceof interface
        let new null package private protected public return static super switch this throw true try typeof var void while with yield
        """.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries),
        StringComparer.Ordinal);

    public static void Write(HtmlWriter html, PackageIndex index, EntryNode entry, SymbolNode? symbol)
    {
        var snippet = Snippet(index, entry, symbol);
        html.Raw("<section class=\"doc-usage\" aria-label=\"Usage\">");
        if (index.Docs.IsPublished)
        {
            html.Raw("<fieldset class=\"doc-tabs\"><legend class=\"doc-hidden\">Tool</legend>");
            foreach (var tool in Tools)
            {
                html.Raw("<label").Attribute("data-runtime", tool.Runtime).Raw("><input type=\"radio\" name=\"doc-tool\"").Attribute("value", tool.Id).Raw(tool.Id == "deno" ? " checked>" : ">").Text(tool.Name).Raw("</label>");
            }

            html.Raw("</fieldset>");
            foreach (var tool in Tools)
            {
                Copyable(html, tool.Command + index.Docs.Name, "sh", $"doc-tab doc-tab-{tool.Id}");
            }
        }

        Copyable(html, snippet, "ts", "doc-import");
        html.Raw("</section>");
    }

    private static void Copyable(HtmlWriter html, string code, string language, string css) =>
        html.Raw("<div").Attribute("class", $"code-block {css}").Raw("><pre class=\"highlight\" tabindex=\"0\"><code>").Raw(Highlighting.CodeHighlighter.Highlight(code, language))
            .Raw("</code></pre><button class=\"copy\" type=\"button\" data-copy>Copy</button></div>");

    internal static string Snippet(PackageIndex index, EntryNode entry, SymbolNode? symbol)
    {
        var from = Names.Quote(entry.ImportSpecifier);
        if (symbol is null)
        {
            // A package that is one thing is imported as that.
            if (index.Entries.Length == 1 && Listing.Visible(entry.Symbols) is [{ Children.Count: 0 } only])
            {
                return Import(only, from);
            }

            return $"import * as {ModuleIdentifier(index, entry)} from {from};";
        }

        var root = symbol;
        while (root.Parent is not null)
        {
            root = root.Parent;
        }

        return root == symbol ? Import(root, from) : $"{Import(root, from)}\n{Destructuring(root, symbol)}";
    }

    private static string Import(SymbolNode symbol, string from)
    {
        if (symbol.Symbol.IsDefault || symbol.Name == "default")
        {
            return $"import {(IsOnlyType(symbol) ? "type " : "")}{Identifier(symbol.ShownName == "default" ? "value" : symbol.ShownName)} from {from};";
        }

        var name = Names.IsIdentifier(symbol.Name) && !Reserved.Contains(symbol.Name) ? symbol.Name : $"{(Names.IsIdentifier(symbol.Name) ? symbol.Name : Names.Quote(symbol.Name))} as {Identifier(symbol.Name)}";
        return $"import {{ {(IsOnlyType(symbol) ? "type " : "")}{name} }} from {from};";
    }

    private static string Destructuring(SymbolNode root, SymbolNode symbol)
    {
        var path = symbol.Path[(root.Path.Length + 1)..];
        var holder = path.Length == symbol.Name.Length ? root.Name : $"{root.Name}.{path[..^(symbol.Name.Length + 1)]}";
        return IsOnlyType(symbol) ? $"type {symbol.Name} = {holder}.{symbol.Name};" : $"const {{ {symbol.Name} }} = {holder};";
    }

    private static bool IsOnlyType(SymbolNode symbol) => symbol.Kinds.All(k => k is DocKind.Interface or DocKind.TypeAlias);

    /// <summary>docs.md §10.7: the name that <c>@module</c> gives, else the package's.</summary>
    private static string ModuleIdentifier(PackageIndex index, EntryNode entry)
    {
        var name = entry.Module?.Comment?.Tags.FirstOrDefault(t => t.Kind == JsDocTagKind.Module)?.Name;
        if (string.IsNullOrWhiteSpace(name))
        {
            name = entry.IsMain ? index.Docs.Name[(index.Docs.Name.LastIndexOf('/') + 1)..] : entry.Point.Key[(entry.Point.Key.LastIndexOf('/') + 1)..];
        }

        return Identifier(name.Trim());
    }

    private static string Identifier(string text)
    {
        var name = new string([.. text.Take(80).Select(c => char.IsAsciiLetterOrDigit(c) || c is '$' or '_' ? c : '_')]);
        if (name.Length == 0 || char.IsAsciiDigit(name[0]))
        {
            name = "_" + name;
        }

        return Reserved.Contains(name) ? char.ToUpperInvariant(name[0]) + name[1..] : name;
    }
}
