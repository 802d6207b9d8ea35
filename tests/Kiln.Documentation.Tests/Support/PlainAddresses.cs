using Kiln.Analysis.Docs.Model;
using Kiln.Documentation.Links;
using Kiln.Documentation.Pages;

namespace Kiln.Documentation.Support;

/// <summary>Addresses that say what they mean: <c>⟨base⟩/symbol/entry/Name</c>.</summary>
internal sealed class PlainAddresses : DocAddresses
{
    public override string Page(DocPageKey from, DocPageKey to) =>
        $"{Base}/{to.Kind.ToString().ToLowerInvariant()}/{to.Entry}/{to.Symbol}" + (to.Part == 0 ? "" : $"?part={to.Part}");

    public override string? Source(DocPageKey from, DocLocation location) => $"{Base}/source{location.FileName["file://".Length..]}#L{location.Line + 1}";

    public override string? File(DocPageKey from, string path, bool isImage) => path.EndsWith("missing.md", StringComparison.Ordinal) ? null : $"{Base}/file{path}";

    public override string? External(string specifier, string? exportedName) => ExternalAddresses.Of(specifier, exportedName, Base);
}
