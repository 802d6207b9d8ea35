using System.Globalization;
using Kiln.TypeScript.Diagnostics;
using Kiln.TypeScript.Lexing;
using Kiln.TypeScript.Text;

namespace Kiln.TypeScript.RegularExpressions;

/// <summary>
/// One pass over a pattern, which stops at the first problem. Open groups and classes stand on explicit stacks, so nesting costs no call stack.
/// What a later part of the pattern decides (whether a group exists) is noted and answered at the end.
/// </summary>
internal ref partial struct PatternChecker
{
    /// <summary>The file up to the slash that ends the pattern, so that positions are offsets in the file.</summary>
    private readonly ReadOnlySpan<char> text;

    /// <summary>u or v: the strict grammar, read by code point.</summary>
    private readonly bool isUnicode;

    private readonly bool hasSets;

    private int at;

    /// <summary>A quantifier may follow here.</summary>
    private bool isRepeatable;

    /// <summary>Index of the top of <see cref="groups"/>.</summary>
    private int groupDepth;

    private Span<GroupFrame> groups;

    private int captureCount;

    /// <summary>Where each name was declared last.</summary>
    private Dictionary<string, int>? names;

    /// <summary>Every name referred to, with the first place: the name itself, without its brackets.</summary>
    private Dictionary<string, TextSpan>? namedReferences;

    /// <summary>The largest number that a backreference has named, and where; only with u or v.</summary>
    private int largestReference;

    private TextSpan largestReferenceSpan;

    /// <summary>The first <c>\k</c> without a name: an error only if the pattern has a named group, else the letter k (annex B.1.2).</summary>
    private Diagnostic? nameless;

    /// <summary>The classes of the flag v that are open.</summary>
    private Span<ClassFrame> classes;

    /// <summary>Index of the top of <see cref="classes"/>.</summary>
    private int classDepth;

    /// <summary>Set by <see cref="ReadEscape"/>: the property just read may match several characters.</summary>
    private bool escapeMayContainStrings;

    /// <param name="text">The file up to the slash that ends the pattern.</param>
    /// <param name="start">Behind the opening slash.</param>
    /// <param name="flags">At most one of u and v.</param>
    /// <param name="groups">Room for the usual depth; more is allocated when needed.</param>
    /// <param name="classes">As <paramref name="groups"/>, for classes.</param>
    public PatternChecker(ReadOnlySpan<char> text, int start, RegularExpressionFlags flags, Span<GroupFrame> groups, Span<ClassFrame> classes)
    {
        this.text = text;
        at = start;
        isUnicode = (flags & RegularExpressionFlags.AnyUnicode) != 0;
        hasSets = (flags & RegularExpressionFlags.UnicodeSets) != 0;
        this.groups = groups;
        this.classes = classes;
        groups[0] = new GroupFrame(start - 1, start - 1, IsRepeatable: false);
    }

    /// <summary>Set when <see cref="Check"/> has returned false.</summary>
    public Diagnostic Problem { get; private set; }

    /// <summary>True when the pattern is valid.</summary>
    public bool Check()
    {
        while (at < text.Length)
        {
            if (!ReadTermOrQuantifier())
            {
                return false;
            }
        }

        return groupDepth == 0 ? CheckReferences() : FailUnclosed(')', groups[groupDepth].Start, '(');
    }

    private bool ReadTermOrQuantifier()
    {
        switch (text[at])
        {
            case '(':
                return OpenGroup();
            case ')':
                return CloseGroup();
            case '|':
                at++;
                groups[groupDepth].AlternativeStart = at;
                isRepeatable = false;
                return true;
            case '[':
                isRepeatable = true;
                return hasSets ? ReadClassSet() : ReadClass();
            case '\\':
                return ReadAtomEscape();
            case '*' or '+' or '?':
                return FinishQuantifier(at, at + 1);
            case '{':
                return ReadBrace();
            case '^' or '$':
                at++;
                isRepeatable = false;
                return true;
            case '}' or ']' when isUnicode:
                return FailUnexpected(at);
            default:
                at++;
                isRepeatable = true;
                return true;
        }
    }

    /// <summary>A braced quantifier; without u and v, what is not quite one is text (annex B.1.2, ExtendedPatternCharacter).</summary>
    private bool ReadBrace()
    {
        var start = at;
        var minimum = ReadDigits(start + 1);
        var maximum = default(ReadOnlySpan<char>);
        var end = start + 1 + minimum.Length;
        var hasMaximum = false;
        if (minimum.Length > 0 && At(end) == ',')
        {
            end++;
            maximum = ReadDigits(end);
            hasMaximum = maximum.Length > 0;
            end += maximum.Length;
        }

        if (minimum.Length == 0 || At(end) != '}')
        {
            if (!isUnicode)
            {
                at = start + 1;
                isRepeatable = true;
                return true;
            }

            return minimum.Length > 0 ? FailExpected('}', end)
                : At(start + 1) == ',' ? Fail(DiagnosticCodes.IncompleteQuantifier, start + 1, start + 1)
                : FailUnexpected(start);
        }

        return hasMaximum && IsGreater(minimum, maximum)
            ? Fail(DiagnosticCodes.QuantifierOutOfOrder, start + 1, end)
            : FinishQuantifier(start, end + 1);
    }

    private bool FinishQuantifier(int start, int end)
    {
        if (!isRepeatable)
        {
            return Fail(DiagnosticCodes.NothingToRepeat, start, end);
        }

        at = At(end) == '?' ? end + 1 : end;
        isRepeatable = false;
        return true;
    }

    private readonly ReadOnlySpan<char> ReadDigits(int from)
    {
        var end = from;
        while (CharacterFacts.IsDigit(At(end)))
        {
            end++;
        }

        return text[from..end];
    }

    /// <summary>Exact for numbers of any length; engines saturate, and so accept some that are out of order beyond 2³¹.</summary>
    private static bool IsGreater(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        left = left.TrimStart('0');
        right = right.TrimStart('0');
        return left.Length != right.Length ? left.Length > right.Length : left.SequenceCompareTo(right) > 0;
    }

    /// <summary>The character at a position, NUL behind the end.</summary>
    private readonly char At(int position) => (uint)position < (uint)text.Length ? text[position] : '\0';

    private bool Fail(int code, int start, int end, string? argument = null, RelatedDiagnostic? related = null)
    {
        Problem = new Diagnostic(code, new TextSpan(start, Math.Min(end, text.Length)), argument, Related: related);
        return false;
    }

    private bool FailExpected(char expected, int position) =>
        Fail(DiagnosticCodes.TokenExpected, position, position, expected.ToString());

    /// <summary>The pattern ended before something was closed.</summary>
    private bool FailUnclosed(char expected, int opened, char opening) =>
        Fail(DiagnosticCodes.TokenExpected, text.Length, text.Length, expected.ToString(),
            new RelatedDiagnostic(DiagnosticCodes.MatchingTokenOfPattern, new TextSpan(opened, opened + 1), opening.ToString(), expected.ToString()));

    private bool FailUnexpected(int position) =>
        Fail(DiagnosticCodes.UnexpectedInPattern, position, position + 1, text[position].ToString());

    private bool FailTooDeep(int position) =>
        Fail(DiagnosticCodes.NestedTooDeeply, position, position + 1, RegularExpressionChecker.MaxDepth.ToString(CultureInfo.InvariantCulture));
}
