namespace Kiln.Cli.Commands;

/// <summary>What the options of <c>kiln doc</c> say, apart from its mode.</summary>
/// <param name="IncludesPrivate">Declarations that are not exported too.</param>
/// <param name="Filter">The dotted name of the only symbol to show; null for all.</param>
/// <param name="Output">Colours for standard output.</param>
/// <param name="Errors">Colours for standard error.</param>
internal sealed record DocSettings(bool IncludesPrivate, string? Filter, Style Output, Style Errors);
