using Kiln.TypeScript;

namespace Kiln.Analysis.Emit;

/// <summary>
/// Turns TypeScript, TSX and JSX into JavaScript (ES2022 modules), with the semantics of <c>ts.transpileModule</c> under <c>isolatedModules</c>.
/// The source is edited in place: what needs no change is copied as written.
/// </summary>
public static class JavaScriptEmitter
{
    /// <param name="file">A file without syntax errors.</param>
    /// <param name="options">See <see cref="EmitOptions"/>.</param>
    public static EmitResult Emit(SourceFile file, EmitOptions options)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(options);
        return StackGuard.Run(guard => new FileEmitter(file, options, guard).Run());
    }
}
