using Kiln.TypeScript.Text;

namespace Kiln.Analysis.Graph;

internal enum EdgeKind : byte
{
    /// <summary>Loaded before the module runs.</summary>
    StaticCode,

    /// <summary>Loaded, perhaps, while it runs.</summary>
    DynamicCode,

    /// <summary>Read by the type checker only.</summary>
    Types,
}

/// <summary>One place where a module names another.</summary>
/// <param name="Kind">When it matters.</param>
/// <param name="Specifier">As written; for JSX with the runtime's sub path.</param>
/// <param name="Target">What it means.</param>
/// <param name="Span">Where it stands.</param>
/// <param name="AttributeType">The value of the import attribute <c>type</c>.</param>
/// <param name="IsSourcePhase"><c>import source</c>.</param>
internal readonly record struct ModuleEdge(EdgeKind Kind, string Specifier, ResolvedTarget Target, TextSpan Span, string? AttributeType = null, bool IsSourcePhase = false)
{
    /// <summary>The file is read as data, not as a module.</summary>
    public bool IsAsset => AttributeType is "text" or "bytes";
}
