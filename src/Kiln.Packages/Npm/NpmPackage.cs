using System.Text;
using Kiln.Analysis;
using Kiln.Analysis.Emit;
using Kiln.Analysis.Graph;
using Kiln.Analysis.Rewriting;
using Kiln.Packages.Configuration;
using Kiln.Packages.Publishing;
using Kiln.Packages.Tar;
using Kiln.Packages.Versions;
using Kiln.TypeScript;

namespace Kiln.Packages.Npm;

/// <summary>
/// Packs a package for npm, pnpm, yarn and bun (publishing.md §5): its files, with JavaScript made from TypeScript and JSX, declarations, and a
/// <c>package.json</c>.
/// </summary>
internal sealed class NpmPackage
{
    private readonly NpmPackageInput input;
    private readonly NpmDeclarations declarations;
    private readonly NpmLayout layout;
    private readonly NpmSpecifiers specifiers;
    private readonly SortedDictionary<string, byte[]> entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RewrittenSource> sources = new(StringComparer.Ordinal);
    private readonly HashSet<string> programs = new(StringComparer.Ordinal);

    private NpmPackage(NpmPackageInput input, CancellationToken cancellationToken)
    {
        this.input = input;
        declarations = new NpmDeclarations(input.Graph, cancellationToken);
        layout = new NpmLayout(
            [.. input.Files.Select(f => f.Path.Value)],
            input.Graph.Modules.Select(m => m.Path),
            input.Graph.Modules.Where(IsCompiled).Select(m => m.Path),
            [.. input.Graph.Modules.Where(m => MediaTypes.IsDeclaration(m.MediaType)).Select(m => m.Path)],
            declarations.Paths);
        specifiers = new NpmSpecifiers(input.Graph, layout);
    }

    /// <summary>The archive, or <c>npmTarballError</c>. Equal inputs give equal bytes.</summary>
    public static (NpmPackageResult? Result, PublishError? Error) Build(NpmPackageInput input, CancellationToken cancellationToken)
    {
        var package = new NpmPackage(input, cancellationToken);

        // 1. What the exports reach: JavaScript, declarations, and the sources that their maps lead to.
        if (package.AddModules(cancellationToken) is { } error)
        {
            return (null, error);
        }

        package.declarations.Write(package.layout, package.specifiers, package.sources, package.Add, cancellationToken);

        // 2. How clients find it.
        var exports = package.Exports();

        // 3. Everything else as it is.
        if (package.AddFiles() is { } fileError)
        {
            return (null, fileError);
        }

        package.AddInterpreters();

        // 4. What the package says about itself.
        var manifest = package.Manifest();
        package.entries[NpmLayout.PackageJsonPath] = PackageJson.Write(
            new PackageJsonInput(input.Name, input.Version, manifest, exports) { SideEffects = package.SideEffects() });

        var (tarball, packError) = package.Pack();
        return tarball is null ? (null, packError) : (new NpmPackageResult(tarball, manifest, package.declarations.SlowTypes()), null);
    }

    private static bool IsCompiled(ModuleEntry module) => module.IsParsed && module.MediaType is MediaType.TypeScript or MediaType.Mts or MediaType.Tsx or MediaType.Jsx;

    private void Add(string path, string text) => entries[path] = Encoding.UTF8.GetBytes(text);

    /// <summary>The source with rewritten imports and, where it is not JavaScript yet, JavaScript with a source map.</summary>
    private PublishError? AddModules(CancellationToken cancellationToken)
    {
        foreach (var module in input.Graph.Modules)
        {
            cancellationToken.ThrowIfCancellationRequested();

            // Not parsed: JSON, WebAssembly, and modules with errors that only a dynamic or type-only import reaches. Copied as they are.
            if (!module.IsParsed)
            {
                continue;
            }

            var isDeclaration = MediaTypes.IsDeclaration(module.MediaType);
            var runs = MediaTypes.IsJavaScript(module.MediaType) && !IsCompiled(module);
            var source = Rewrite(module, module.Path, isDeclaration ? SpecifierUse.Types : SpecifierUse.Code, runs);
            sources.Add(module.Path, source);
            if (!ReferenceEquals(source.Text, module.SourceFile.Text))
            {
                Add(module.Path, source.Text);
            }

            if (layout.CopiedDeclarations.TryGetValue(module.Path, out var copy))
            {
                Add(copy, Rewrite(module, copy, SpecifierUse.Types, runs: false).Text);
            }

            if (IsCompiled(module) && AddJavaScript(module, module.SourceFile, source) is { } error)
            {
                return error;
            }
        }

        return null;
    }

    private RewrittenSource Rewrite(ModuleEntry module, string output, SpecifierUse use, bool runs) =>
        SpecifierRewriter.RewriteSource(module.SourceFile!, module.Info!, use, RewriterOf(module, output, runs));

    private PublishError? AddJavaScript(ModuleEntry module, SourceFile file, RewrittenSource source)
    {
        var output = layout.JavaScriptOf(module.Path);
        var rewriter = RewriterOf(module, output, runs: true);
        var isProgram = input.Settings.Bin.Any(b => b.Value == module.Path);
        var result = JavaScriptEmitter.Emit(file, new EmitOptions
        {
            RewriteSpecifier = rewriter,
            CommentEdits = [.. SpecifierRewriter.RewritePragmas(file, module.Info!, rewriter), .. isProgram ? NpmProgram.ReplaceInterpreter(file) : []],
            IsTypeOnlyExport = (specifier, name) => input.Graph.IsTypeOnlyExport(module.Path, specifier, name),
            SourceMap = true,
            OutputFileName = output[(output.LastIndexOf('/') + 1)..],
            SourcePath = RelativePaths.Get(output, module.Path),
            ShippedSource = source,
        });
        if (result.Diagnostics is [var problem, ..])
        {
            var (line, column) = file.Lines.GetPosition(problem.Start);
            return new PublishError(PublishErrorCodes.NpmTarballError, $"The module cannot be written as JavaScript: {problem.Message} at {module.Path}:{line + 1}:{column + 1}");
        }

        Add(output, result.Code);
        Add(NpmLayout.MapOf(output), result.SourceMap!);
        return null;
    }

