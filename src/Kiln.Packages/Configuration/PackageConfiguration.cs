using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Kiln.Packages.Names;
using Kiln.Packages.Versions;

namespace Kiln.Packages.Configuration;

/// <summary>
/// What a <c>deno.json(c)</c> or <c>jsr.json(c)</c> says about the package. Other members are the business of clients and are ignored,
/// but the whole file must be readable.
/// </summary>
/// <param name="Path">Where the file lies in the package.</param>
/// <param name="Version">Null when the file leaves it to the publisher.</param>
/// <param name="License">As written; null when absent or blank.</param>
/// <param name="Npm">From the member <c>npm</c>.</param>
public sealed record PackageConfiguration(PackagePath Path, PackageReference Name, PackageVersion? Version, ExportMap Exports, string? License, NpmSettings Npm)
{
    /// <summary>
    /// Steps 10 to 13 of publishing.md §3.2 in their order: readable, name, version, shape of exports; then what npm clients are told. Errors: <c>invalidConfigFile</c>,
    /// <c>configFileNameMismatch</c>, <c>configFileVersionMismatch</c>, <c>configFileExportsInvalid</c>.
    /// </summary>
    /// <param name="utf8">The file's bytes.</param>
    /// <param name="name">The package that is published.</param>
    /// <param name="version">The version that is published.</param>
    public static bool TryRead(
        PackagePath path,
        ReadOnlySpan<byte> utf8,
        PackageReference name,
        PackageVersion version,
        [NotNullWhen(true)] out PackageConfiguration? configuration,
        [NotNullWhen(false)] out PublishError? error)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(version);
        configuration = null;
        if (!JsoncReader.TryRead(utf8, out var root, out var problem) || (problem = Schema(root, out var declared, out var declaredVersion)) is not null)
        {
            error = Error(PublishErrorCodes.InvalidConfigFile, path, utf8, problem);
            return false;
        }

        if (declared != name)
        {
            error = Error(
                PublishErrorCodes.ConfigFileNameMismatch, path, utf8,
                new JsoncError($"The configuration file is that of '{declared}', but '{name}' is being published. Publish under the name in the file, or correct \"name\".", root.Find("name")!.Place));
            return false;
        }

        if (declaredVersion is not null && declaredVersion != version)
        {
            error = Error(
                PublishErrorCodes.ConfigFileVersionMismatch, path, utf8,
                new JsoncError($"The configuration file says version '{declaredVersion}', but '{version}' is being published. Correct or remove \"version\".", root.Find("version")!.Place));
            return false;
        }

        if (!ExportMap.TryRead(root.Find("exports"), out var exports, out problem))
        {
            error = Error(PublishErrorCodes.ConfigFileExportsInvalid, path, utf8, problem);
            return false;
        }

        if (new NpmSettingsReader(name).Read(root, out problem) is not { } npm)
        {
            error = Error(PublishErrorCodes.InvalidConfigFile, path, utf8, problem!);
            return false;
        }

        var license = root.Find("license")?.Text;
        error = null;
        configuration = new PackageConfiguration(path, name, declaredVersion, exports, string.IsNullOrWhiteSpace(license) ? null : license, npm);
        return true;
    }

    /// <summary>Types of the four members and the grammar of name and version.</summary>
    private static JsoncError? Schema(JsoncValue root, out PackageReference? name, out PackageVersion? version)
    {
        name = null;
        version = null;
        if (root.Kind != JsonValueKind.Object)
        {
            return new JsoncError($"The file must hold an object, not {root.KindInWords}.", root.Place);
        }

        foreach (var member in (ReadOnlySpan<string>)["name", "version", "license"])
        {
            if (root.Find(member) is { Kind: not JsonValueKind.String } value)
            {
                return new JsoncError($"The member \"{member}\" must be a string, not {value.KindInWords}.", value.Place);
            }
        }

        if (root.Find("name") is not { } nameValue)
        {
            return new JsoncError("The member \"name\" is missing. Add it, for example \"name\": \"@scope/package\".", root.Place);
        }

        if (!PackageReference.TryParse(nameValue.Text, out name, out var reason))
        {
            return new JsoncError($"The name '{nameValue.Text}' is not valid. {reason}", nameValue.Place);
        }

        if (root.Find("version") is { } versionValue && !PackageVersion.TryParse(versionValue.Text, out version, out reason))
        {
            return new JsoncError($"The version '{versionValue.Text}' is not valid. {reason}", versionValue.Place);
        }

        return null;
    }

    private static PublishError Error(string code, PackagePath path, ReadOnlySpan<byte> utf8, JsoncError problem) =>
        new(code, $"{problem.Message}\n\nat {SourceFrame.Render(path.Value, utf8, problem.Place)}");
}
