using Kiln.Analysis.Docs.Model;

namespace Kiln.Documentation.Links;

/// <summary>A <c>{@link}</c> that would be shown as text.</summary>
/// <param name="Target">As it is written.</param>
/// <param name="Location">Of the declaration or member whose comment has it; of a module comment the start of the module.</param>
/// <param name="IsModule">It is the comment of the module.</param>
public sealed record BrokenLink(string Target, DocLocation Location, bool IsModule);
