using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Kiln.Analysis;
using Kiln.Analysis.Graph;
using Kiln.Packages.Files;
using Kiln.Packages.Licenses;
using Kiln.Packages.Names;
using Kiln.Packages.Tar;
using Kiln.Packages.Unfurling;
using Kiln.Packages.Versions;
using Kiln.Packages.Workspaces;
using Kiln.TypeScript;
using Kiln.TypeScript.Modules;

namespace Kiln.Packages.Publishing;

/// <summary>Analyses one package of a workspace as it would be published. Reports all that it finds, where the registry names the first problem only.</summary>
internal sealed class PackageAnalysis(WorkspaceFolder package, Workspace workspace, ImportResolver resolver, TypesPackages types, IFileTree tree, CheckOptions options)
{
    private readonly List<PublishDiagnostic> diagnostics = [];

    public CheckedPackage Run(CancellationToken cancellationToken)
    {
        // 1. The configuration file.
        var manifest = PackageManifest.Read(package, workspace);
        diagnostics.AddRange(manifest.Problems);

        // 2. What is published, under which names, and a license among it.
        var paths = PublishedPaths.Collect(package, workspace, manifest, tree, cancellationToken);
        diagnostics.AddRange(paths.Problems);
        CheckLicenseText(manifest, paths);

        // 3. The modules that the exports reach: they must hang together, name what they need, and hold nothing that is banned.
        var graph = manifest.Exports is null ? null : BuildGraph(manifest, cancellationToken);
        var slowLines = new HashSet<(string Path, int Line)>();
        if (graph is not null)
        {
            foreach (var module in graph.Modules)
            {
                if (module.SourceFile is { } file && TreePath.IsWithin(module.Path, package.Folder))
                {
                    diagnostics.AddRange(TripleSlashDirectives.Find(module.Path, file));
                }
            }

            diagnostics.AddRange(new ForeignModules(package, workspace, graph, paths.Files).Find());

            // 4. Types that can be told from syntax.
            var slow = options.AllowSlowTypes ? [] : SlowTypeDiagnostics.Find(graph, options.MaxParallelism, cancellationToken);
            slowLines.UnionWith(slow.Select(d => (d.Path, d.Start.Line)));
            diagnostics.AddRange(slow);

            // What fast check says about a place says more than that the registry refuses it.
            diagnostics.AddRange(new GraphDiagnostics(package, graph, resolver).All().Where(d =>
                d.Code is not (PublishDiagnosticCodes.CommonJs or PublishDiagnosticCodes.GlobalTypeAugmentation) || !slowLines.Contains((d.Path, d.Start.Line))));
        }

        // 5. Every published source, whether the exports reach it or not.
        var sources = UnfurlAll(paths.Files, graph, cancellationToken);
        CheckSizes(paths.Files, sources);

        diagnostics.Sort(PublishDiagnostic.Compare);
        return new CheckedPackage(package, graph, paths.Files, sources, [.. diagnostics.Select(d => d with { Package = package.Name })], tree)
        {
            Name = manifest.Name,
            Version = manifest.Version,
            Exports = manifest.Exports,
        };
    }

    private ModuleGraph BuildGraph(PackageManifest manifest, CancellationToken cancellationToken) => ModuleGraph.Build(
        new ModuleGraphInput
        {
            Exports = [.. manifest.Exports!.Entries.Select(e => KeyValuePair.Create(e.Key, TreePath.Resolve(package.Folder, e.Target)))],
            Source = tree,

            // A package that has no valid name or version yet cannot import itself by them.
            Requirements = new GraphRequirements(manifest.Name ?? PackageReference.Parse("@unnamed/unnamed"), manifest.Version ?? PackageVersion.Parse("0.0.0")),
            MapSpecifier = Map,
            AllErrors = true,
            MaxParallelism = options.MaxParallelism,
        },
        cancellationToken);

    private MappedSpecifier Map(string referrer, string specifier, SpecifierUse use)
    {
        var resolution = resolver.Resolve(referrer, specifier, use is SpecifierUse.Types or SpecifierUse.TypesFile ? SpecifierUse.Types : SpecifierUse.Code);
        return new MappedSpecifier(resolution.Text, resolution.Message);
    }

    /// <summary>The registry reads the text of the first license file in the package's root; the client is content with its name (publishing.md §9, 14).</summary>
    private void CheckLicenseText(PackageManifest manifest, PublishedPaths paths)
    {
        if (manifest.License is not null || paths.Problems.Any(p => p.Code == PublishDiagnosticCodes.MissingLicense))
        {
            return;
        }

        var contents = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        foreach (var name in LicenseDetector.FileNames)
        {
            if (paths.Files.TryGetValue(name, out var source) && tree.TryRead(source, out var bytes))
            {
                contents[name] = bytes;
            }
        }

        if (!LicenseDetector.TryDetect(null, contents, out _, out var error))
        {
            var place = LicenseDetector.FileNames.FirstOrDefault(contents.ContainsKey) is { } found ? paths.Files[found] : package.Config!.Path;
            diagnostics.Add(new PublishDiagnostic(PublishDiagnosticCodes.InvalidLicense, DiagnosticSeverity.Error, error.Code == PublishErrorCodes.MissingLicense ? "The package has no license file in its root, where the registry looks for it." : error.Message, place)
            { Hint = "Name the license in the configuration file, for example \"license\": \"MIT\", or put its unchanged text into LICENSE." });
        }
    }

