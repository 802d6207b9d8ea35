using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Kiln.Packages.Names;

namespace Kiln.Packages.Configuration;

/// <summary>One entry of <c>exports</c>.</summary>
/// <param name="Key"><c>.</c> or <c>./name</c>.</param>
/// <param name="Target">As written: <c>./mod.ts</c>.</param>
public readonly record struct PackageExport(string Key, string Target)
{
    /// <summary>The absolute path, <c>/mod.ts</c>.</summary>
    public string TargetPath => Target[1..];
}

/// <summary>The modules that a package offers, in the order of the configuration file; at least one.</summary>
public sealed class ExportMap
{
    private static readonly SearchValues<char> KeyCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./");

    private readonly Dictionary<string, string> targets;

    private ExportMap(IReadOnlyList<PackageExport> entries)
    {
        Entries = entries;
        targets = entries.ToDictionary(e => e.Key, e => e.Target, StringComparer.Ordinal);
    }

    public IReadOnlyList<PackageExport> Entries { get; }

    /// <summary>The target of a key, or null.</summary>
    public string? Find(string key) => targets.GetValueOrDefault(key);

    /// <summary>
    /// Checks the member's shape (publishing.md §3.4): a string, or an object from keys to strings. On false <paramref name="error"/> tells
    /// what is wrong and at which place of the file.
    /// </summary>
    /// <param name="member">The member <c>exports</c>, or null when it is absent.</param>
    public static bool TryRead(JsoncValue? member, [NotNullWhen(true)] out ExportMap? map, [NotNullWhen(false)] out JsoncError? error)
    {
        map = null;
        error = null;
        var entries = new List<PackageExport>();
        switch (member?.Kind)
        {
            case null:
                error = new JsoncError("The member \"exports\" is missing. Name the modules of the package, for example \"exports\": \"./mod.ts\".", new TextPlace(1, 1));
                return false;
            case JsonValueKind.String:
                error = TargetProblem(".", member);
                entries.Add(new PackageExport(".", member.Text!));
                break;
            case JsonValueKind.Object:
                foreach (var (key, place, value) in member.Members)
                {
                    error ??= KeyProblem(key) is { } problem ? new JsoncError($"The key \"{key}\" in \"exports\" {problem}", place) : TargetProblem(key, value);
                    entries.Add(new PackageExport(key, value.Text ?? ""));
                }

                if (entries.Count == 0)
                {
                    error = new JsoncError("The member \"exports\" is empty. Name at least one module, for example \"exports\": { \".\": \"./mod.ts\" }.", member.Place);
                }

                break;
            default:
                error = new JsoncError($"The member \"exports\" must be a string or an object, not {member.KindInWords}.", member.Place);
                break;
        }

        map = error is null ? new ExportMap(entries) : null;
        return map is not null;
    }

    /// <summary>Checks that each target names a file of the package, exact case. Errors: <c>configFileExportsInvalid</c>, <c>invalidPath</c>.</summary>
    public PublishError? CheckTargets(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        foreach (var export in Entries)
        {
            if (!PackagePath.TryParse(export.TargetPath, out _, out var reason))
            {
                return new PublishError(PublishErrorCodes.InvalidPath, $"The export \"{export.Key}\" names '{export.Target}', which is no path of a file in a package. {reason}");
            }

            if (!files.ContainsKey(export.TargetPath))
            {
                var other = files.Keys.FirstOrDefault(path => string.Equals(path, export.TargetPath, StringComparison.OrdinalIgnoreCase));
                return new PublishError(
                    PublishErrorCodes.ConfigFileExportsInvalid,
                    $"The export \"{export.Key}\" names '{export.Target}', but the package has no such file. "
                    + (other is null ? "Correct the path, or make sure that the file is not excluded from publishing." : $"Upper and lower case matter: the file is named '.{other}'."));
            }
        }

        return null;
    }

    internal static string? KeyProblem(string key)
    {
        if (key == ".")
        {
            return null;
        }

        if (key.Length == 0)
        {
            return "must not be empty. Write \".\" for the main module or \"./name\".";
        }

        if (!key.StartsWith("./", StringComparison.Ordinal))
        {
            return $"must start with \"./\". Write \"./{key.TrimStart('/')}\".";
        }

        if (key.EndsWith('/'))
        {
            return "must not end with \"/\".";
        }

        if (key.AsSpan().ContainsAnyExcept(KeyCharacters))
        {
            return "may hold only letters, digits, '-', '_', '.' and '/'.";
        }

        foreach (var segment in key[2..].Split('/'))
        {
            if (segment.Length == 0)
            {
                return "must not hold an empty segment (\"//\").";
            }

            if (segment.AsSpan().IndexOfAnyExcept('.') < 0)
            {
                return "must not hold a segment that consists of dots.";
            }
        }

        return null;
    }

    private static JsoncError? TargetProblem(string key, JsoncValue value)
    {
        var problem = value.Kind switch
        {
            JsonValueKind.String => TargetProblem(value.Text!),
            JsonValueKind.Object => "must be a path. Conditional exports are not supported: name one module, the registry makes the others from it.",
            _ => $"must be a path such as \"./mod.ts\", not {value.KindInWords}.",
        };
        return problem is null ? null : new JsoncError($"The target of \"{key}\" in \"exports\" {problem}", value.Place);
    }

    private static string? TargetProblem(string target)
    {
        if (target.Length == 0)
        {
            return "must not be empty.";
        }

        if (!target.StartsWith("./", StringComparison.Ordinal))
        {
            return $"must start with \"./\". Write \"./{target.TrimStart('/')}\".";
        }

        if (target.EndsWith('/'))
        {
            return "must name a file, not a folder.";
        }

        return target.AsSpan(target.LastIndexOf('/') + 1).Contains('.')
            ? null
            : $"must have a file extension, for example \"{target}.ts\".";
    }
}
