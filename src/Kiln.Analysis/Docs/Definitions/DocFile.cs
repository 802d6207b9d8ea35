using System.Collections.Concurrent;
using Kiln.Analysis.Docs.Model;
using Kiln.Analysis.Graph;
using Kiln.Analysis.Symbols;
using Kiln.TypeScript;
using Kiln.TypeScript.JsDoc;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Docs.Definitions;

/// <summary>One module and all that is positional about it: places, comments, and the statements that variables stand in.</summary>
/// <remarks>What is made when it is first asked for may be made twice by threads that ask at the same time; both get the same.</remarks>
internal sealed class DocFile
{
    private LocationTable? locations;
    private VariableStatement[]? variables;
    private ConcurrentDictionary<InterfaceDeclaration, IReadOnlyDictionary<string, DocComment>>? interfaces;

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

    /// <summary>
    /// The module that a specifier of this file means, when it is documented from source: comments of interfaces may lie there. Null when other modules are not looked at.
    /// </summary>
    public Func<string, DocFile?>? Import { get; set; }

    private LocationTable Locations => locations ??= new LocationTable(Source.Text);

    /// <param name="position">A UTF-16 offset.</param>
    public DocLocation Locate(int position)
    {
        var (line, column, byteIndex) = Locations.Locate(position);
        return new DocLocation(Specifier, line, column, byteIndex);
    }

    /// <summary>The UTF-16 offset of a place in this file.</summary>
    public int PositionOf(DocLocation location) => Locations.FindPosition(location.ByteIndex);

    /// <summary>
    /// Where the reference says that a part of a tag's type stands: at the offset that it has in a file of its own, counted in this file. It means nothing.
    /// </summary>
    public DocLocation LocateTag(SourceFile tag, int position)
    {
        var byteIndex = System.Text.Encoding.UTF8.GetByteCount(tag.Text.AsSpan(0, position));
        var (line, column) = Locations.LocateByte(byteIndex);
        return new DocLocation(Specifier, line, column, byteIndex);
    }

    /// <summary>The comment of a declaration or member that starts where it should stand before: docs.md §6.1. Null without one, and when it is empty.</summary>
    public JsDocComment? FindComment(Node declaration) => FindComment(declaration.Start);

    /// <param name="position">The start of what is documented, with its modifiers and decorators.</param>
    public JsDocComment? FindComment(int position) =>
        JsDocAttachment.TryFind(Source, position, out var comment) && JsDocParser.Parse(Source, comment) is { IsEmpty: false } parsed ? parsed : null;

    public DocComment? CommentAt(int position) => FindComment(position) is { } comment ? Read(comment) : null;

    /// <summary>A comment with its tags' types: docs.md §6.2. Null when it is empty.</summary>
    public DocComment? Read(JsDocComment comment) => TagReader.Read(this, comment);

    /// <summary>The comment with <c>@module</c>: docs.md §6.3.</summary>
    public DocComment? ModuleComment() => JsDocAttachment.FindModule(Source) is { } comment ? Read(comment) : null;

    /// <summary>The statement that a variable of the module or of a namespace is declared by.</summary>
    public VariableStatement StatementOf(VariableDeclaration variable)
    {
        variables ??= CollectVariables(Source.Statements);
        int low = 0, high = variables.Length - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = variables[middle].Start <= variable.Start ? (middle, high) : (low, middle - 1);
        }

        return variables[low];
    }

    /// <summary>The comments of an interface's properties and methods by name, of overloads the first.</summary>
    public IReadOnlyDictionary<string, DocComment> CommentsOf(InterfaceDeclaration node) =>
        LazyInitializer.EnsureInitialized(ref interfaces).GetOrAdd(node, ReadComments);

    private IReadOnlyDictionary<string, DocComment> ReadComments(InterfaceDeclaration node)
    {
        var comments = new Dictionary<string, DocComment>(StringComparer.Ordinal);
        foreach (var member in node.Members)
        {
            var name = member switch
            {
                PropertySignature it => it.Name,
                MethodSignature it => it.Name,
                AccessorDeclaration it => it.Name,
                _ => null,
            };
            if (name is not null && CommentAt(member.Start) is { } comment && !comment.Has(JsDocTagKind.Ignore))
            {
                comments.TryAdd(ExpressionText.OfSignatureName(Source, name), comment);
            }
        }

        return comments;
    }

    /// <summary>In source order.</summary>
    private static VariableStatement[] CollectVariables(Statement[] statements)
    {
        var found = new List<VariableStatement>();
        var open = new NodeStack();
        open.PushAll(statements);
        while (open.TryPop(out var node))
        {
            switch (node)
            {
                case VariableStatement variable: found.Add(variable); break;
                case ModuleDeclaration module: open.PushOptional(module.Body); break;
                case ModuleBlock block: open.PushAll(block.Statements); break;
            }
        }

        return [.. found];
    }
}
