using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Kiln.Analysis.Binding;
using Kiln.TypeScript;
using Kiln.TypeScript.Text;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Emit;

/// <summary>
/// Emits one file: plans edits in one walk over the tree, then copies the source and applies them. A construct that needs code writes itself
/// and emits its parts through <see cref="EmitRange"/>, so that anything nests in anything.
/// </summary>
internal sealed partial class FileEmitter
{
    /// <summary>More than 20 MB of ordinary code have.</summary>
    public const int MaxNodes = 5_000_000;

    private readonly SourceFile file;
    private readonly StackGuard guard;
    private readonly string text;
    private readonly EmitOptions options;
    private readonly OutputWriter writer;
    private readonly RentedList<Edit> plan;
    private readonly List<EmitDiagnostic> diagnostics = [];
    private readonly NodeStack stack = new();
    private Dictionary<string, int> StemCounts => field ??= new(StringComparer.Ordinal);
    private readonly bool isTypeScript;
    private readonly JsxSettings jsx;
    private readonly Bindings bindings;

    private FileNames? names;
    private bool[] done = [];
    private int floor;
    private int lastErasure;

    public FileEmitter(SourceFile file, EmitOptions options, StackGuard guard)
    {
        this.file = file;
        this.guard = guard;
        this.options = options;
        text = file.Text;
        writer = new OutputWriter(text, options.SourceMap);
        plan = new RentedList<Edit>(file.Erasures.Length + 16);
        isTypeScript = file.Language is Language.TypeScript or Language.Tsx or Language.Declaration;
        jsx = file.NeedsTransform && file.Language is not (Language.TypeScript or Language.Declaration) ? JsxSettings.Read(file) : JsxSettings.Classic;
        bindings = isTypeScript && (file.NeedsTransform || HasElidableImports()) ? Binder.Bind(file, jsx.FactoryRoot, jsx.FragmentRoot) : new Bindings();
    }

    public EmitResult Run()
    {
        // 1. What must change?
        if (!Plan())
        {
            diagnostics.Add(EmitDiagnostic.TooManyNodes);
            return new EmitResult("", null, diagnostics);
        }

        plan.AsSpan().Sort();
        done = new bool[plan.Count];

        // 2. Copy and change.
        var header = HeaderPosition();
        EmitRange(0, header);
        var headerOutput = writer.Length;
        if (HasTopLevelUsing)
        {
            EmitTopLevelUsing(header);
        }
        else
        {
            EmitRange(header, text.Length);
        }

        if (writer.Overflowed)
        {
            diagnostics.Add(EmitDiagnostic.TooLarge);
            return new EmitResult("", null, diagnostics);
        }

        // 3. What the code needs besides.
        writer.Insert(headerOutput, Header(headerOutput));
        EmitHelpers();
        if (NeedsEmptyExport)
        {
            writer.Write(writer.Last == '\n' ? "export {};\n" : "\nexport {};\n");
        }

        // 4. The map.
        string? map = null;
        if (options.SourceMap)
        {
            map = SourceMapBuilder.Build(writer.Written, writer.Ranges, file.Lines, options.OutputFileName, options.SourcePath, options.ShippedSource);
            writer.Write(writer.Last == '\n' ? "//# sourceMappingURL=" : "\n//# sourceMappingURL=");
            writer.Write(options.OutputFileName);
            writer.Write(".map");
        }

        plan.Drop();
        return new EmitResult(writer.Take(), map, diagnostics);
    }

    /// <summary>Syntax that is newer than the runtimes becomes code.</summary>
    private bool Lowers => options.Target == EmitTarget.Es2022;

    // Edits.

    private void Add(EditKind kind, int start, int end, string? value, Node? node = null, int owner = 0) =>
        plan.Add(new Edit(start, end, kind, plan.Count, value, node, owner));

    private void Delete(int start, int end) => Add(EditKind.Replace, start, end, null);

    private void Replace(int start, int end, string value) => Add(EditKind.Replace, start, end, value);

    private void Before(Node owner, string value) => Add(EditKind.Before, owner.Start, owner.End, value);

    private void Before(int position, int ownerEnd, string value) => Add(EditKind.Before, position, ownerEnd, value);

    private void After(Node owner, string value) => Add(EditKind.After, owner.End, owner.End, value, owner: owner.Start);

    private void Transform(Node node) => Add(EditKind.Node, node.Start, node.End, null, node);

