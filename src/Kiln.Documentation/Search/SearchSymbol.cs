using System.Collections.Immutable;
using Kiln.Documentation.Pages;

namespace Kiln.Documentation.Search;

/// <summary>Something that can be found by its name.</summary>
/// <param name="Name">Qualified: <c>Ns.Name</c>, <c>Class.member</c>.</param>
/// <param name="Kinds">Letters of docs.md §10.1: <c>f v c E I T N p m</c>, in the order of listings.</param>
/// <param name="Page">Where it is documented.</param>
/// <param name="Anchor">The id on the page; null for the page itself.</param>
/// <param name="Text">The summary as plain text; empty for members without one.</param>
/// <param name="Category">Null without one.</param>
public sealed record SearchSymbol(string Name, string Kinds, DocPageKey Page, string? Anchor, string Text, bool IsDeprecated, string? Category);
