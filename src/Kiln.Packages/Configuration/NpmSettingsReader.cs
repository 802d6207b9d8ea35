using System.Buffers;
using System.Text.Json;
using Kiln.Analysis;
using Kiln.Packages.Names;
using Kiln.Packages.Versions;

namespace Kiln.Packages.Configuration;

/// <summary>
/// Reads the member <c>npm</c>. Members that it does not know are left alone, for a file may be read by several versions of Kiln; a known member of the
/// wrong type is an error, for a package without its command or its peers is not what the author meant.
/// </summary>
internal sealed class NpmSettingsReader(PackageReference package)
{
    /// <summary>Of one list or object. Published packages have dozens at most.</summary>
    private const int MaxEntries = 1000;

    private const int MaxTextLength = 4096;

    private static readonly SearchValues<char> WordCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    private static readonly SearchValues<char> PathCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./");

    private JsoncError? error;

    /// <summary>The settings, empty without the member; null with the first problem in <paramref name="problem"/>.</summary>
    /// <param name="root">The whole file, an object.</param>
    public NpmSettings? Read(JsoncValue root, out JsoncError? problem)
    {
        // Elsewhere in the file a description is a custom, not a rule: of another type it is ignored.
        var outer = root.Find("description") is { Kind: JsonValueKind.String } description ? Sentence(description.Text!) : null;
        var settings = new NpmSettings { Description = outer };
        if (root.Find("npm") is { } npm)
        {
            settings = npm.Kind == JsonValueKind.Object ? Read(npm, outer) : settings;
            if (npm.Kind != JsonValueKind.Object)
            {
                Fail($"The member \"npm\" must be an object, not {npm.KindInWords}.", npm.Place);
            }
        }

        problem = error;
        return problem is null ? settings : null;
    }

    private NpmSettings Read(JsoncValue npm, string? description)
    {
        var peers = Requirements(npm, "peerDependencies");
        var optional = Requirements(npm, "optionalDependencies");
        foreach (var (name, _) in optional)
        {
            if (peers.Exists(p => p.Key == name))
            {
                Fail($"'{name}' stands in \"peerDependencies\" and in \"optionalDependencies\". Remove one of the two.", npm.Find("optionalDependencies")!.Place);
            }
        }

        return new NpmSettings
        {
            Description = Text(npm, "description") is { } text ? Sentence(text) : description,
            Keywords = Texts(npm, "keywords") ?? [],
            Homepage = Homepage(npm),
            Repository = Repository(npm),
            Bin = Bin(npm),
            Exports = Exports(npm),
            SideEffects = SideEffects(npm),
            Engines = Engines(npm),
            PeerDependencies = peers,
            OptionalPeers = OptionalPeers(npm, peers),
            OptionalDependencies = optional,
        };
    }

    private void Fail(string message, TextPlace place) => error ??= new JsoncError(message, place);

    private void FailType(string name, string expected, JsoncValue value) => Fail($"The member \"{name}\" in \"npm\" must be {expected}, not {value.KindInWords}.", value.Place);

