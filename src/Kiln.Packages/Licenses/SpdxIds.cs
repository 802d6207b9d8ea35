using System.Collections.Frozen;
using System.Reflection;

namespace Kiln.Packages.Licenses;

/// <summary>The identifiers of the SPDX license list and exceptions list, deprecated ones included. Matched without regard to case, as SPDX asks.</summary>
internal static class SpdxIds
{
    private static readonly Lazy<FrozenDictionary<string, string>> LicenseIds = new(() => Load("license-ids.txt"));
    private static readonly Lazy<FrozenDictionary<string, string>> ExceptionIds = new(() => Load("exception-ids.txt"));

    public static int LicenseCount => LicenseIds.Value.Count;

    /// <summary>The license identifier in its official spelling, or null.</summary>
    public static string? FindLicense(string id) => LicenseIds.Value.GetValueOrDefault(id);

    /// <summary>The exception identifier (what follows <c>WITH</c>) in its official spelling, or null.</summary>
    public static string? FindException(string id) => ExceptionIds.Value.GetValueOrDefault(id);

    /// <summary>The known license whose identifier is closest to a mistyped one, or null when none is close.</summary>
    public static string? FindSimilarLicense(string id)
    {
        // People write "Apache 2.0", "apache2", "GPLv3": compare letters and digits only.
        var wanted = Squeeze(id);
        return wanted.Length < 3
            ? null
            : LicenseIds.Value.Values.Where(known => Squeeze(known).StartsWith(wanted, StringComparison.Ordinal))
                .OrderBy(known => known.Length).ThenBy(known => known, StringComparer.Ordinal).FirstOrDefault();
    }

    internal static Stream OpenResource(string name) =>
        Assembly.GetExecutingAssembly().GetManifestResourceStream("Kiln.Packages.Licenses." + name)
        ?? throw new InvalidOperationException($"The resource {name} is missing from the assembly.");

    private static FrozenDictionary<string, string> Load(string resource)
    {
        using var reader = new StreamReader(OpenResource(resource));
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#')
            .ToFrozenDictionary(id => id, StringComparer.OrdinalIgnoreCase);
    }

    private static string Squeeze(string id)
    {
        var letters = new string([.. id.Where(char.IsAsciiLetterOrDigit)]).ToUpperInvariant();
        var version = letters.IndexOf('V', StringComparison.Ordinal);
        return version > 0 && version + 1 < letters.Length && char.IsAsciiDigit(letters[version + 1]) ? letters.Remove(version, 1) : letters;
    }
}
