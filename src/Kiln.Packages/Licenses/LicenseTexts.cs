using System.IO.Compression;
using System.Text;

namespace Kiln.Packages.Licenses;

/// <summary>Which license a text is, by likeness to the texts of the SPDX license list.</summary>
internal static class LicenseTexts
{
    /// <summary>A likeness must exceed this to count, as in the reference system.</summary>
    public const double Threshold = 0.8;

    /// <summary>In characters. The longest text of the list has less than half of this.</summary>
    public const int MaxLength = 512 * 1024;

    /// <summary>About 800,000 words: 3 MB. Loaded when the first license file is read.</summary>
    private static readonly Lazy<Template[]> Templates = new(() => [.. ReadAll().Select(t => new Template(t.Id, LicenseWords.Read(t.Text)))]);

    /// <summary>The license most like <paramref name="text"/> and the likeness between 0 and 1; a null identifier when nothing is comparable.</summary>
    public static (string? Id, double Score) FindBest(string text)
    {
        (string? Id, double Score) best = (null, 0);
        if (text.Length > MaxLength || LicenseWords.Read(text) is not { Length: > 1 } words)
        {
            return best;
        }

        var profile = new Profile(words);
        foreach (var template in Templates.Value)
        {
            var score = profile.Likeness(template.Words);
            if (score > best.Score)
            {
                best = (template.Id, score);
            }
        }

        return best;
    }

    /// <summary>Identifier and text of every license of the list, in the order of preference among equals.</summary>
    internal static IEnumerable<(string Id, string Text)> ReadAll()
    {
        using var stream = new BrotliStream(SpdxIds.OpenResource("license-texts.br"), CompressionMode.Decompress);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        foreach (var record in reader.ReadToEnd().Split('\u001e', StringSplitOptions.RemoveEmptyEntries))
        {
            var end = record.IndexOf('\n', StringComparison.Ordinal);
            yield return (record[..end], record[(end + 1)..]);
        }
    }

    private readonly record struct Template(string Id, uint[] Words);

    /// <summary>The pairs of neighbouring words of one text, counted. Likeness is the Sørensen–Dice coefficient over these multisets.</summary>
    private sealed class Profile
    {
        private readonly Dictionary<ulong, int> pairs;
        private readonly Dictionary<ulong, int> left = [];
        private readonly int count;

        public Profile(uint[] words)
        {
            count = words.Length - 1;
            pairs = new Dictionary<ulong, int>(count);
            for (var i = 1; i < words.Length; i++)
            {
                var pair = Pair(words, i);
                pairs[pair] = pairs.GetValueOrDefault(pair) + 1;
            }
        }

        public double Likeness(uint[] others)
        {
            // Most of the list is too long or too short to reach the threshold.
            var total = count + others.Length - 1;
            if (2.0 * Math.Min(count, others.Length - 1) / total <= Threshold)
            {
                return 0;
            }

            left.Clear();
            var shared = 0;
            for (var i = 1; i < others.Length; i++)
            {
                var pair = Pair(others, i);
                if (!pairs.TryGetValue(pair, out var available))
                {
                    continue;
                }

                ref var used = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(left, pair, out _);
                if (used < available)
                {
                    used++;
                    shared++;
                }
            }

            return 2.0 * shared / total;
        }

        private static ulong Pair(uint[] words, int i) => ((ulong)words[i - 1] << 32) | words[i];
    }
}
