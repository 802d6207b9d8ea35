using System.Security.Cryptography;
using System.Text;

namespace Kiln.Documentation.Site;

/// <summary>
/// File names that every file system takes, keeps apart and does not change, and that need no escaping in a URL: ASCII letters and digits and <c>_ - . $</c>. All else is
/// <c>=XX</c> for each byte of UTF-8. What starts with <c>=</c> and a small letter is ours.
/// </summary>
internal sealed class FileNames
{
    private const int MaxSegment = 100;

    private static readonly HashSet<string> Devices = new(
        ["con", "prn", "aux", "nul", .. Enumerable.Range(0, 10).SelectMany(i => (string[])[$"com{i}", $"lpt{i}"])],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Names that differ only in case are one on many disks.</summary>
    private readonly Dictionary<string, int> taken = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="folder">Ends with <c>/</c>, or is empty.</param>
    /// <param name="name">A safe name.</param>
    /// <param name="ending">Behind what makes it unique.</param>
    public string Unique(string folder, string name, string ending)
    {
        var path = folder + name + ending;
        if (taken.TryAdd(path, 1))
        {
            return path;
        }

        while (true)
        {
            var candidate = $"{folder}{name}=c{++taken[path]}{ending}";
            if (taken.TryAdd(candidate, 1))
            {
                return candidate;
            }
        }
    }

    /// <summary>Any text as one segment of a path.</summary>
    public static string Segment(string text)
    {
        var name = new StringBuilder(text.Length);
        Span<byte> bytes = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            var c = rune.Value;
            var isPlain = rune.IsAscii && (char.IsAsciiLetterOrDigit((char)c) || c is '_' or '-' or '$' || (c == '.' && name.Length > 0));
            if (isPlain)
            {
                name.Append((char)c);
                continue;
            }

            foreach (var b in bytes[..rune.EncodeToUtf8(bytes)])
            {
                name.Append('=').Append(Convert.ToHexString([b]));
            }
        }

        if (name.Length > MaxSegment)
        {
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
            name.Length = MaxSegment - 20;
            name.Append("=h").Append(hash);
        }

        var result = name.ToString();
        var stem = result.Split('.')[0];
        return Devices.Contains(stem) || result.Length == 0 ? "=r" + result : result;
    }

    /// <summary>As a folder: it may not look like a file of ours, nor end in a dot.</summary>
    public static string Folder(string text)
    {
        var name = Segment(text);
        return name.EndsWith(".html", StringComparison.OrdinalIgnoreCase) || name.EndsWith('.') ? name + "=d" : name;
    }
}
