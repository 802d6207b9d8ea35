using Kiln.TypeScript.Diagnostics;

namespace Kiln.TypeScript;

/// <summary>
/// The static semantics that ECMA-262 attaches to its grammar: what a JavaScript engine refuses before it runs a line, although the text
/// parses. Separate from <see cref="Parser"/>, as the binder's and checker's errors are in TypeScript: a tree is useful without them.
/// </summary>
public static class EarlyErrors
{
    /// <summary>
    /// Checks a file that parsed without errors. At most 20 diagnostics, ordered by position; none for declaration files, which no engine sees,
    /// and none when the parser found errors already, because what recovery made up would only cause more.
    /// </summary>
    public static Diagnostic[] Check(SourceFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return file.Language == Language.Declaration || file.Diagnostics.Length > 0 ? [] : StackGuard.Run(guard => new EarlyErrorChecker(file, guard).CheckFile());
    }
}
