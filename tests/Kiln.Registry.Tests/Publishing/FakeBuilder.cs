using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Kiln.Packages;
using Kiln.Packages.Configuration;
using Kiln.Packages.Names;
using Kiln.Packages.Npm;
using Kiln.Packages.Publishing;
using Kiln.Packages.Versions;

namespace Kiln.Registry.Publishing;

/// <summary>
/// Stands in for the analysis: a "tarball" is lines of <c>/path|content</c>, <c>!code|message</c> (a refusal),
/// <c>dep|specifier</c>, <c>npm|manifest</c> (JSON), <c>readme|path</c> or <c>slow|path</c> (a slow type there). Deterministic like the real one.
/// </summary>
public sealed class FakeBuilder
{
    /// <summary>Runs before every build, e.g. to fail or to wait.</summary>
    public Func<Task> Before { get; set; } = () => Task.CompletedTask;

    /// <summary>The same, for one that looks at what is built.</summary>
    public Func<PublishRequest, Task> BeforeRequest { get; set; } = _ => Task.CompletedTask;

    /// <summary>The next build finds this wrong, whatever the tarball.</summary>
    public PublishError? Refuse { get; set; }

    /// <summary>As if another build of the server emitted JavaScript and wrote JSON differently.</summary>
    public string Flavour { get; set; } = "";

    public static byte[] Tarball(params string[] lines) => Encoding.UTF8.GetBytes(string.Join('\n', lines));

    public async Task<PublishResult> BuildAsync(Stream tarball, PublishRequest request, CancellationToken cancellation)
    {
        await Before();
        await BeforeRequest(request);
        if (Refuse is { } error)
        {
            Refuse = null;
            return PublishResult.Failure(error);
        }

        cancellation.ThrowIfCancellationRequested();
        using var reader = new StreamReader(tarball);
        var files = new List<PackageFile>();
        var dependencies = new List<PackageRequirement>();
        var slow = new List<SlowType>();
        var npmManifest = new NpmManifest();
        string? readme = null;
        foreach (var line in (await reader.ReadToEndAsync(cancellation)).Split('\n'))
        {
            var (head, tail) = (line[..line.IndexOf('|', StringComparison.Ordinal)], line[(line.IndexOf('|', StringComparison.Ordinal) + 1)..]);
            switch (head)
            {
                case ['!', ..]:
                    return PublishResult.Failure(new PublishError(head[1..], tail));
                case "dep":
                    dependencies.Add(PackageRequirement.Parse(tail));
                    break;
                case "npm":
                    npmManifest = NpmManifest.FromJson(tail);
                    break;
                case "readme":
                    readme = tail;
                    break;
                case "slow":
                    slow.Add(new SlowType("missing-explicit-type", tail, 1, 14, "missing explicit type", "add one"));
                    break;
                default:
                    files.Add(PackageFile.Create(PackagePath.Parse(head), Encoding.UTF8.GetBytes(tail)));
                    break;
            }
        }

        var manifest = files.ToDictionary(f => f.Path.Value, f => new { size = f.Content.Length, checksum = "sha256-" + f.Sha256 });
        var meta = JsonSerializer.SerializeToUtf8Bytes(new { manifest, exports = new Dictionary<string, string> { ["."] = "./mod.ts" }, flavour = Flavour });
        var npm = Encoding.UTF8.GetBytes($"npm {request.Name}@{request.Version} {Flavour} {request.Timestamp:O} {request.RegistryUrl}\n" + string.Join('\n', files.Select(f => f.Sha256)));
        return PublishResult.Success(new PublishArtifacts
        {
            Files = files,
            VersionMeta = meta,
            NpmTarball = npm,
#pragma warning disable CA5350 // npm's document has a field for it.
            NpmSha1 = Convert.ToHexStringLower(SHA1.HashData(npm)),
#pragma warning restore CA5350
            NpmSha512 = Convert.ToBase64String(SHA512.HashData(npm)),
            Exports = [new PackageExport(".", "./mod.ts")],
            Dependencies = dependencies,
            NpmManifest = npmManifest with { Dependencies = NpmDependencies.From(dependencies) },
            SlowTypes = new SlowTypes(slow.Count, slow),
            License = "MIT",
            ReadmePath = readme,
            UsesNpm = dependencies.Any(d => d.Kind == RequirementKind.Npm),
        });
    }
}
