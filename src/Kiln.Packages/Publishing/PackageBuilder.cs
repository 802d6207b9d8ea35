using System.Text;
using Kiln.Analysis;
using Kiln.Analysis.Graph;
using Kiln.Packages.Configuration;
using Kiln.Packages.Licenses;
using Kiln.Packages.Metadata;
using Kiln.Packages.Npm;
using Kiln.Packages.Tar;
using Kiln.Packages.Versions;

namespace Kiln.Packages.Publishing;

/// <summary>
/// From an uploaded tarball to everything that is stored of a version, or to the first reason against it. Pure: it writes nothing, asks nobody, and
/// gives the same bytes for the same input. The order of the checks is that of publishing.md §3.2; clients show the first problem only.
/// </summary>
/// <remarks>
/// Whatever is wrong with the package is a <see cref="PublishError"/>. An exception is a defect of ours or a failing stream, and worth another try.
/// Whether <c>jsr:</c> dependencies exist (step 22) is known to the registry alone.
/// </remarks>
public static class PackageBuilder
{
    /// <summary>In UTF-16 units; a message that says where and why has a few hundred.</summary>
    private const int MaxMessageLength = 4000;

    public static async Task<PublishResult> BuildAsync(Stream gzipTarball, PublishRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(gzipTarball);
        ArgumentNullException.ThrowIfNull(request);

        // Steps 1 to 8: archive, entries, paths, sizes.
        var tar = await PackageTarReader.ReadAsync(gzipTarball, TarLimits.Default, cancellationToken).ConfigureAwait(false);
        return tar.IsSuccess ? await BuildAsync(tar.Files, request, cancellationToken).ConfigureAwait(false) : Fail(tar.Error);
    }

    /// <summary>The same from files that are already known to be acceptable.</summary>
    public static Task<PublishResult> BuildAsync(IReadOnlyList<PackageFile> files, PublishRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(request);
        return DeepStack.RunAsync(token => Build(files, request, token), cancellationToken);
    }

    private static PublishResult Build(IReadOnlyList<PackageFile> unordered, PublishRequest request, CancellationToken cancellationToken)
    {
        PackageFile[] files = [.. unordered.OrderBy(f => f.Path.Value, StringComparer.Ordinal)];
        var source = new PackageSource(files);

        // 9. The configuration file is there.
        if (!source.TryRead(request.ConfigPath.Value, out var configurationBytes))
        {
            return Fail(new PublishError(
                PublishErrorCodes.MissingConfigFile,
                $"The package has no file '{request.ConfigPath}', which is to be its configuration file. Make sure that it is not excluded from publishing."));
        }

        // 10 to 13. It is readable, it is that of this package and version, and its exports have the right shape.
        if (!PackageConfiguration.TryRead(request.ConfigPath, configurationBytes.Span, request.Name, request.Version, out var configuration, out var error))
        {
            return Fail(error);
        }

        // 14. There is a license.
        if (!LicenseDetector.TryDetect(configuration.License, source.Contents, out var license, out error))
        {
            return Fail(error);
        }

        // 15. Every export names a file.
        var exports = configuration.Exports;
        if (exports.CheckTargets(source.Contents) is { } exportError)
        {
            return Fail(exportError);
        }

        if (CheckSettings(configuration.Npm, source) is { } settingsError)
        {
            return Fail(settingsError);
        }

        // 16 to 19. The modules hang together, name what they need, and hold nothing that is banned.
        var graph = ModuleGraph.Build(
            new ModuleGraphInput
            {
                Exports = [.. exports.Entries.Select(e => KeyValuePair.Create(e.Key, e.Target))],
                Programs = [.. configuration.Npm.Bin.Select(b => b.Value).Distinct(StringComparer.Ordinal)],
                Source = source,
                Requirements = new GraphRequirements(request.Name, request.Version),
            },
            cancellationToken);
        if (graph.Error is { } graphError)
        {
            return Fail(new PublishError(graphError.Code, graphError.Message));
        }

        // 20. Documentation has no part in whether a package can be published.

        // 21. The npm tarball.
        var dependencies = graph.Dependencies.Select(ToRequirement).ToList();
        var (npm, npmError) = NpmPackage.Build(
            new NpmPackageInput
            {
                Name = request.Name,
                Version = request.Version,
                RegistryUrl = request.RegistryUrl,
                Timestamp = request.Timestamp,
                Files = files,
                Graph = graph,
                Exports = exports.Entries,
                Requirements = dependencies,
                License = license,
                Settings = configuration.Npm,
            },
            cancellationToken);
        if (npm is null)
        {
            return Fail(npmError!);
        }

        return PublishResult.Success(new PublishArtifacts
        {
            Files = files,
            VersionMeta = VersionMeta.Write(files, graph.Modules, exports.Entries),
            NpmTarball = npm.Tarball.Bytes,
            NpmSha1 = npm.Tarball.Sha1,
            NpmSha512 = npm.Tarball.Sha512,
            Exports = exports.Entries,
            Dependencies = dependencies,
            NpmManifest = npm.Manifest,
            SlowTypes = npm.SlowTypes,
            License = license,
            ReadmePath = Readme.Find(files.Select(f => f.Path.Value)),
            UsesNpm = dependencies.Exists(d => d.Kind == RequirementKind.Npm),
        });
    }

    /// <summary>Messages quote the package. What is stored and shown has a bounded length and no U+0000 and no half of a surrogate pair, which databases refuse.</summary>
    private static PublishResult Fail(PublishError error)
    {
        var message = error.Message.Length <= MaxMessageLength ? error.Message : string.Concat(error.Message.AsSpan(0, MaxMessageLength), "…");
        var text = new StringBuilder(message.Length);
        foreach (var rune in message.EnumerateRunes())
        {
            text.Append((rune.Value == 0 ? Rune.ReplacementChar : rune).ToString());
        }

        return PublishResult.Failure(error with { Message = text.ToString() });
    }

    /// <summary>What <c>npm</c> in the configuration names is there, and programs are code.</summary>
    private static PublishError? CheckSettings(NpmSettings settings, PackageSource source)
    {
        foreach (var (command, path) in settings.Bin)
        {
            if (!source.Contents.ContainsKey(path))
            {
                return new PublishError(PublishErrorCodes.ConfigFileExportsInvalid, $"The command \"{command}\" in \"bin\" names '.{path}', but the package has no such file.");
            }

            var type = MediaTypes.FromPath(path);
            if (MediaTypes.GetLanguage(type) is null || MediaTypes.IsDeclaration(type))
            {
                return new PublishError(PublishErrorCodes.ConfigFileExportsInvalid, $"The command \"{command}\" in \"bin\" names '.{path}', which is neither JavaScript nor TypeScript.");
            }
        }

        foreach (var export in settings.Exports)
        {
            if (!source.Contents.ContainsKey(export.TargetPath))
            {
                return new PublishError(PublishErrorCodes.ConfigFileExportsInvalid, $"The export \"{export.Key}\" in \"npm\" names '{export.Target}', but the package has no such file.");
            }
        }

        return null;
    }

    internal static PackageRequirement ToRequirement(PackageDependency dependency) =>
        new(
            dependency.Kind == PackageDependencyKind.Jsr ? RequirementKind.Jsr : RequirementKind.Npm,
            dependency.Name,
            dependency.Constraint,
            dependency.SubPath,
            VersionRange.TryParseSpecifier(dependency.Constraint, out var range) ? range : null);
}
