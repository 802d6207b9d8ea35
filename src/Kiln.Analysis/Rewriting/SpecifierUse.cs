namespace Kiln.Analysis;

/// <summary>Who will read a specifier (publishing.md §5.2).</summary>
public enum SpecifierUse : byte
{
    /// <summary>JavaScript that runs, or source text shipped beside it: what the specifier means as code.</summary>
    Source,

    /// <summary>The type checker: what the specifier means as types.</summary>
    Declaration,
}
