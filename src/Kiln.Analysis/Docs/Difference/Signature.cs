using Kiln.Analysis.Docs.Model;

namespace Kiln.Analysis.Docs.Difference;

/// <summary>What can be called or constructed: a function, method, constructor or signature.</summary>
internal sealed record Signature(
    IReadOnlyList<DocTypeParameter> TypeParameters,
    IReadOnlyList<DocParameter> Parameters,
    DocType? ReturnType,
    DocComment? Comment,
    ChangeSide Side);
