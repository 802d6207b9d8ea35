namespace Kiln.Registry.Catalog;

/// <summary>A package that needs another one.</summary>
/// <param name="Versions">The newest of those that do, highest first.</param>
/// <param name="TotalVersions">All of them.</param>
public sealed record Dependent(string Scope, string Package, IReadOnlyList<string> Versions, int TotalVersions);
