namespace Kiln.Packages;

/// <summary>Why a package cannot be published, as data: the publisher sees both parts.</summary>
/// <param name="Code">One of <see cref="PublishErrorCodes"/>; part of the wire protocol.</param>
/// <param name="Message">A sentence or more that names the file, the place and what to do.</param>
public sealed record PublishError(string Code, string Message);
