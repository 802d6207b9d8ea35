namespace Kiln.Registry.Graphs;

/// <summary>A module of the graph of what a version needs.</summary>
/// <param name="Id">In the order in which a walk that goes deep first meets the modules; not the place in the list.</param>
/// <param name="Children">Ids. A module that leads back to one which is on the way to it has no edge to that one.</param>
/// <param name="Size">Bytes; null when it is not known.</param>
/// <param name="MediaType"><c>TypeScript</c>, <c>Dts</c>, <c>Json</c>…; null for what is no module.</param>
public sealed record GraphNode(int Id, GraphSubject Subject, IReadOnlyList<int> Children, long? Size, string? MediaType);

/// <summary>What a node stands for.</summary>
public abstract record GraphSubject;

/// <summary>A file of the version that was asked for.</summary>
public sealed record OwnModule(string Path) : GraphSubject;

/// <param name="Entry">The export key that leads to it; null for a file that no export names.</param>
public sealed record PackageModule(string Scope, string Package, string Version, string? Entry, string Path) : GraphSubject;

/// <summary>What could not be followed, in a sentence.</summary>
public sealed record BrokenModule(string Error) : GraphSubject;