    /// <summary>Contents by path in the package. A file that does not parse keeps its text and is reported, unless the graph did.</summary>
    private ConcurrentDictionary<string, byte[]> UnfurlAll(IReadOnlyDictionary<string, string> files, ModuleGraph? graph, CancellationToken cancellationToken)
    {
        var sources = new ConcurrentDictionary<string, byte[]>(StringComparer.Ordinal);
        var scripts = files.Where(f => IsUnfurled(f.Key)).ToArray();
        var found = new IReadOnlyList<PublishDiagnostic>[scripts.Length];
        var reported = diagnostics.Where(d => d.Number != 0).Select(d => d.Path).ToHashSet(StringComparer.Ordinal);
        Parallel.For(0, scripts.Length, new ParallelOptions { MaxDegreeOfParallelism = options.MaxParallelism, CancellationToken = cancellationToken }, i =>
        {
            var (path, source) = scripts[i];
            found[i] = Unfurl(path, source, graph?.Find(source), reported.Contains(source), sources);
        });

        foreach (var problems in found)
        {
            diagnostics.AddRange(problems);
        }

        return sources;
    }

    private static bool IsUnfurled(string path) => MediaTypes.GetLanguage(MediaTypes.FromPath(path)) is not null || MediaTypes.FromPath(path) == MediaType.Wasm;

    private IReadOnlyList<PublishDiagnostic> Unfurl(string path, string source, ModuleEntry? module, bool isReported, ConcurrentDictionary<string, byte[]> sources)
    {
        var type = MediaTypes.FromPath(path);
        if (MediaTypes.GetLanguage(type) is not { } language)
        {
            if (tree.TryRead(source, out var wasm) && WasmImports.Rewrite(wasm.Span, name => resolver.Resolve(source, name, SpecifierUse.Code).Text) is { } rewritten)
            {
                sources[path] = rewritten;
            }

            return [];
        }

        if (module?.SourceFile is not { } file || module.Info is not { } info)
        {
            if (!tree.TryRead(source, out var bytes))
            {
                return [];
            }

            file = Parser.Parse(Decode(bytes.Span), language, new ParseOptions(MediaTypes.GoalOf(type)));
            info = ModuleInfo.Create(file, MediaTypes.IsModuleByName(type));
        }

        if (file.Diagnostics.Length > 0)
        {
            sources[path] = Encoding.UTF8.GetBytes(file.Text);
            return isReported ? [] : [.. file.Diagnostics.Select(d => SourceDiagnostics.At(d.Code.ToString(CultureInfo.InvariantCulture), DiagnosticSeverity.Error, d.Message, source, file, d.Span) with { Number = d.Code })];
        }

        var unfurled = SourceUnfurler.Unfurl(source, file, info, resolver, types);
        sources[path] = Encoding.UTF8.GetBytes(unfurled.Text);
        return unfurled.Problems;
    }

    private static string Decode(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[3..] : bytes);

    /// <summary>The registry's limits for a file and for all of them.</summary>
    private void CheckSizes(IReadOnlyDictionary<string, string> files, ConcurrentDictionary<string, byte[]> sources)
    {
        if (files.Count > TarLimits.Default.MaxFiles)
        {
            diagnostics.Add(new PublishDiagnostic(PublishDiagnosticCodes.PackageTooLarge, DiagnosticSeverity.Error, $"The package has {files.Count} files; at most {TarLimits.Default.MaxFiles} are allowed.", package.Config!.Path));
        }

        long total = 0;
        foreach (var (path, source) in files)
        {
            var size = sources.TryGetValue(path, out var text) ? text.Length : tree.SizeOf(source);
            total += size;
            if (size > TarLimits.Default.MaxFileBytes)
            {
                diagnostics.Add(new PublishDiagnostic(PublishDiagnosticCodes.PackageTooLarge, DiagnosticSeverity.Error, $"The file has {size} bytes; at most {TarLimits.Default.MaxFileBytes} are allowed.", source));
            }
        }

        if (total > TarLimits.Default.MaxTotalBytes)
        {
            diagnostics.Add(new PublishDiagnostic(PublishDiagnosticCodes.PackageTooLarge, DiagnosticSeverity.Error, $"The files have {total} bytes together; at most {TarLimits.Default.MaxTotalBytes} are allowed.", package.Config!.Path)
            { Hint = "Exclude what nobody needs by \"publish\": { \"exclude\": […] } in the configuration file." });
        }
    }
}
