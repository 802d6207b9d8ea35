using Kiln.Analysis.Docs.Model;

namespace Kiln.Analysis.Docs.Difference;

/// <summary>An entry point of one of the two versions.</summary>
/// <param name="Name">What it is matched by: the key of <c>exports</c>, or a path.</param>
/// <param name="Module">What it offers.</param>
public sealed record ApiModule(string Name, DocModule Module);
