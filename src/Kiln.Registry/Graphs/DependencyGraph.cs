using Kiln.Analysis;
using Kiln.Packages.Names;
using Kiln.Packages.Versions;
using Kiln.Registry.Catalog;
using Kiln.Registry.Data;
using Kiln.Registry.Storage;

namespace Kiln.Registry.Graphs;

/// <summary>
/// <c>GET …/dependencies/graph</c>: every module that a version reaches, through the packages of this registry. Read from what publishing has stored, the manifests; nothing is parsed again.
/// What cannot be followed is a node that says why, and the graph ends where it becomes too large, so that it is an answer in every case.
/// </summary>
public sealed class DependencyGraph(Database database, IObjectStore store)
{
    private const int MostModules = 5_000;
    private const int MostPackages = 300;

    /// <summary>Bytes of a manifest.</summary>
    private const int LargestManifest = 8 * 1024 * 1024;

    /// <summary>Children before the modules that need them. Error <c>packageVersionNotFound</c> when there is no such version.</summary>
    public async Task<Result<IReadOnlyList<GraphNode>>> ReadAsync(string scope, string package, string version, CancellationToken cancellation)
    {
        var root = await database.ReadAsync(s => VersionStore.FindAsync(s, scope, package, version), cancellation) is null ? null : await LoadAsync(scope, package, version, cancellation);
        return root is null
            ? new ApiError(ApiErrors.PackageVersionNotFound, $"There is no version {version} of @{scope}/{package}.")
            : new Result<IReadOnlyList<GraphNode>>(await new Walk(this, root).RunAsync(cancellation));
    }

    /// <summary>Null when there is no manifest, or one that no version of a sane size has.</summary>
    private async Task<VersionModules?> LoadAsync(string scope, string package, string version, CancellationToken cancellation)
    {
        await using var stored = await store.OpenAsync(ObjectKeys.VersionMeta(scope, package, version), cancellation);
        return stored is null || stored.Length > LargestManifest ? null : VersionModules.Read(scope, package, version, await stored.ReadAllAsync(cancellation));
    }

    /// <summary>What a client would pick: the highest matching version that is not yanked, a yanked one only when there is nothing else.</summary>
    private Task<string?> ResolveAsync(PackageReference package, VersionRange range, CancellationToken cancellation) => database.ReadAsync(
        async session => (await VersionStore.ListAllAsync(session, package.Scope.Value, package.Package.Value))
            .OrderBy(v => v.IsYanked).FirstOrDefault(v => range.Satisfies(PackageVersion.Parse(v.Version)))?.Version,
        cancellation);

    /// <summary>One walk, deep first, with a stack of its own: packages decide how deep it goes.</summary>
    private sealed class Walk(DependencyGraph graph, VersionModules root)
    {
        private readonly Dictionary<(VersionModules Of, string Path), int> ids = [];
        private readonly HashSet<int> open = [];
        private readonly List<GraphNode> nodes = [];
        private readonly Stack<Frame> stack = new();
        private readonly Dictionary<string, VersionModules?> versions = new(StringComparer.Ordinal);
        private readonly Dictionary<string, int> broken = new(StringComparer.Ordinal);
        private int count;

        public async Task<IReadOnlyList<GraphNode>> RunAsync(CancellationToken cancellation)
        {
            foreach (var export in root.Exports)
            {
                if (!ids.ContainsKey((root, export.Value)))
                {
                    Enter(root, export.Value);
                    while (stack.TryPeek(out var frame))
                    {
                        cancellation.ThrowIfCancellationRequested();
                        if (frame.Next < frame.Specifiers.Count)
                        {
                            await FollowAsync(frame, frame.Specifiers[frame.Next++], cancellation);
                        }
                        else
                        {
                            Leave();
                        }
                    }
                }
            }

            return nodes;
        }

        private void Enter(VersionModules of, string path)
        {
            var frame = new Frame(count++, of, path);
            ids.Add((of, path), frame.Id);
            open.Add(frame.Id);
            stack.Push(frame);
        }

        private void Leave()
        {
            var frame = stack.Pop();
            open.Remove(frame.Id);
            GraphSubject subject = ReferenceEquals(frame.Of, root)
                ? new OwnModule(frame.Path)
                : new PackageModule(frame.Of.Scope, frame.Of.Package, frame.Of.Version, frame.Of.Exports.Where(e => e.Value == frame.Path).Select(e => e.Key).FirstOrDefault(), frame.Path);
            nodes.Add(new GraphNode(frame.Id, subject, frame.Children, frame.Of.SizeOf(frame.Path), NameOf(MediaTypes.FromPath(frame.Path))));
        }

