namespace Kiln.Documentation.Pages;

/// <summary>What a page shows.</summary>
/// <param name="Entry">The export key without its <c>./</c>: empty for the main entry, <c>sub/path</c>; empty for the overview and for all symbols.</param>
/// <param name="Symbol">The dotted name (<c>Ns.Name</c>); empty for what is no symbol.</param>
/// <param name="Part">0 for the page itself; 1, 2 … for what does not fit on it and continues (<c>?part=2</c> is part 1). Few pages have more than one.</param>
public readonly record struct DocPageKey(DocPageKind Kind, string Entry = "", string Symbol = "", int Part = 0);
