using Kiln.Analysis.Docs.Model;

namespace Kiln.Analysis.Docs.Difference;

/// <summary>What stands on one side of a change.</summary>
/// <param name="Text">The signature.</param>
/// <param name="Location">Where it is declared; null when the model has no place.</param>
internal readonly record struct ChangeSide(string Text, DocLocation? Location);
