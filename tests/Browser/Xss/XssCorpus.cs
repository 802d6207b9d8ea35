using System.Collections.Immutable;
using System.Text;

namespace Kiln.Browser.Xss;

/// <summary>
/// The corpus of security.md B3. Put its texts wherever an author's text can go, show the page, and let <see cref="Inertness"/> look at it:
/// <code>
/// await page.Tab.GotoAsync(…);
/// await Inertness.AssertAsync(page, ".markdown");
/// </code>
/// </summary>
public static class XssCorpus
{
    /// <summary>A host that nobody may ask.</summary>
    public const string Canary = "canary.test";

    public static ImmutableArray<XssPayload> All { get; } = Read();

    private static ImmutableArray<XssPayload> Read()
    {
        var payloads = ImmutableArray.CreateBuilder<XssPayload>();
        var category = "";
        var number = 0;
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Xss", "payloads.txt")))
        {
            number++;
            if (line.StartsWith("@ ", StringComparison.Ordinal))
            {
                category = line[2..];
            }
            else if (line.Length > 0 && !line.StartsWith(";;", StringComparison.Ordinal))
            {
                payloads.Add(new XssPayload(number, category, Expand(line)));
            }
        }

        return payloads.ToImmutable();
    }

    private static string Expand(string line) => new StringBuilder(line)
        .Replace('⏎', '\n').Replace('␉', '\t').Replace('␀', '\0').Replace('␁', '\u0001').Replace('␂', '\u0002').Replace('␌', '\f').Replace('␛', '\u001B').Replace('␟', '\u001F')
        .Replace('⍽', '\u00A0').Replace('⇔', '\u200B').Replace('⇐', '\u202E').Replace('⬚', '\uFEFF')
        .Replace("JS", "window.__xss=1").Replace("EVIL", Canary).ToString();
}
