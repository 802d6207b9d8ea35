namespace Kiln.TypeScript;

/// <summary>What a file is parsed as, as far as its text leaves that open (ECMA-262 §11.1, §16).</summary>
public enum SourceGoal : byte
{
    /// <summary>A module when something in it proves that (see <see cref="SourceFile.IsModule"/>), else a script.</summary>
    Detect,

    /// <summary>A module even when nothing proves it: strict, and <c>await</c> is an operator at its top level.</summary>
    Module,

    /// <summary>A script: module syntax is an early error.</summary>
    Script,

    /// <summary>A script that Node wraps in a function: <c>return</c> and <c>new.target</c> may stand at its top level.</summary>
    CommonJs,
}

/// <param name="Goal">What the file is, for example by its extension.</param>
public sealed record ParseOptions(SourceGoal Goal = SourceGoal.Detect)
{
    public static readonly ParseOptions Default = new();

    /// <summary>For <c>.mjs</c>, <c>.mts</c> and whatever else is known to be a module.</summary>
    public static readonly ParseOptions Module = new(SourceGoal.Module);
}
