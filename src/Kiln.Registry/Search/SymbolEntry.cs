namespace Kiln.Registry.Search;

/// <summary>A symbol as the search keeps it.</summary>
/// <param name="Name">Dotted: <c>Name</c>, <c>Ns.Name</c>, <c>Class.member</c>.</param>
/// <param name="Kind">One word: <c>function</c>, <c>class</c>, <c>method</c>.</param>
/// <param name="Entry">The export key without <c>./</c>; empty for the main entry.</param>
/// <param name="Address">Behind the address of the package: <c>/doc/~/Name</c>.</param>
/// <param name="Summary">Plain text of its first sentence; may be empty.</param>
/// <param name="IsMember">It is shown on the page of another symbol.</param>
public sealed record SymbolEntry(string Name, string Kind, string Entry, string Address, string Summary, bool IsDeprecated, bool IsMember);
