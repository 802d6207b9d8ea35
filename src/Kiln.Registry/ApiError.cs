namespace Kiln.Registry;

/// <summary>
/// A refusal that the caller is told about: a stable code (clients match it), a sentence for people, an HTTP status from <see cref="ApiErrors"/>, and what the
/// reply carries besides (<c>task</c> of <c>duplicateVersionPublish</c>; null otherwise).
/// </summary>
public sealed record ApiError(string Code, string Message, object? Extra = null)
{
    public int Status { get; } = ApiErrors.StatusOf(Code);
}