    /// <summary>Writes a range of the source with all its edits.</summary>
    private void EmitRange(int start, int end)
    {
        if (writer.Overflowed)
        {
            return;
        }

        var edits = plan.AsSpan();
        var position = start;
        var i = Math.Max(floor, FirstEditFrom(start));
        while (i < edits.Length)
        {
            ref readonly var edit = ref edits[i];
            if (edit.Start > end || (edit.Start == end && edit.Kind != EditKind.After))
            {
                break;
            }

            if (edit.Start < position && edit.End > position && edit.Kind == EditKind.Replace && string.IsNullOrEmpty(edit.Text))
            {
                // Two deletions that overlap: each of two neighbours takes the space between them.
                position = Math.Min(edit.End, end);
                i++;
                continue;
            }

            if (edit.Start < position || done[i] || (edit.Kind == EditKind.After && (edit.Start <= start || edit.Owner < start)))
            {
                i++;
                continue;
            }

            writer.Copy(position, edit.Start);
            position = edit.Start;
            switch (edit.Kind)
            {
                case EditKind.After or EditKind.Before:
                    done[i] = true;
                    if (edit.Kind == EditKind.Before)
                    {
                        writer.Reach(edit.Start);
                    }

                    writer.Write(edit.Text);
                    i++;
                    break;
                case EditKind.Replace:
                    position = Math.Min(edit.End, end);
                    if (string.IsNullOrEmpty(edit.Text))
                    {
                        writer.Deleted();
                        if (writer.Last is ' ' or '(' && position < end && text[position] == ' ' && edit.End > edit.Start && (i + 1 == edits.Length || edits[i + 1].Start > position))
                        {
                            position++;
                        }
                    }
                    else
                    {
                        writer.Mark(edit.Start);
                        writer.Write(edit.Text);
                    }

                    i++;
                    break;
                default:
                    var saved = floor;
                    floor = i + 1;
                    writer.Mark(edit.Start);
                    EmitNode(edit.Node!);
                    floor = saved;
                    position = edit.End;
                    i = Math.Max(i + 1, FirstEditFrom(position));
                    break;
            }
        }

        writer.Copy(position, end);
    }

    private void Emit(Node node) => EmitRange(node.Start, node.End);

    private int FirstEditFrom(int position)
    {
        var edits = plan.AsSpan();
        int low = 0, high = edits.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (edits[middle].Start < position)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private void EmitNode(Node node)
    {
        if (!guard.HasRoom())
        {
            diagnostics.Add(EmitDiagnostic.TooDeep(node));
            return;
        }

        switch (node)
        {
            case EnumDeclaration n: EmitEnum(n); break;
            case ModuleDeclaration n: EmitModule(n); break;
            case VariableStatement n: EmitExportedVariables(n); break;
            case ImportEqualsDeclaration n: EmitImportEquals(n); break;
            case ClassDeclaration n: EmitDecoratedDeclaration(n); break;
            case ClassExpression n: EmitDecoratedExpression(n); break;
            case PropertyDeclaration n: EmitAccessorField(n); break;
            case MethodDeclaration or AccessorDeclaration: EmitPrivateForwarder((Member)node); break;
            case JsxElement n: EmitJsx(n.Opening, n.Children, n.Closing.Start); break;
            case JsxOpeningElement n: EmitJsx(n, [], n.End - 1); break;
            case JsxFragment n: EmitJsx(null, n.Children, n.End - 1); break;
            default: throw new InvalidOperationException($"{node.Kind} does not write itself.");
        }
    }

    // Names.

    /// <summary>A name that the file does not contain: <c>stem_1</c>, <c>stem_2</c>, …</summary>
    private string Fresh(string stem)
    {
        names ??= new FileNames(text);
        ref var count = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(StemCounts, stem, out _);
        string name;
        do
        {
            count++;
            name = $"{stem}_{count}";
        }
        while (names.HasNumbered(name));
        return name;
    }

    /// <summary>The name itself when the file does not contain it, else with underscores in front.</summary>
    private string Unique(string name) => (names ??= new FileNames(text)).Free(name);

    private string Slice(Node node) => text[node.Start..node.End];

    private int SkipTrivia(int position) => SourceScan.SkipTrivia(text, position);

    /// <summary>Behind a token that may stand here.</summary>
    private int SkipToken(int position, char token)
    {
        position = SkipTrivia(position);
        return text[position] == token ? SkipTrivia(position + 1) : position;
    }

    private bool HasLineBreak(int start, int end) => SourceScan.HasLineBreak(text, start, end);
}
