using Kiln.TypeScript.Diagnostics;

namespace Kiln.TypeScript.RegularExpressions;

/// <content>Classes without the flag v: a flat list of characters, sets and ranges.</content>
internal ref partial struct PatternChecker
{
    private bool ReadClass()
    {
        var opened = at;
        at += At(at + 1) == '^' ? 2 : 1;
        while (At(at) != ']')
        {
            if (at >= text.Length)
            {
                return FailUnclosed(']', opened, '[');
            }

            var lowStart = at;
            if (!ReadClassAtom(out var low))
            {
                return false;
            }

            if (At(at) != '-' || at + 1 >= text.Length || text[at + 1] == ']')
            {
                continue;
            }

            var lowEnd = at;
            at++;
            var highStart = at;
            if (!ReadClassAtom(out var high) || !CheckRange(low, lowStart, lowEnd, high, highStart))
            {
                return false;
            }
        }

        at++;
        return true;
    }

    /// <summary>A set as the end of a range is an error with u; annex B.1.2 reads both ends and the dash as themselves.</summary>
    private bool CheckRange(int low, int lowStart, int lowEnd, int high, int highStart)
    {
        if (low == IsSet || high == IsSet)
        {
            return !isUnicode || Fail(DiagnosticCodes.ClassInRange, low == IsSet ? lowStart : highStart, low == IsSet ? lowEnd : at);
        }

        return low <= high || Fail(DiagnosticCodes.RangeOutOfOrder, lowStart, at);
    }

    private bool ReadClassAtom(out int value)
    {
        if (text[at] == '\\')
        {
            return ReadEscape(inClass: true, out value);
        }

        value = isUnicode ? CodePoints.Read(text, ref at) : text[at++];
        return true;
    }
}
