using Kiln.TypeScript.Diagnostics;

namespace Kiln.Cli;

/// <summary>A problem at a place. Offsets are UTF-16 offsets in the file.</summary>
/// <param name="Code">The number of the diagnostic.</param>
/// <param name="Message">Its text.</param>
/// <param name="Start">Where it is.</param>
/// <param name="End">Where it ends; may be the start.</param>
/// <param name="Related">Another place that explains it; null when there is none.</param>
internal sealed record Problem(int Code, string Message, int Start, int End, Problem? Related = null)
{
    public static Problem From(Diagnostic diagnostic) => new(
        diagnostic.Code,
        diagnostic.Message,
        diagnostic.Span.Start,
        diagnostic.Span.End,
        diagnostic.Related is { } related ? new Problem(related.Code, related.Message, related.Span.Start, related.Span.End) : null);
}
