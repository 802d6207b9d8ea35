using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Kiln.Packages.Licenses;

/// <summary>Finds out under which license a package is published: step 14 of the checks.</summary>
public static class LicenseDetector
{
    /// <summary>The first of these that exists decides, exact case.</summary>
    public static readonly IReadOnlyList<string> FileNames =
    [
        "/LICENSE", "/LICENSE.md", "/LICENSE.txt",
        "/LICENCE", "/LICENCE.md", "/LICENCE.txt",
        "/COPYING", "/COPYING.md", "/COPYING.txt",
        "/COPYING.LESSER", "/COPYING.LESSER.md", "/COPYING.LESSER.txt",
    ];

    /// <summary>
    /// The SPDX expression of the configuration's <c>license</c>, else the SPDX identifier of the license file.
    /// Errors: <c>invalidLicense</c>, <c>missingLicense</c>.
    /// </summary>
    /// <param name="field">The member <c>license</c>; null or blank counts as absent.</param>
    /// <param name="files">Contents by absolute path.</param>
    public static bool TryDetect(
        string? field,
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files,
        [NotNullWhen(true)] out string? license,
        [NotNullWhen(false)] out PublishError? error)
    {
        ArgumentNullException.ThrowIfNull(files);
        license = null;
        error = null;
        if (!string.IsNullOrWhiteSpace(field))
        {
            if (!SpdxExpression.TryNormalize(field.Trim(), out license, out var reason))
            {
                error = new PublishError(
                    PublishErrorCodes.InvalidLicense,
                    $"The license '{Shorten(field)}' in the configuration file is not known. {reason} Write an SPDX identifier such as \"MIT\" or an expression such as \"MIT OR Apache-2.0\".");
            }

            return error is null && license is not null;
        }

        foreach (var name in FileNames)
        {
            if (!files.TryGetValue(name, out var bytes))
            {
                continue;
            }

            // A later file is not tried: the first one is what readers see.
            var (id, score) = LicenseTexts.FindBest(Encoding.UTF8.GetString(bytes.Span));
            if (id is not null && score > LicenseTexts.Threshold)
            {
                license = id;
                return true;
            }

            error = new PublishError(
                PublishErrorCodes.InvalidLicense,
                $"The text of '{name}' is no license that is known. Name the license in the configuration file, for example \"license\": \"MIT\", or put the unchanged text of the license into '{name}'.");
            return false;
        }

        error = new PublishError(
            PublishErrorCodes.MissingLicense,
            "The package has no license. Add \"license\": \"<SPDX identifier>\" to the configuration file, for example \"license\": \"MIT\", or a file named LICENSE with the text of the license.");
        return false;
    }

    private static string Shorten(string text) => text.Length <= 80 ? text : string.Concat(text.AsSpan(0, 80), "…");
}
