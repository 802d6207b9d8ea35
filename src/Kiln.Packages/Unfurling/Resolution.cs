namespace Kiln.Packages.Unfurling;

/// <summary>What a specifier has to say in the published package, or why it cannot be said.</summary>
/// <param name="Text">Null when it stays as it is.</param>
/// <param name="Code">One of <see cref="Publishing.PublishDiagnosticCodes"/> when it cannot be published; else null.</param>
/// <param name="IsMapped">An import map decided.</param>
internal readonly record struct Resolution(string? Text, string? Code = null, string? Message = null, string? Hint = null, bool IsMapped = false)
{
    public static readonly Resolution Unchanged;

    public static Resolution To(string text) => new(text);

    public static Resolution Failed(string code, string message, string? hint = null) => new(null, code, message, hint);
}
