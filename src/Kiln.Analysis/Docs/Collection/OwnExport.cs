namespace Kiln.Analysis.Docs.Collection;

/// <summary>What a module exports itself under one name.</summary>
/// <param name="Entry">Null when nothing of it is shown.</param>
/// <param name="Module">A module as a whole, which is shown behind everything else; null for all that stands in <paramref name="Entry"/>.</param>
/// <param name="Targets">What it means; equal for the same thing in two modules.</param>
internal sealed record OwnExport(DocEntry? Entry, DocEntry? Module, IReadOnlyCollection<object> Targets);