    private Func<string, SpecifierUse, string?> RewriterOf(ModuleEntry module, string output, bool runs) => (specifier, use) => specifiers.Rewrite(module, output, specifier, use, runs);

    /// <summary>Every other file as it is, and empty modules.</summary>
    private PublishError? AddFiles()
    {
        foreach (var path in specifiers.EmptyModules)
        {
            entries.Add(path, "export {};\n"u8.ToArray());
        }

        foreach (var file in input.Files)
        {
            var path = file.Path.Value;
            if (path.StartsWith(NpmLayout.PackageJsonPath + "/", StringComparison.OrdinalIgnoreCase))
            {
                return new PublishError(PublishErrorCodes.NpmTarballError, $"The file '{path}' lies in a folder named package.json, where npm expects a file. Rename the folder.");
            }

            if (!layout.IsGenerated(path))
            {
                entries.TryAdd(path, file.Content);
            }
        }

        return null;
    }

    /// <summary>Commands can be started: npm links them, and the system reads their first line.</summary>
    private void AddInterpreters()
    {
        foreach (var (_, path) in input.Settings.Bin)
        {
            var output = layout.JavaScriptOf(path);
            if (!programs.Add(output))
            {
                continue;
            }

            Add(output, NpmProgram.WithInterpreter(Encoding.UTF8.GetString(entries[output]), out var isNewLine));
            if (isNewLine && output != path)
            {
                Add(NpmLayout.MapOf(output), NpmProgram.ShiftMap(Encoding.UTF8.GetString(entries[NpmLayout.MapOf(output)])));
            }
        }
    }

    private NpmManifest Manifest()
    {
        var settings = input.Settings;
        var asked = specifiers.Asked.Order().Select(PackageBuilder.ToRequirement);

        // What the author declares to be a peer or optional is imported like everything else.
        var declared = settings.PeerDependencies.Concat(settings.OptionalDependencies).Select(d => d.Key).ToHashSet(StringComparer.Ordinal);
        return new NpmManifest
        {
            Description = settings.Description,
            License = input.License,
            Keywords = settings.Keywords,
            Homepage = settings.Homepage ?? $"{input.RegistryUrl}{input.Name}",
            Repository = settings.Repository,
            Bin = [.. settings.Bin.Select(b => KeyValuePair.Create(b.Key, layout.JavaScriptOf(b.Value)[1..]))],
            Engines = settings.Engines,
            Dependencies = [.. NpmDependencies.From(input.Requirements.Concat(asked)).Where(d => !declared.Contains(d.Key))],
            PeerDependencies = Sorted(settings.PeerDependencies),
            OptionalPeers = [.. settings.OptionalPeers.Order(StringComparer.Ordinal)],
            OptionalDependencies = Sorted(settings.OptionalDependencies),
        };
    }

    private static List<KeyValuePair<string, string>> Sorted(IEnumerable<KeyValuePair<string, string>> pairs) => [.. pairs.OrderBy(p => p.Key, StringComparer.Ordinal)];

    private List<NpmExport> Exports() =>
    [
        .. input.Exports.Select(ToNpm),
        .. input.Settings.Exports.Where(e => !input.Exports.Any(x => x.Key == e.Key)).Select(e => new NpmExport(e.Key, null, e.Target)),
    ];

    private NpmExport ToNpm(PackageExport export)
    {
        var path = export.TargetPath;
        var types = specifiers.DeclarationsOf(path);
        var hasTypes = MediaTypes.IsDeclaration(MediaTypes.FromPath(types));

        // Deno runs declarations as an empty module.
        var code = MediaTypes.IsDeclaration(MediaTypes.FromPath(path)) ? specifiers.EmptyModuleOf(path) : layout.JavaScriptOf(path);
        return new NpmExport(export.Key, hasTypes ? "." + types : null, "." + code);
    }

    /// <summary>Bundlers see JavaScript where the author sees TypeScript.</summary>
    private List<string>? SideEffects() => input.Settings.SideEffects?.Select(pattern =>
    {
        var path = pattern.StartsWith("./", StringComparison.Ordinal) ? pattern[1..] : "/" + pattern;
        if (input.Graph.Find(path) is { } module)
        {
            return "." + layout.JavaScriptOf(module.Path);
        }

        return MediaTypes.FromPath(pattern) is MediaType.TypeScript or MediaType.Mts or MediaType.Tsx or MediaType.Jsx ? pattern[..pattern.LastIndexOf('.')] + ".js" : pattern;
    }).ToList();

    private (NpmTarball? Tarball, PublishError? Error) Pack()
    {
        using var output = new MemoryStream();
        using (var gzip = new GzipOutputStream(output))
        {
            var tar = new TarWriter(gzip, input.Timestamp);
            foreach (var (path, content) in entries)
            {
                if (tar.Add("package" + path, content, programs.Contains(path)) is { } error)
                {
                    return (null, error);
                }
            }

            tar.Finish();
        }

        return (NpmTarball.Create(output.ToArray()), null);
    }
}

/// <param name="Manifest">What its <c>package.json</c> says.</param>
internal sealed record NpmPackageResult(NpmTarball Tarball, NpmManifest Manifest, SlowTypes SlowTypes);
