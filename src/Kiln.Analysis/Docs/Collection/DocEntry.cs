namespace Kiln.Analysis.Docs.Collection;

/// <summary>A name and all that it stands for, before it is decided what is a reference.</summary>
internal sealed record DocEntry(string Name, bool IsDefault, IReadOnlyList<DocItem> Items);
