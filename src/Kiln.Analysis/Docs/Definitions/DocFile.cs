using Kiln.Analysis.Docs.Model;
using Kiln.Analysis.Graph;
using Kiln.Analysis.Symbols;
using Kiln.TypeScript;
using Kiln.TypeScript.JsDoc;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Docs.Definitions;

/// <summary>One module and all that is positional about it: places and comments.</summary>
internal sealed class DocFile
{
    /// <param name="entry">A module that was parsed.</param>
    /// <param name="specifier">What its places are reported under.</param>
    public DocFile(ModuleEntry entry, string specifier)
    {
        Entry = entry;
        Specifier = specifier;
        Source = entry.SourceFile ?? throw new ArgumentException("The module has no syntax tree.", nameof(entry));
        Symbols = entry.Symbols!;
    }

    public ModuleEntry Entry { get; }

    public ModuleSymbols Symbols { get; }

    public SourceFile Source { get; }

    public string Specifier { get; }

    /// <param name="position">A UTF-16 offset.</param>
    public DocLocation Locate(int position)
    {
        var (line, column) = Source.Lines.GetPosition(position);
        return new DocLocation(Specifier, line, column, position);
    }

    /// <summary>The comment of a declaration or member: docs.md §6.1. Null without one, and when it is empty.</summary>
    public JsDocComment? FindComment(Node declaration) => JsDocAttachment.Find(Source, declaration);

    /// <summary>A comment with its tags' types: docs.md §6.2. Null when it is empty.</summary>
    public DocComment? Read(JsDocComment comment)
    {
        _ = Source;
        return comment.IsEmpty ? null : new DocComment { Text = comment.Description };
    }

    /// <summary>The comment with <c>@module</c>: docs.md §6.3.</summary>
    public DocComment? ModuleComment() => JsDocAttachment.FindModule(Source) is { } comment ? Read(comment) : null;
}
