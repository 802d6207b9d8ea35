using System.Text.Json;
using Kiln.Packages.Configuration;
using Kiln.Packages.Names;
using Kiln.Packages.Versions;
using Kiln.Packages.Workspaces;

namespace Kiln.Packages.Unfurling;

/// <summary>The dependencies of one <c>package.json</c>, and what they are called in a published package (publishing.md §2.2, rule 6).</summary>
internal sealed class PackageJsonDependencies
{
    private readonly List<(string Name, string Value)> entries = [];
    private readonly Workspace workspace;

    public PackageJsonDependencies(ConfigurationFile packageJson, Workspace workspace)
    {
        this.workspace = workspace;
        foreach (var member in (ReadOnlySpan<string>)["dependencies", "devDependencies"])
        {
            if (packageJson.Root.Find(member) is not { Kind: JsonValueKind.Object } list)
            {
                continue;
            }

            foreach (var entry in list.Members)
            {
                if (entry.Value.Text is { } value && !entries.Exists(e => e.Name == entry.Name))
                {
                    entries.Add((entry.Name, value));
                }
            }
        }
    }

    /// <summary>The first name, in the order of the file, that the specifier is or lies below; null when there is none or its requirement cannot be said.</summary>
    public Resolution? Resolve(string specifier)
    {
        foreach (var (name, value) in entries)
        {
            if (specifier == name || (specifier.Length > name.Length && specifier[name.Length] == '/' && specifier.StartsWith(name, StringComparison.Ordinal)))
            {
                return ToSpecifier(name, value, specifier[name.Length..]);
            }
        }

        return null;
    }

    private Resolution? ToSpecifier(string name, string value, string subPath)
    {
        value = value.Trim();
        if (value.StartsWith("workspace:", StringComparison.Ordinal))
        {
            return FromWorkspace(name, value["workspace:".Length..], subPath);
        }

        if (value.StartsWith("catalog:", StringComparison.Ordinal))
        {
            return FindInCatalog(name, value["catalog:".Length..].Trim()) is { } found ? ToSpecifier(name, found, subPath) : null;
        }

        if (value.StartsWith("jsr:", StringComparison.Ordinal))
        {
            // The name may be that of the key: "@s/n": "jsr:^1".
            var rest = value["jsr:".Length..];
            return Resolution.To(rest.StartsWith('@') ? $"jsr:{rest}{subPath}" : $"jsr:{name}@{rest}{subPath}");
        }

        if (value.StartsWith("npm:", StringComparison.Ordinal))
        {
            var alias = value["npm:".Length..];
            var at = alias.LastIndexOf('@');
            return Package(at > 0 ? alias[..at] : alias, at > 0 ? alias[(at + 1)..] : null, subPath);
        }

        if (ImportMap.HasScheme(value) || value.Contains('/', StringComparison.Ordinal))
        {
            var scheme = value.Contains(':', StringComparison.Ordinal) ? value[..(value.IndexOf(':', StringComparison.Ordinal) + 1)] : value;
            return Resolution.Failed(Publishing.PublishDiagnosticCodes.UnsupportedSpecifier, $"The dependency \"{name}\" of package.json is \"{scheme}\", which others cannot install.", "Depend on a published version.");
        }

        return Package(name, value, subPath);
    }

    /// <summary>Null when the requirement is nothing that a specifier can say.</summary>
    private static Resolution? Package(string name, string? requirement, string subPath)
    {
        if (requirement is not null && !IsRequirement(requirement))
        {
            return null;
        }

        var version = requirement is null ? "" : "@" + requirement;
        return PackageReference.TryParseNpm(name, out var jsr) ? Resolution.To($"jsr:{jsr}{version}{subPath}") : Resolution.To($"npm:{name}{version}{subPath}");
    }

    private static bool IsRequirement(string text) => text.Length > 0 && (VersionRange.TryParse(text, out _) || text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_'));

    private Resolution? FromWorkspace(string name, string range, string subPath)
    {
        range = range.Trim();
        if (range is not ("^" or "~"))
        {
            return Package(name, range.Length == 0 ? "*" : range, subPath);
        }

        var package = workspace.Folders.FirstOrDefault(f => f.PackageJson?.Text("name") == name);
        return package?.PackageJson?.Text("version") is { } version && PackageVersion.TryParse(version, out _)
            ? Package(name, range + version, subPath)
            : Resolution.Failed(
                Publishing.PublishDiagnosticCodes.NpmWorkspacePackage,
                package is null ? $"The workspace has no npm package \"{name}\", which \"workspace:{range}\" asks for." : $"The package.json of \"{name}\" has no valid version, which \"workspace:{range}\" asks for.",
                "Give the package a version, or depend on a published one.");
    }

    private string? FindInCatalog(string name, string catalog)
    {
        foreach (var file in (ReadOnlySpan<ConfigurationFile?>)[workspace.Root.Config, workspace.Root.PackageJson])
        {
            foreach (var owner in (ReadOnlySpan<JsoncValue?>)[file?.Root, file?.Root.Find("workspaces")])
            {
                var entries = catalog is "" or "default" ? owner?.Find("catalog") ?? owner?.Find("catalogs")?.Find("default") : owner?.Find("catalogs")?.Find(catalog);
                if (entries?.Find(name)?.Text is { } found)
                {
                    return found;
                }
            }
        }

        return null;
    }
}
