namespace Kiln.Analysis.Symbols;

/// <summary>A name of another module.</summary>
/// <param name="Specifier">The module, as written.</param>
/// <param name="Name">The exported name; <c>default</c> too; null for the module as a whole (<c>* as ns</c>, <c>require</c>).</param>
public sealed record ModuleName(string Specifier, string? Name);
