using Kiln.TypeScript;

namespace Kiln.Analysis.Declarations;

/// <summary>
/// Writes the <c>.d.ts</c> of one module from its tree alone, and finds out on the way whether its types can be told from syntax (publishing.md §4.3 to §4.9,
/// ADR 0012). The source is copied and edited: what is written there stays as it is.
/// </summary>
public static class DeclarationEmitter
{
    /// <param name="file">A file without syntax errors. JavaScript gets declarations too, of <c>any</c>, and has no problems of its own.</param>
    /// <param name="options">See <see cref="DeclarationOptions"/>.</param>
    public static DeclarationResult Emit(SourceFile file, DeclarationOptions options)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(options);
        return StackGuard.Run(guard => new DeclarationWriter(file, options, guard).Run());
    }
}
