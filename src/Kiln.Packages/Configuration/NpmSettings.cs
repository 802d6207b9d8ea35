namespace Kiln.Packages.Configuration;

/// <summary>
/// The member <c>npm</c> of a configuration file: what npm clients are to know and no other part of the file says. Lists keep the order of the file.
/// </summary>
public sealed record NpmSettings
{
    /// <summary>One sentence, or null. Without one in <c>npm</c> it is the file's own <c>description</c>.</summary>
    public string? Description { get; init; }

    public IReadOnlyList<string> Keywords { get; init; } = [];

    /// <summary>An address, or null for the package's page in the registry.</summary>
    public string? Homepage { get; init; }

    public NpmRepository? Repository { get; init; }

    /// <summary>Commands and the absolute paths of the files that they run.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Bin { get; init; } = [];

    /// <summary>Entry points that only npm packages have: files that are no modules, such as style sheets.</summary>
    public IReadOnlyList<PackageExport> Exports { get; init; } = [];

    /// <summary>Null when bundlers must assume that every module has some; empty when none has; else the files that have, as written.</summary>
    public IReadOnlyList<string>? SideEffects { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Engines { get; init; } = [];

    /// <summary>npm names and ranges.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> PeerDependencies { get; init; } = [];

    /// <summary>Those of <see cref="PeerDependencies"/> that may be missing.</summary>
    public IReadOnlyList<string> OptionalPeers { get; init; } = [];

    /// <summary>npm names and ranges.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> OptionalDependencies { get; init; } = [];
}

/// <summary>Where the source is kept.</summary>
/// <param name="Type"><c>git</c>, unless the file says otherwise.</param>
/// <param name="Url">An address. Short forms and addresses of well-known hosts become what npm itself writes: <c>git+https://github.com/owner/name.git</c>.</param>
/// <param name="Directory">Of the package in the repository, or null.</param>
public sealed record NpmRepository(string Type, string Url, string? Directory);