    /// <summary>One line, or null for blanks.</summary>
    private static string? Sentence(string text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim().ReplaceLineEndings(" ");

    // Shapes.

    private string? Text(JsoncValue parent, string name) => parent.Find(name) is { } value ? AsText(value, name) : null;

    private string? AsText(JsoncValue value, string name)
    {
        if (value.Kind != JsonValueKind.String)
        {
            FailType(name, "a string", value);
            return null;
        }

        if (value.Text!.Length is 0 or > MaxTextLength)
        {
            Fail($"The member \"{name}\" in \"npm\" must have 1 to {MaxTextLength} characters.", value.Place);
            return null;
        }

        return value.Text;
    }

    private List<string>? Texts(JsoncValue parent, string name)
    {
        if (parent.Find(name) is not { } value)
        {
            return null;
        }

        if (value.Kind != JsonValueKind.Array)
        {
            FailType(name, "an array of strings", value);
            return null;
        }

        if (value.Items.Count > MaxEntries)
        {
            Fail($"The member \"{name}\" in \"npm\" has more than {MaxEntries} entries.", value.Place);
            return null;
        }

        var texts = new List<string>(value.Items.Count);
        foreach (var item in value.Items)
        {
            if (AsText(item, name) is { } text)
            {
                texts.Add(text);
            }
        }

        return texts;
    }

    /// <summary>The members of an object; none when it is absent or wrong.</summary>
    private IReadOnlyList<JsoncMember> Members(JsoncValue parent, string name)
    {
        if (parent.Find(name) is not { } value)
        {
            return [];
        }

        if (value.Kind != JsonValueKind.Object)
        {
            FailType(name, "an object", value);
            return [];
        }

        if (value.Members.Count > MaxEntries)
        {
            Fail($"The member \"{name}\" in \"npm\" has more than {MaxEntries} entries.", value.Place);
            return [];
        }

        return value.Members;
    }

    // Members.

    private string? Homepage(JsoncValue npm)
    {
        var text = Text(npm, "homepage");
        if (text is not null && !(Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
        {
            Fail($"The homepage '{text}' must be an http or https address.", npm.Find("homepage")!.Place);
        }

        return text;
    }

    /// <summary>A string names a git repository; an object says the type and may name a folder.</summary>
    private NpmRepository? Repository(JsoncValue npm)
    {
        switch (npm.Find("repository"))
        {
            case null:
                return null;
            case { Kind: JsonValueKind.String } value:
                return AsText(value, "repository") is { } text ? new NpmRepository("git", RepositoryUrl(text, value.Place), null) : null;
            case { Kind: JsonValueKind.Object } value:
                if (Text(value, "url") is { } url)
                {
                    return new NpmRepository(Text(value, "type") ?? "git", RepositoryUrl(url, value.Find("url")!.Place), Text(value, "directory"));
                }

                Fail("The member \"repository\" in \"npm\" needs a \"url\".", value.Place);
                return null;
            case var value:
                FailType("repository", "a string or an object", value);
                return null;
        }
    }

    /// <summary>As <c>npm publish</c> rewrites it: readers of registries expect an address.</summary>
    private string RepositoryUrl(string text, TextPlace place)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var host = (colon < 0 ? "github" : text[..colon]) switch
        {
            "github" => "github.com",
            "gitlab" => "gitlab.com",
            "bitbucket" => "bitbucket.org",
            _ => null,
        };
        var path = text[(colon + 1)..];
        if (host is not null && path.Count('/') == 1 && !path.StartsWith('/') && !path.EndsWith('/') && !path.AsSpan().ContainsAnyExcept(PathCharacters))
        {
            return $"git+https://{host}/{path}.git";
        }

        if (colon <= 0 || !Uri.TryCreate(text, UriKind.Absolute, out var uri))
        {
            Fail($"The repository '{text}' must be an address, such as \"https://git.example.com/owner/name.git\", or \"github:owner/name\".", place);
            return text;
        }

        return uri is { Scheme: "https", Host: "github.com" or "gitlab.com" or "bitbucket.org" } ? "git+" + (text.EndsWith(".git", StringComparison.Ordinal) ? text : text.TrimEnd('/') + ".git") : text;
    }

    /// <summary>A path alone is a command with the package's own name.</summary>
    private List<KeyValuePair<string, string>> Bin(JsoncValue npm)
    {
        var commands = new List<KeyValuePair<string, string>>();
        if (npm.Find("bin") is { Kind: JsonValueKind.String } single)
        {
            if (Target("bin", single) is { } path)
            {
                commands.Add(KeyValuePair.Create(package.Package.Value, path));
            }

            return commands;
        }

        foreach (var (name, place, value) in Members(npm, "bin"))
        {
            // npm makes a file of this name in a folder of commands.
            if (name.Length is 0 or > 64 || name[0] == '.' || name.AsSpan().ContainsAnyExcept(WordCharacters))
            {
                Fail($"'{name}' in \"bin\" is no name for a command: it may hold letters, digits, '-', '_' and '.', at most 64.", place);
            }
            else if (Target("bin", value) is { } path)
            {
                commands.Add(KeyValuePair.Create(name, path));
            }
        }

        return commands;
    }

    /// <summary>An absolute path that is not a module's: modules belong in <c>exports</c>, where every client finds them.</summary>
    private List<PackageExport> Exports(JsoncValue npm)
    {
        var entries = new List<PackageExport>();
        foreach (var (key, place, value) in Members(npm, "exports"))
        {
            if (ExportMap.KeyProblem(key) is { } problem)
            {
                Fail($"The key \"{key}\" in \"exports\" in \"npm\" {problem}", place);
            }
            else if (Target("exports", value) is { } path)
            {
                if (MediaTypes.FromPath(path) is MediaType.Wasm or MediaType.Json || MediaTypes.GetLanguage(MediaTypes.FromPath(path)) is not null)
                {
                    Fail($"\"{key}\" in \"exports\" in \"npm\" names a module. Move it to \"exports\" of the package, so that every client finds it.", value.Place);
                }

                entries.Add(new PackageExport(key, "." + path));
            }
        }

        return entries;
    }

    private List<string>? SideEffects(JsoncValue npm) => npm.Find("sideEffects") switch
    {
        { Kind: JsonValueKind.True } => null,
        { Kind: JsonValueKind.False } => [],
        { Kind: not JsonValueKind.Array } value => Wrong(value),
        _ => Texts(npm, "sideEffects"),
    };

    private List<string>? Wrong(JsoncValue value)
    {
        FailType("sideEffects", "a boolean or an array of strings", value);
        return null;
    }

    private List<KeyValuePair<string, string>> Engines(JsoncValue npm)
    {
        var engines = new List<KeyValuePair<string, string>>();
        foreach (var (name, place, value) in Members(npm, "engines"))
        {
            if (name.Length is 0 or > 64 || name.AsSpan().ContainsAnyExcept(WordCharacters))
            {
                Fail($"'{name}' in \"engines\" is no name of an engine.", place);
            }
            else if (AsText(value, "engines") is { } range)
            {
                if (!VersionRange.TryParse(range, out _))
                {
                    Fail($"'{range}' is not a version range.", value.Place);
                }

                engines.Add(KeyValuePair.Create(name, range));
            }
        }

        return engines;
    }

    /// <summary>Names as npm knows them; <c>jsr:@scope/name</c> is turned into one.</summary>
    private List<KeyValuePair<string, string>> Requirements(JsoncValue npm, string member)
    {
        var requirements = new List<KeyValuePair<string, string>>();
        foreach (var (key, place, value) in Members(npm, member))
        {
            if (PackageName(key) is not { } name)
            {
                Fail($"'{key}' in \"{member}\" is not the name of a package.", place);
            }
            else if (requirements.Exists(r => r.Key == name))
            {
                Fail($"'{name}' stands twice in \"{member}\".", place);
            }
            else if (AsText(value, member) is { } range)
            {
                if (!IsRangeOrTag(range))
                {
                    Fail($"'{range}' for '{key}' is neither a version range nor a tag. Only versions from a registry can be named.", value.Place);
                }

                requirements.Add(KeyValuePair.Create(name, range));
            }
        }

        return requirements;
    }

    private static string? PackageName(string key)
    {
        var specifier = key.StartsWith("jsr:", StringComparison.Ordinal) ? key : "npm:" + key;
        return PackageRequirement.TryParse(specifier, out var requirement) && !requirement.HasConstraint && requirement.SubPath.Length == 0 && !key.EndsWith("@*", StringComparison.Ordinal)
            ? Npm.NpmNames.PackageOf(requirement)
            : null;
    }

    private static bool IsRangeOrTag(string text) =>
        VersionRange.TryParse(text, out _) || (char.IsAsciiLetter(text[0]) && text.Length <= 64 && !text.AsSpan().ContainsAnyExcept(WordCharacters));

    private List<string> OptionalPeers(JsoncValue npm, List<KeyValuePair<string, string>> peers)
    {
        var names = new List<string>();
        foreach (var (key, place, value) in Members(npm, "peerDependenciesMeta"))
        {
            if (PackageName(key) is not { } name || !peers.Exists(p => p.Key == name))
            {
                Fail($"'{key}' stands in \"peerDependenciesMeta\", but not in \"peerDependencies\".", place);
            }
            else if (value.Kind != JsonValueKind.Object || value.Find("optional") is not (null or { Kind: JsonValueKind.True or JsonValueKind.False }))
            {
                Fail($"'{key}' in \"peerDependenciesMeta\" must be an object such as {{ \"optional\": true }}.", value.Place);
            }
            else if (value.Find("optional")?.Kind == JsonValueKind.True)
            {
                names.Add(name);
            }
        }

        return names;
    }

    /// <summary>The absolute path of <c>./cli.ts</c>.</summary>
    private string? Target(string member, JsoncValue value)
    {
        if (AsText(value, member) is not { } text)
        {
            return null;
        }

        if (text.StartsWith("./", StringComparison.Ordinal) && PackagePath.TryParse(text[1..], out var path))
        {
            return path.Value;
        }

        Fail($"'{text}' in \"{member}\" in \"npm\" must be the path of a file in the package, such as \"./cli.ts\".", value.Place);
        return null;
    }
}
