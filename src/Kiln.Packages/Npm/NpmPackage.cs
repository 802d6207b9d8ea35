using System.Security.Cryptography;
using System.Text;
using Kiln.Analysis;
using Kiln.Analysis.Emit;
using Kiln.Analysis.Graph;
using Kiln.Analysis.Rewriting;
using Kiln.Packages.Configuration;
using Kiln.Packages.Names;
using Kiln.Packages.Tar;
using Kiln.Packages.Versions;
using Kiln.TypeScript;

namespace Kiln.Packages.Npm;

/// <summary>What the npm tarball is made from.</summary>
/// <param name="RegistryUrl">With a trailing slash.</param>
/// <param name="Timestamp">Time of every entry.</param>
internal sealed record NpmPackageInput(
    PackageReference Name,
    PackageVersion Version,
    string RegistryUrl,
    DateTimeOffset Timestamp,
    IReadOnlyList<PackageFile> Files,
    ModuleGraph Graph,
    IReadOnlyList<PackageExport> Exports,
    IReadOnlyList<KeyValuePair<string, string>> Dependencies);

/// <summary>Packs a package for npm, pnpm, yarn and bun (publishing.md §5): its files, with JavaScript made from TypeScript and JSX, and a <c>package.json</c>.</summary>
internal sealed class NpmPackage
{
    private readonly NpmPackageInput input;
    private readonly NpmLayout layout;
    private readonly NpmSpecifiers specifiers;
    private readonly SortedDictionary<string, byte[]> entries = new(StringComparer.Ordinal);

    private NpmPackage(NpmPackageInput input)
    {
        this.input = input;
        layout = new NpmLayout(
            [.. input.Files.Select(f => f.Path.Value)],
            input.Graph.Modules.Select(m => m.Path),
            input.Graph.Modules.Where(IsCompiled).Select(m => m.Path),
            input.Graph.Modules.Where(m => MediaTypes.IsDeclaration(m.MediaType)).Select(m => m.Path));
        specifiers = new NpmSpecifiers(input.Graph, layout);
    }

    /// <summary>The archive with its hashes, or <c>npmTarballError</c>. Equal inputs give equal bytes.</summary>
    public static (NpmTarball? Tarball, PublishError? Error) Build(NpmPackageInput input, CancellationToken cancellationToken)
    {
        var package = new NpmPackage(input);
        var error = package.AddModules(cancellationToken) ?? package.AddFiles();
        return error is null ? package.Pack() : (null, error);
    }

    private static bool IsCompiled(ModuleEntry module) => module.IsParsed && module.MediaType is MediaType.TypeScript or MediaType.Mts or MediaType.Tsx or MediaType.Jsx;

    /// <summary>The modules that the exports reach: the source with rewritten imports and, where it is not JavaScript yet, JavaScript with a source map.</summary>
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

            var use = MediaTypes.IsDeclaration(module.MediaType) ? SpecifierUse.Types : SpecifierUse.Code;
            var text = SpecifierRewriter.Rewrite(module.SourceFile, module.Info, use, RewriterOf(module, runs: MediaTypes.IsJavaScript(module.MediaType) && !IsCompiled(module)));
            if (!ReferenceEquals(text, module.SourceFile.Text))
            {
                entries[module.Path] = Encoding.UTF8.GetBytes(text);
            }

            if (IsCompiled(module) && AddJavaScript(module, module.SourceFile) is { } error)
            {
                return error;
            }
        }

        return null;
    }

    private PublishError? AddJavaScript(ModuleEntry module, SourceFile file)
    {
        var output = layout.JavaScriptOf(module.Path);
        var result = JavaScriptEmitter.Emit(file, new EmitOptions
        {
            RewriteSpecifier = RewriterOf(module, runs: true),
            IsTypeOnlyExport = (specifier, name) => input.Graph.IsTypeOnlyExport(module.Path, specifier, name),
            SourceMap = true,
            OutputFileName = output[(output.LastIndexOf('/') + 1)..],
            SourcePath = RelativePaths.Get(output, module.Path),
        });
        if (result.Diagnostics is [var problem, ..])
        {
            var (line, column) = file.Lines.GetPosition(problem.Start);
            return new PublishError(PublishErrorCodes.NpmTarballError, $"The module cannot be written as JavaScript: {problem.Message} at {module.Path}:{line + 1}:{column + 1}");
        }

        entries[output] = Encoding.UTF8.GetBytes(result.Code);
        entries[NpmLayout.MapOf(output)] = Encoding.UTF8.GetBytes(result.SourceMap!);
        return null;
    }

    private Func<string, SpecifierUse, string?> RewriterOf(ModuleEntry module, bool runs) => (specifier, use) => specifiers.Rewrite(module, specifier, use, runs);

    /// <summary>Every other file as it is, empty modules and <c>package.json</c>.</summary>
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

        entries[NpmLayout.PackageJsonPath] = PackageJson.Write(input.Name, input.Version, input.RegistryUrl, input.Dependencies, [.. input.Exports.Select(ToNpm)]);
        return null;
    }

    private NpmExport ToNpm(PackageExport export)
    {
        var code = layout.JavaScriptOf(export.TargetPath);
        var types = specifiers.DeclarationsOf(export.TargetPath);
        var hasTypes = types != code && MediaTypes.IsDeclaration(MediaTypes.FromPath(types)) && entries.ContainsKey(types);
        return new NpmExport(export.Key, hasTypes ? "." + types : null, entries.ContainsKey(code) ? "." + code : null);
    }

    private (NpmTarball? Tarball, PublishError? Error) Pack()
    {
        using var output = new MemoryStream();
        using (var gzip = new GzipOutputStream(output))
        {
            var tar = new TarWriter(gzip, input.Timestamp);
            foreach (var (path, content) in entries)
            {
                if (tar.Add("package" + path, content) is { } error)
                {
                    return (null, error);
                }
            }

            tar.Finish();
        }

        return (NpmTarball.Create(output.ToArray()), null);
    }
}

/// <summary>A finished archive.</summary>
/// <param name="Sha1">Lower-case hexadecimal: npm's <c>shasum</c>.</param>
/// <param name="Sha512">Base64 with padding: npm's <c>integrity</c> without its prefix.</param>
internal sealed record NpmTarball(byte[] Bytes, string Sha1, string Sha512)
{
    // SHA-1 because npm's protocol asks for it; clients verify SHA-512.
#pragma warning disable CA5350
    public static NpmTarball Create(byte[] bytes) =>
        new(bytes, Convert.ToHexStringLower(SHA1.HashData(bytes)), Convert.ToBase64String(SHA512.HashData(bytes)));
#pragma warning restore CA5350
}
