using Kiln.Analysis.Docs.Definitions;
using Kiln.Analysis.Graph;
using Kiln.Analysis.Symbols;

namespace Kiln.Analysis.Docs.Collection;

/// <summary>What the collection knows about one module.</summary>
internal sealed class CollectedModule
{
    public CollectedModule(ModuleEntry entry, string specifier, bool isRoot)
    {
        Entry = entry;
        IsRoot = isRoot;
        File = new DocFile(entry, specifier);
        Definitions = new DefinitionBuilder(File);
        MentionsIgnore = File.Source.Text.Contains("@ignore", StringComparison.Ordinal);
        Exports = ExportList.OfModule(File.Symbols);
    }

    public ModuleEntry Entry { get; }

    public DocFile File { get; }

    public DefinitionBuilder Definitions { get; }

    public bool IsRoot { get; }

    /// <summary>What it exports itself.</summary>
    public ExportList Exports { get; }

    public ModuleSymbols Symbols => File.Symbols;

    /// <summary>What has neither imports nor exports is a script, of which everything is documented (docs.md §4).</summary>
    public bool HasImports
    {
        get
        {
            foreach (var statement in File.Source.Statements)
            {
                if (statement is TypeScript.Tree.ImportDeclaration)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Some comment may have the tag <c>@ignore</c>.</summary>
    public bool MentionsIgnore { get; }

    /// <summary>It has <c>export =</c>.</summary>
    public bool ExportsEquals
    {
        get
        {
            foreach (var statement in File.Source.Statements)
            {
                if (statement is TypeScript.Tree.ExportAssignment { IsExportEquals: true })
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Where the top-level statement starts that a node stands in.</summary>
    public int StatementOf(TypeScript.Tree.Node node)
    {
        var statements = File.Source.Statements;
        int low = 0, high = statements.Length - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = statements[middle].Start <= node.Start ? (middle, high) : (low, middle - 1);
        }

        return statements[low].Start;
    }

    /// <summary>By symbol and by whether it is exported.</summary>
    public Dictionary<(Symbol Symbol, bool IsExported), SymbolItems> Items { get; } = [];

    /// <summary>By exported name.</summary>
    public Dictionary<string, OwnExport> OwnExports { get; } = new(StringComparer.Ordinal);

    /// <summary>All that it shows, once it has been asked for.</summary>
    public IReadOnlyList<DocEntry>? Entries { get; set; }
}
