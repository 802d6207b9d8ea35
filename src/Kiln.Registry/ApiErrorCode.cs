namespace Kiln.Registry;

/// <summary>A row of <see cref="ApiErrors"/>.</summary>
/// <param name="Meaning">A sentence for the documentation; replies carry a more exact one.</param>
public sealed record ApiErrorCode(string Code, int Status, string Meaning);
