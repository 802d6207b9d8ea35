namespace Kiln.Documentation.Pages;

/// <summary>docs.md §10.1.</summary>
public enum DocPageKind : byte
{
    /// <summary>README or the module documentation of the main entry.</summary>
    Overview,

    /// <summary>Every entry point with its symbols.</summary>
    AllSymbols,

    /// <summary>One entry point.</summary>
    Entry,

    /// <summary>One symbol, or a member of one that has a page.</summary>
    Symbol,
}
