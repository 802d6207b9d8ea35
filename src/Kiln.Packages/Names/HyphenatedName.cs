namespace Kiln.Packages.Names;

/// <summary>The alphabet that scope and package names share: <c>a-z 0-9 -</c>, no hyphen at either end and never two in a row.</summary>
internal static class HyphenatedName
{
    public const int MinLength = 2;

    /// <summary>The reason why the text is no such name, or null when it is one.</summary>
    public static string? Problem(string? text, string what, int maxLength, int minLength = MinLength)
    {
        if (string.IsNullOrEmpty(text))
        {
            return $"The {what} is empty.";
        }

        foreach (var c in text)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-')
            {
                return $"The {what} may hold only lower-case letters a-z, digits and hyphens.";
            }
        }

        if (text.Length < minLength)
        {
            return $"The {what} must have at least {minLength} characters.";
        }

        if (text.Length > maxLength)
        {
            return $"The {what} must have at most {maxLength} characters.";
        }

        if (text[0] == '-' || text[^1] == '-')
        {
            return $"The {what} must not start or end with a hyphen.";
        }

        return text.Contains("--", StringComparison.Ordinal) ? $"The {what} must not hold two hyphens in a row." : null;
    }
}
