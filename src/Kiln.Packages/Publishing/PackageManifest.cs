using System.Text.Json;
using Kiln.Packages.Configuration;
using Kiln.Packages.Files;
using Kiln.Packages.Licenses;
using Kiln.Packages.Names;
using Kiln.Packages.Versions;
using Kiln.Packages.Workspaces;

namespace Kiln.Packages.Publishing;

/// <summary>What the configuration of one package says about its publication. What cannot be read is null, and a problem says why.</summary>
internal sealed class PackageManifest
{
    private readonly WorkspaceFolder package;
    private readonly ConfigurationFile config;
    private readonly List<PublishDiagnostic> problems = [];

    private PackageManifest(WorkspaceFolder package)
    {
        this.package = package;
        config = package.Config!;
    }

    public PackageReference? Name { get; private set; }

    public PackageVersion? Version { get; private set; }

    public ExportMap? Exports { get; private set; }

    /// <summary>Not blank; else null.</summary>
    public string? License { get; private set; }

    public required FilePatterns Patterns { get; init; }

    public IReadOnlyList<PublishDiagnostic> Problems => problems;

    /// <param name="package">A folder with a configuration that has a name and exports.</param>
    /// <param name="workspace">The workspace that it belongs to.</param>
    public static PackageManifest Read(WorkspaceFolder package, Workspace workspace)
    {
        var problems = new List<PublishDiagnostic>();
        var manifest = new PackageManifest(package) { Patterns = ReadPatterns(package, workspace, problems) };
        manifest.Read();
        manifest.problems.AddRange(problems);
        return manifest;
    }

    private void Read()
    {
        // The schema of the registry for its four members, one problem for each. That new names have two letters at least is said where they are created: an author
        // may check and pack for another registry.
        if (PackageReference.TryParse(package.Name, out var name, out var reason))
        {
            Name = name;
        }
        else
        {
            Add(PublishDiagnosticCodes.InvalidName, $"The name \"{package.Name}\" is not valid. {reason}", "name", "A package has a name like \"@scope/name\".");
        }

        if (config.Root.Find("version") is not { } declared)
        {
            problems.Add(new PublishDiagnostic(PublishDiagnosticCodes.MissingVersion, DiagnosticSeverity.Error, "The package has no version.", config.Path) { Hint = "Add it, for example \"version\": \"0.1.0\"." });
        }
        else if (PackageVersion.TryParse(declared.Text, out var version, out var problem) && version.PublishProblem() is null)
        {
            Version = version;
        }
        else
        {
            Add(PublishDiagnosticCodes.InvalidVersion, $"The version \"{declared.Text}\" is not valid. {problem ?? PackageVersion.Parse(declared.Text!).PublishProblem()}", "version", "A version has the form MAJOR.MINOR.PATCH, for example \"1.0.0\".");
        }

        if (ExportMap.TryRead(config.Root.Find("exports"), out var exports, out var error))
        {
            Exports = exports;
        }
        else
        {
            problems.Add(ConfigurationPlaces.At(PublishDiagnosticCodes.InvalidExports, error.Message, config.Path, error.Place) with { End = ConfigurationPlaces.EndOf(config, error.Place) });
        }

        License = config.Text("license")?.Trim();
        if (License is not null && !SpdxExpression.TryNormalize(License, out _, out var licenseReason))
        {
            Add(PublishDiagnosticCodes.InvalidLicense, $"The license \"{License}\" is not known. {licenseReason}", "license", "Write an SPDX identifier such as \"MIT\" or an expression such as \"MIT OR Apache-2.0\".");
        }
    }

    private void Add(string code, string message, string member, string hint) =>
        problems.Add(ConfigurationPlaces.At(code, message, config, config.Root.Find(member)!) with { Hint = hint });

