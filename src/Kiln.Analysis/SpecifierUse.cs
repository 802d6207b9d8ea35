namespace Kiln.Analysis;

/// <summary>What a module specifier is resolved for (publishing.md §5.2).</summary>
public enum SpecifierUse
{
    /// <summary>The code that runs.</summary>
    Code,

    /// <summary>The types, falling back to the code.</summary>
    Types,
}
