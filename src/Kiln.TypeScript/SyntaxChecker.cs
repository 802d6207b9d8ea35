using Kiln.TypeScript.Diagnostics;

namespace Kiln.TypeScript;

/// <summary>All that makes one file unfit to be published, whatever the others say.</summary>
public static class SyntaxChecker
{
    /// <summary>
    /// The parser's errors or, when there are none, the early errors of ECMAScript; at most 20, ordered by position, at most one at each
    /// position. Empty for a file that an engine and TypeScript read.
    /// </summary>
    public static Diagnostic[] Check(SourceFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return file.Diagnostics.Length > 0 ? file.Diagnostics : EarlyErrors.Check(file);
    }
}
