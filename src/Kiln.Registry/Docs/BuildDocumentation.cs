namespace Kiln.Registry.Docs;

/// <summary>
/// From a version's files to all that is kept of its documentation; reads and writes nothing else, and gives the same bytes for the same input. A seam, like
/// <see cref="Publishing.BuildPackage"/>.
/// </summary>
/// <exception cref="DocumentationException">The files cannot be documented, whatever the number of attempts.</exception>
public delegate Task<DocumentationArtifacts> BuildDocumentation(DocumentationRequest request, CancellationToken cancellation);
