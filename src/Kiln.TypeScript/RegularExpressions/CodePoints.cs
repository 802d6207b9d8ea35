namespace Kiln.TypeScript.RegularExpressions;

/// <summary>Reading UTF-16 by code point; an unpaired surrogate is a code point of its own (ECMA-262 §11.1.4).</summary>
internal static class CodePoints
{
    public static int EndOf(ReadOnlySpan<char> text, int at) =>
        char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) ? at + 2 : at + 1;

    public static int Read(ReadOnlySpan<char> text, ref int at)
    {
        var c = text[at++];
        return char.IsHighSurrogate(c) && at < text.Length && char.IsLowSurrogate(text[at]) ? char.ConvertToUtf32(c, text[at++]) : c;
    }
}
