namespace Kiln.Conformance.Syntax;

/// <summary>One small accident to a correct source, as typing and merging make them.</summary>
internal static class SourceDamage
{
    private const string Targets = "(){}[]<>;,:=.?*&|'\"`";

    /// <summary>The text with one punctuation character lost, doubled or swapped, or without its end; null when there is none to damage.</summary>
    public static string? Damage(string text, Random random)
    {
        var kind = random.Next(4);
        if (kind == 3)
        {
            return text[..random.Next(text.Length / 2, text.Length)];
        }

        for (var attempt = 0; attempt < 200; attempt++)
        {
            var at = random.Next(text.Length);
            if (!Targets.Contains(text[at], StringComparison.Ordinal))
            {
                continue;
            }

            return kind switch
            {
                0 => text.Remove(at, 1),
                1 => text.Insert(at, text[at].ToString()),
                _ => text.Remove(at, 1).Insert(at, Targets[random.Next(Targets.Length)].ToString()),
            };
        }

        return null;
    }
}
