using Kiln.Registry.Identity;

namespace Kiln.Registry.Publishing;

public enum PublishingStatus
{
    /// <summary>Stored and waiting for a worker.</summary>
    Pending,
    Processing,

    /// <summary>The version exists; what clients read about the package is being written.</summary>
    Processed,
    Success,
    Failure,
}

public sealed record PublishingTaskError(string Code, string Message);

/// <summary>Field names and meaning: registry.md §2.2. The status is written in lower case.</summary>
public sealed record PublishingTask(
    Guid Id,
    PublishingStatus Status,
    PublishingTaskError? Error,
    User? User,
    string PackageScope,
    string PackageName,
    string PackageVersion,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt);
