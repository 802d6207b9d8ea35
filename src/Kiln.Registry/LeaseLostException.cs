namespace Kiln.Registry;

/// <summary>A worker found that its lease is another's: it stops, without a trace.</summary>
/// <param name="work">What it worked at.</param>
public sealed class LeaseLostException(string work) : Exception($"The lease of {work} is lost.");
