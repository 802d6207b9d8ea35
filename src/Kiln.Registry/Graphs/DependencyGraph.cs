using Kiln.Analysis;
using Kiln.Packages.Names;
using Kiln.Packages.Versions;
using Kiln.Registry.Catalog;
using Kiln.Registry.Data;
using Kiln.Registry.Storage;

namespace Kiln.Registry.Graphs;

/// <summary>
/// <c>GET …/dependencies/graph</c>: every module that a version reaches, through the packages of this registry. Read from what publishing has stored, the manifests; nothing is parsed again.
/// What cannot be followed is a node that says why, and the graph ends where it becomes too large, so that it is an answer in every case. Anybody may ask, so few are made at once.
/// </summary>
public sealed class DependencyGraph(Database database, IObjectStore store) : IDisposable
{
    private const int AtOnce = 2;

    private readonly SemaphoreSlim gate = new(AtOnce);

    /// <summary>Nodes; one more says that the graph was cut.</summary>
    internal int MostModules { get; init; } = 5_000;

    /// <summary>Ranges of packages that are looked up.</summary>
    internal int MostPackages { get; init; } = 300;

    /// <summary>Bytes of a manifest.</summary>
    internal int LargestManifest { get; init; } = 8 * 1024 * 1024;

    /// <summary>Bytes of all manifests of a graph.</summary>
    internal int MostBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Children before the modules that need them. Error <c>packageVersionNotFound</c> when there is no such version.</summary>
    public async Task<Result<IReadOnlyList<GraphNode>>> ReadAsync(string scope, string package, string version, CancellationToken cancellation)
    {
        var isThere = await database.ReadAsync(s => VersionStore.FindAsync(s, scope, package, version), cancellation) is not null;
        await gate.WaitAsync(cancellation);
        try
        {
            var (root, size) = isThere ? await LoadAsync(scope, package, version, LargestManifest, cancellation) : default;
            return root is not null ? new Result<IReadOnlyList<GraphNode>>(await new Walk(this, root, size).RunAsync(cancellation))
                : size > 0 ? new Result<IReadOnlyList<GraphNode>>([new GraphNode(0, new BrokenModule($"The manifest of @{scope}/{package}@{version} is too large for a graph."), [], null, null)])
                : new ApiError(ApiErrors.PackageVersionNotFound, $"There is no version {version} of @{scope}/{package}.");
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();

    /// <summary>The size is 0 when there is no manifest; it is there without modules when it is larger than <paramref name="most"/>.</summary>
    private async Task<(VersionModules? Modules, long Size)> LoadAsync(string scope, string package, string version, long most, CancellationToken cancellation)
    {
        await using var stored = await store.OpenAsync(ObjectKeys.VersionMeta(scope, package, version), cancellation);
        return stored is null ? (null, 0)
            : stored.Length > most ? (null, stored.Length)
            : (VersionModules.Read(scope, package, version, await stored.ReadAllAsync(cancellation)), stored.Length);
    }

    /// <summary>What a client would pick: the highest matching version that is not yanked, a yanked one only when there is nothing else.</summary>
    private Task<string?> ResolveAsync(PackageReference package, VersionRange range, CancellationToken cancellation) => database.ReadAsync(
        async session => (await VersionStore.ListAllAsync(session, package.Scope.Value, package.Package.Value))
            .OrderBy(v => v.IsYanked).FirstOrDefault(v => range.Satisfies(PackageVersion.Parse(v.Version)))?.Version,
        cancellation);

    /// <summary>One walk, deep first, with a stack of its own: packages decide how deep it goes.</summary>
    private sealed class Walk(DependencyGraph graph, VersionModules root, long bytes)
    {
        private readonly Dictionary<(VersionModules Of, string Path), int> ids = [];
        private readonly HashSet<int> open = [];
        private readonly List<GraphNode> nodes = [];
        private readonly Stack<Frame> stack = new();
        private readonly Dictionary<string, (VersionModules? Of, string Problem)> versions = new(StringComparer.Ordinal);
        private readonly Dictionary<string, int> broken = new(StringComparer.Ordinal);
        private long bytes = bytes;
        private int count;

        private bool IsFull => count >= graph.MostModules;

        public async Task<IReadOnlyList<GraphNode>> RunAsync(CancellationToken cancellation)
        {
            foreach (var export in root.Exports)
            {
                if (!ids.ContainsKey((root, export.Value)))
                {
                    if (IsFull)
                    {
                        Broken(Cut);
                        break;
                    }

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
                : new PackageModule(frame.Of.Scope, frame.Of.Package, frame.Of.Version, frame.Of.EntryOf(frame.Path), frame.Path);
            nodes.Add(new GraphNode(frame.Id, subject, frame.Children, frame.Of.SizeOf(frame.Path), NameOf(MediaTypes.FromPath(frame.Path))));
        }

        private async Task FollowAsync(Frame from, string specifier, CancellationToken cancellation)
        {
            var (target, problem) = specifier is ['.', ..] or ['/', ..] ? Relative(from, specifier)
                : specifier.StartsWith("jsr:", StringComparison.Ordinal) ? await PackageAsync(specifier, cancellation)
                : (null, null); // npm, node, the web: not of this registry
            if (problem is not null)
            {
                from.Add(Broken(IsFull && !broken.ContainsKey(problem) ? Cut : problem));
                return;
            }

            if (target is not { } found)
            {
                return;
            }

            if (!ids.TryGetValue(found, out var id))
            {
                if (IsFull)
                {
                    from.Add(Broken(Cut));
                    return;
                }

                id = count;
                Enter(found.Of, found.Path);
            }
            else if (open.Contains(id))
            {
                return; // a cycle
            }

            from.Add(id);
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

            var (of, missing) = await FindAsync($"{requirement.Name}@{requirement.Constraint}", package, range, cancellation);
            var key = requirement.SubPath.Length == 0 ? "." : "./" + requirement.SubPath;
            return of is null ? (null, missing)
                : of.PathOf(key) is { } path ? ((of, path), null)
                : (null, $"{Name(of)} has no export '{key}'.");
        }

        /// <param name="asked">Says the same as the package and the range.</param>
        /// <returns>The modules, or why there are none.</returns>
        private async Task<(VersionModules? Of, string Problem)> FindAsync(string asked, PackageReference package, VersionRange range, CancellationToken cancellation)
        {
            if (!versions.TryGetValue(asked, out var known))
            {
                if (versions.Count >= graph.MostPackages)
                {
                    return (null, $"The graph has more than {graph.MostPackages} packages; this is where it was cut.");
                }

                versions[asked] = known = await LookUpAsync(asked, package, range, cancellation);
            }

            return known;
        }

        private async Task<(VersionModules? Of, string Problem)> LookUpAsync(string asked, PackageReference package, VersionRange range, CancellationToken cancellation)
        {
            var (scope, name) = (package.Scope.Value, package.Package.Value);
            if (await graph.ResolveAsync(package, range, cancellation) is not { } version)
            {
                return (null, $"No version of this registry fits '{asked}'.");
            }

            // Two ranges may mean one version, and the version of the root is the root.
            if (versions.Values.Select(v => v.Of).Append(root).FirstOrDefault(v => v is not null && v.Scope == scope && v.Package == name && v.Version == version) is { } loaded)
            {
                return (loaded, "");
            }

            var (modules, size) = await graph.LoadAsync(scope, name, version, Math.Min(graph.LargestManifest, graph.MostBytes - bytes), cancellation);
            bytes += modules is null ? 0 : size;
            return (modules, size == 0 ? $"The manifest of @{scope}/{name}@{version} is lost."
                : size > graph.LargestManifest ? $"The manifest of @{scope}/{name}@{version} is too large for a graph."
                : $"The manifests of the graph have more than {graph.MostBytes} bytes; this is where it was cut.");
        }

        private string Cut => $"The graph has more than {graph.MostModules} modules; this is where it was cut.";

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
            private readonly List<int> children = [];
            private readonly HashSet<int> known = [];

            public int Id => id;

            public VersionModules Of => of;

            public string Path => path;

            public IReadOnlyList<string> Specifiers { get; } = of.SpecifiersOf(path);

            public int Next { get; set; }

            public IReadOnlyList<int> Children => children;

            /// <summary>Once, however often the module names it.</summary>
            public void Add(int child)
            {
                if (known.Add(child))
                {
                    children.Add(child);
                }
            }
        }
    }
}
