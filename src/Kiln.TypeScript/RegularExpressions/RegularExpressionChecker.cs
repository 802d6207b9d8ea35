using Kiln.TypeScript.Diagnostics;
using Kiln.TypeScript.Lexing;
using Kiln.TypeScript.Text;

namespace Kiln.TypeScript.RegularExpressions;

/// <summary>
/// Decides whether a regular expression literal is one (ECMA-262 §12.9.5.1 and §22.2.1), with the looser grammar of annex B.1.2 where neither
/// <c>u</c> nor <c>v</c> is set. TypeScript also refuses some patterns that engines accept, such as <c>\p{L}</c> without <c>u</c>; Kiln does not.
/// </summary>
internal static class RegularExpressionChecker
{
    /// <summary>Groups, and classes of the flag v, may nest this deeply.</summary>
    public const int MaxDepth = 512;

    private const int UsualDepth = 16;
    private const int UsualClassDepth = 4;

    /// <summary>
    /// Adds at most one diagnostic for the pattern and one for the flags. Takes linear time, and allocates only for names, for deep nesting and for errors.
    /// </summary>
    /// <param name="text">The text of the file.</param>
    /// <param name="start">Where the literal's opening slash stands.</param>
    /// <param name="end">Behind the last flag. A literal without its closing slash is passed over: the lexer has reported it.</param>
    /// <param name="diagnostics">Receives the problems; spans are offsets in <paramref name="text"/>.</param>
    public static void Check(ReadOnlySpan<char> text, int start, int end, List<Diagnostic> diagnostics)
    {
        var bodyEnd = FindBodyEnd(text[..end], start + 1);
        if (bodyEnd < 0)
        {
            return;
        }

        var flags = RegularExpressionFlags.None;
        var flagProblem = CheckFlags(text[..end], bodyEnd + 1, ref flags);
        if ((flags & RegularExpressionFlags.AnyUnicode) != RegularExpressionFlags.AnyUnicode)
        {
            var pattern = new PatternChecker(text[..bodyEnd], start + 1, flags, stackalloc GroupFrame[UsualDepth], stackalloc ClassFrame[UsualClassDepth]);
            if (!pattern.Check())
            {
                diagnostics.Add(pattern.Problem);
            }
        }

        if (flagProblem is { } problem)
        {
            diagnostics.Add(problem);
        }
    }

    /// <summary>The position of the slash that ends the body, or -1. Classes do not nest here, whatever the flags (§12.9.5).</summary>
    private static int FindBodyEnd(ReadOnlySpan<char> text, int at)
    {
        for (var inClass = false; at < text.Length; at++)
        {
            switch (text[at])
            {
                case '/' when !inClass:
                    return at;
                case '[':
                    inClass = true;
                    break;
                case ']':
                    inClass = false;
                    break;
                case '\\':
                    at++;
                    break;
            }
        }

        return -1;
    }

    /// <summary>The first problem of the flags, if any; <paramref name="flags"/> receives those that are known.</summary>
    private static Diagnostic? CheckFlags(ReadOnlySpan<char> text, int at, ref RegularExpressionFlags flags)
    {
        Diagnostic? problem = null;
        while (at < text.Length)
        {
            var flag = FlagOf(text[at]);
            var flagEnd = at + 1;
            var code = 0;
            if (flag == RegularExpressionFlags.None)
            {
                // An escape or a surrogate pair is one flag to its author.
                flagEnd = text[at] == '\\' ? text.Length : CodePoints.EndOf(text, at);
                code = DiagnosticCodes.UnknownFlag;
            }
            else if ((flags & flag) != 0)
            {
                code = DiagnosticCodes.DuplicateFlag;
            }
            else
            {
                flags |= flag;
                code = (flags & RegularExpressionFlags.AnyUnicode) == RegularExpressionFlags.AnyUnicode && (flag & RegularExpressionFlags.AnyUnicode) != 0
                    ? DiagnosticCodes.UnicodeAndUnicodeSetsFlags
                    : 0;
            }

            if (code != 0)
            {
                problem ??= new Diagnostic(code, new TextSpan(at, flagEnd));
            }

            at = flagEnd;
        }

        return problem;
    }

    /// <summary>The flag that a letter stands for, <see cref="RegularExpressionFlags.None"/> for any other character.</summary>
    public static RegularExpressionFlags FlagOf(char c) => c switch
    {
        'd' => RegularExpressionFlags.HasIndices,
        'g' => RegularExpressionFlags.Global,
        'i' => RegularExpressionFlags.IgnoreCase,
        'm' => RegularExpressionFlags.Multiline,
        's' => RegularExpressionFlags.DotAll,
        'u' => RegularExpressionFlags.Unicode,
        'v' => RegularExpressionFlags.UnicodeSets,
        'y' => RegularExpressionFlags.Sticky,
        _ => RegularExpressionFlags.None,
    };
}
