using Kiln.Analysis.Docs.Model;
using Kiln.Analysis.Symbols;

namespace Kiln.Analysis.Docs.Definitions;

/// <summary>What one declaration of a file declares, as documentation has it: docs.md §2, §3 and §5.</summary>
internal sealed class DefinitionBuilder(DocFile file)
{
    /// <param name="declaration">A declaration of the file.</param>
    /// <param name="ownName">Its name in the file; of a pattern it selects the binding. <c>default</c> for what has no name.</param>
    /// <param name="shownName">The name that it is documented under; a function or class says its own when it differs.</param>
    /// <returns>Null for namespaces, imports and re-exports: they are the collector's.</returns>
    public DocDefinition? Define(Declaration declaration, string ownName, string shownName)
    {
        _ = file;
        return null;
    }

    public DocLocation Locate(Declaration declaration, string ownName) => file.Locate(declaration.Node.Start);

    public DocComment? CommentOf(Declaration declaration, string ownName) =>
        file.FindComment(declaration.Node) is { } comment ? file.Read(comment) : null;
}
