using Kiln.Packages.Publishing;

namespace Kiln.Registry.Publishing;

/// <summary>
/// From tarball to artifacts, or to the reason why not; writes nothing, and gives the same bytes for the same input. A seam: today a call in this process, later a
/// child process with limits.
/// </summary>
public delegate Task<PublishResult> BuildPackage(Stream tarball, PublishRequest request, CancellationToken cancellation);