    private static FilePatterns ReadPatterns(WorkspaceFolder package, Workspace workspace, List<PublishDiagnostic> problems)
    {
        var config = package.Config!;
        var exclude = new List<FilePattern>();

        // The root's lists count for what they say about the member; what it includes, only where the member does not say it itself.
        List<FilePattern>? include = null;
        if (!ReferenceEquals(package, workspace.Root) && workspace.Root.Config is { } root)
        {
            exclude.AddRange(OfRoot(root.Root.Find("exclude")));
            if (root.Root.Find("publish") is { Kind: JsonValueKind.Object } shared)
            {
                exclude.AddRange(OfRoot(shared.Find("exclude")));
                include = shared.Find("include") is { } list ? [.. OfRoot(list)] : null;
            }

            IEnumerable<FilePattern> OfRoot(JsoncValue? list) => ReadList(root, list, "", []).Where(p => p.IsGlob || TreePath.IsWithin(p.Base, package.Folder));
        }

        exclude.AddRange(ReadList(config, config.Root.Find("exclude"), "exclude", problems));
        if (config.Root.Find("vendor") is { Kind: JsonValueKind.True })
        {
            exclude.Add(FilePattern.Parse(config.Folder, "vendor"));
        }

        switch (config.Root.Find("publish"))
        {
            case { Kind: JsonValueKind.Object } publish:
                foreach (var member in publish.Members)
                {
                    if (member.Name is not ("include" or "exclude"))
                    {
                        problems.Add(ConfigurationPlaces.At(PublishDiagnosticCodes.InvalidConfiguration, $"\"publish\" has no member \"{member.Name}\"; \"include\" and \"exclude\" are.", config.Path, member.Place) with { End = ConfigurationPlaces.EndOf(config, member.Place) });
                    }
                }

                include = publish.Find("include") is { } list ? ReadList(config, list, "publish.include", problems) : include;
                exclude.AddRange(ReadList(config, publish.Find("exclude"), "publish.exclude", problems));
                break;
            case { Kind: not (JsonValueKind.True or JsonValueKind.False) } other:
                problems.Add(ConfigurationPlaces.At(PublishDiagnosticCodes.InvalidConfiguration, $"\"publish\" is an object with \"include\" and \"exclude\", or false; not {other.KindInWords}.", config, other));
                break;
        }

        return new FilePatterns(config.Folder, include, exclude);
    }

    private static List<FilePattern> ReadList(ConfigurationFile file, JsoncValue? list, string name, List<PublishDiagnostic> problems)
    {
        var patterns = new List<FilePattern>();
        if (list is null)
        {
            return patterns;
        }

        if (list.Kind != JsonValueKind.Array)
        {
            problems.Add(ConfigurationPlaces.At(PublishDiagnosticCodes.InvalidConfiguration, $"\"{name}\" is a list of paths and patterns, not {list.KindInWords}.", file, list));
            return patterns;
        }

        for (var i = 0; i < list.Items.Count; i++)
        {
            var item = list.Items[i];
            if (item.Kind != JsonValueKind.String)
            {
                problems.Add(ConfigurationPlaces.At(PublishDiagnosticCodes.InvalidConfiguration, $"\"{name}\" is a list of paths and patterns, not of {item.KindInWords}.", file, item));
                continue;
            }

            var pattern = FilePattern.Parse(file.Folder, item.Text!);
            patterns.Add(pattern);
            if (pattern.IsNegated && !name.EndsWith("include", StringComparison.Ordinal) && FindCover(file, list, i, pattern) is { } cover)
            {
                problems.Add(ConfigurationPlaces.At(PublishDiagnosticCodes.InvalidConfiguration, $"\"{item.Text}\" has no effect, because \"{cover}\" comes after it.", file, item) with { Hint = $"Move \"{item.Text}\" behind \"{cover}\"." });
            }
        }

        return patterns;
    }

    /// <summary>A later path that covers what a negated entry lets through: the last entry that matches decides.</summary>
    private static string? FindCover(ConfigurationFile file, JsoncValue list, int index, FilePattern negated)
    {
        foreach (var item in list.Items.Skip(index + 1))
        {
            if (item.Text is { } text && FilePattern.Parse(file.Folder, text) is { IsNegated: false, IsGlob: false } later && TreePath.IsWithin(negated.Base, later.Base))
            {
                return text;
            }
        }

        return null;
    }
}
