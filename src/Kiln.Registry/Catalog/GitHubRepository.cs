namespace Kiln.Registry.Catalog;

/// <summary>A repository that a package is linked to.</summary>
/// <param name="Id">GitHub's own number: it stays when the repository is renamed, while <paramref name="Owner"/> and <paramref name="Name"/> are those of the last link.</param>
public sealed record GitHubRepository(long Id, string Owner, string Name, DateTimeOffset UpdatedAt, DateTimeOffset CreatedAt);