        private async Task FollowAsync(Frame from, string specifier, CancellationToken cancellation)
        {
            var (target, problem) = specifier is ['.', ..] or ['/', ..] ? Relative(from, specifier)
                : specifier.StartsWith("jsr:", StringComparison.Ordinal) ? await PackageAsync(specifier, cancellation)
                : (null, null); // npm, node, the web: not of this registry
            if (problem is not null)
            {
                from.Children.Add(Broken(problem));
                return;
            }

            if (target is not { } found)
            {
                return;
            }

            if (!ids.TryGetValue(found, out var id))
            {
                if (count >= MostModules)
                {
                    from.Children.Add(Broken($"The graph has more than {MostModules} modules; this is where it was cut."));
                    return;
                }

                id = count;
                Enter(found.Of, found.Path);
            }
            else if (open.Contains(id))
            {
                return; // a cycle
            }

            if (!from.Children.Contains(id))
            {
                from.Children.Add(id);
            }
        }

        private static ((VersionModules Of, string Path)? Target, string? Problem) Relative(Frame from, string specifier)
        {
            var path = Uri.TryCreate(new Uri("file://" + from.Path), specifier, out var uri) && uri.Host.Length == 0 ? Uri.UnescapeDataString(uri.AbsolutePath) : null;
            return path is not null && from.Of.SizeOf(path) is not null ? ((from.Of, path), null) : (null, $"'{specifier}' of {from.Path} in {Name(from.Of)} leads to no file.");
        }

        private async Task<((VersionModules Of, string Path)? Target, string? Problem)> PackageAsync(string specifier, CancellationToken cancellation)
        {
            if (!PackageRequirement.TryParse(specifier, out var requirement, out var reason) || requirement.Package is not { } package || requirement.Range is not { } range)
            {
                return (null, $"'{specifier}' names no package: {reason}");
            }

            var of = await FindAsync($"{requirement.Name}@{requirement.Constraint}", package, range, cancellation);
            var key = requirement.SubPath.Length == 0 ? "." : "./" + requirement.SubPath;
            return of is null ? (null, versions.Count > MostPackages ? $"The graph has more than {MostPackages} packages; this is where it was cut." : $"No version of this registry fits '{specifier}'.")
                : of.Exports.Where(e => e.Key == key).Select(e => e.Value).FirstOrDefault() is { } path ? ((of, path), null)
                : (null, $"{Name(of)} has no export '{key}'.");
        }

        private async Task<VersionModules?> FindAsync(string asked, PackageReference package, VersionRange range, CancellationToken cancellation)
        {
            if (versions.TryGetValue(asked, out var known))
            {
                return known;
            }

            if (versions.Count > MostPackages)
            {
                return null;
            }

            // Two ranges may mean one version, and the version of the root is the root.
            VersionModules? found = null;
            if (await graph.ResolveAsync(package, range, cancellation) is { } version)
            {
                found = versions.Values.Append(root).FirstOrDefault(v => v is not null && v.Scope == package.Scope.Value && v.Package == package.Package.Value && v.Version == version)
                    ?? await graph.LoadAsync(package.Scope.Value, package.Package.Value, version, cancellation);
            }

            return versions[asked] = found;
        }

        private int Broken(string problem)
        {
            if (!broken.TryGetValue(problem, out var id))
            {
                broken[problem] = id = count++;
                nodes.Add(new GraphNode(id, new BrokenModule(problem), [], null, null));
            }

            return id;
        }

        private static string Name(VersionModules of) => $"@{of.Scope}/{of.Package}@{of.Version}";

        private static string? NameOf(MediaType type) => type switch
        {
            MediaType.Unknown => null,
            MediaType.Jsx => "JSX",
            MediaType.Tsx => "TSX",
            _ => type.ToString(),
        };

        private sealed class Frame(int id, VersionModules of, string path)
        {
            public int Id => id;

            public VersionModules Of => of;

            public string Path => path;

            public IReadOnlyList<string> Specifiers { get; } = of.SpecifiersOf(path);

            public int Next { get; set; }

            public List<int> Children { get; } = [];
        }
    }
}
