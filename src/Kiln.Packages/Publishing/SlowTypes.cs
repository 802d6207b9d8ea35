namespace Kiln.Packages.Publishing;

/// <summary>What the types of a package's public API lack to be told from syntax alone. It does not stop a publish.</summary>
/// <param name="Count">All problems.</param>
/// <param name="First">The first <see cref="MaxShown"/> of them, in the order of the module graph and the source.</param>
public sealed record SlowTypes(int Count, IReadOnlyList<SlowType> First)
{
    /// <summary>Whoever has more than these wants the whole list, which the author's client prints.</summary>
    public const int MaxShown = 10;

    public static readonly SlowTypes None = new(0, []);
}

/// <summary>One place whose type is <c>any</c> in the generated declarations, or less exact than the source.</summary>
/// <param name="Code">One of <see cref="Kiln.Analysis.FastCheck.FastCheckCodes"/>.</param>
/// <param name="Path">The module, <c>/mod.ts</c>.</param>
/// <param name="Line">One-based; 0 when the module as a whole is meant.</param>
/// <param name="Column">One-based, in UTF-16 units; 0 when the module as a whole is meant.</param>
/// <param name="Message">What is missing, without a full stop.</param>
/// <param name="Hint">What to do.</param>
public sealed record SlowType(string Code, string Path, int Line, int Column, string Message, string Hint);
