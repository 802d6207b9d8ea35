using System.Globalization;
using System.Text;
using Kiln.TypeScript.Diagnostics;
using Kiln.TypeScript.Lexing;
using Kiln.TypeScript.Text;

namespace Kiln.TypeScript.RegularExpressions;

/// <content>Groups, their names and modifiers, and references to them.</content>
internal ref partial struct PatternChecker
{
    private bool OpenGroup()
    {
        var start = at;
        var canRepeat = true;
        if (At(start + 1) != '?')
        {
            captureCount++;
            at = start + 1;
        }
        else
        {
            switch (At(start + 2))
            {
                case ':':
                    at = start + 3;
                    break;
                case '=' or '!':
                    // Annex B.1.2, QuantifiableAssertion.
                    canRepeat = !isUnicode;
                    at = start + 3;
                    break;
                case '<' when At(start + 3) is '=' or '!':
                    canRepeat = false;
                    at = start + 4;
                    break;
                case '<':
                    captureCount++;
                    if (!ReadGroupName(start + 3, out var name, out at) || !Declare(name, start))
                    {
                        return false;
                    }

                    break;
                default:
                    at = start + 2;
                    if (!ReadModifiers())
                    {
                        return false;
                    }

                    break;
            }
        }

        if (groupDepth == RegularExpressionChecker.MaxDepth)
        {
            return FailTooDeep(start);
        }

        if (++groupDepth == groups.Length)
        {
            var larger = new GroupFrame[groups.Length * 4];
            groups.CopyTo(larger);
            groups = larger;
        }

        groups[groupDepth] = new GroupFrame(start, start, canRepeat);
        isRepeatable = false;
        return true;
    }

    private bool CloseGroup()
    {
        if (groupDepth == 0)
        {
            return FailUnexpected(at);
        }

        isRepeatable = groups[groupDepth--].IsRepeatable;
        at++;
        return true;
    }

    /// <summary><c>ims-ims:</c> behind <c>(?</c>. No flag twice, on either side; one side may be empty (§22.2.1.1).</summary>
    private bool ReadModifiers()
    {
        var seen = RegularExpressionFlags.None;
        var minus = -1;
        while (true)
        {
            var c = At(at);
            if (c == ':' && (minus < 0 || seen != 0))
            {
                at++;
                return true;
            }

            if (c == '-' && minus < 0)
            {
                minus = at++;
                continue;
            }

            var end = at < text.Length ? CodePoints.EndOf(text, at) : at;
            var flag = RegularExpressionChecker.FlagOf(c);
            if (flag == RegularExpressionFlags.None)
            {
                var next = at;
                if (at < text.Length && CharacterFacts.IsIdentifierPart(CodePoints.Read(text, ref next)))
                {
                    return Fail(DiagnosticCodes.UnknownFlag, at, end);
                }

                break;
            }

            if ((flag & RegularExpressionFlags.Modifiers) == 0)
            {
                return Fail(DiagnosticCodes.FlagCannotBeToggled, at, end);
            }

            if ((seen & flag) != 0)
            {
                return Fail(DiagnosticCodes.DuplicateFlag, at, end);
            }

            seen |= flag;
            at++;
        }

        return minus >= 0 && seen == 0 ? Fail(DiagnosticCodes.SubpatternFlagsMissing, minus, minus + 1) : FailExpected(':', at);
    }

    /// <summary>
    /// A name and its <c>&gt;</c>. Identifier rules by code point and with all escapes, whatever the flags (RegExpIdentifierName).
    /// </summary>
    /// <param name="from">Behind the <c>&lt;</c>.</param>
    /// <param name="name">As written, with escapes.</param>
    /// <param name="end">Behind the <c>&gt;</c>.</param>
    private bool ReadGroupName(int from, out ReadOnlySpan<char> name, out int end)
    {
        name = default;
        end = from;
        while (end < text.Length && text[end] != '>')
        {
            var next = end;
            if (!TryReadNameCharacter(ref next, out var codePoint)
                || !(end == from ? CharacterFacts.IsIdentifierStart(codePoint) : CharacterFacts.IsIdentifierPart(codePoint)))
            {
                break;
            }

            end = next;
        }

        if (end == from)
        {
            return Fail(DiagnosticCodes.GroupNameExpected, from, from);
        }

        if (At(end) != '>')
        {
            return FailExpected('>', end);
        }

        name = text[from..end];
        end++;
        return true;
    }

    private readonly bool TryReadNameCharacter(ref int position, out int codePoint)
    {
        if (text[position] != '\\')
        {
            codePoint = CodePoints.Read(text, ref position);
            return true;
        }

        codePoint = 0;
        return At(position + 1) == 'u' && TryReadUnicodeEscape(text, ref position, out codePoint);
    }

    /// <summary>Two groups may share a name only where no match can take part in both (§22.2.1.4, MightBothParticipate).</summary>
    /// <remarks>
    /// The last declaration decides: had an earlier one been in the way, the last would have been refused. It stands in the way of a new one
    /// unless the innermost open group around both has passed a <c>|</c> since.
    /// </remarks>
    private bool Declare(ReadOnlySpan<char> written, int start)
    {
        names ??= new Dictionary<string, int>(StringComparer.Ordinal);
        var name = NameOf(written);
        if (names.TryGetValue(name, out var last) && last >= groups[InnermostAround(last)].AlternativeStart)
        {
            return Fail(DiagnosticCodes.DuplicateGroupName, start + 3, start + 3 + written.Length);
        }

        names[name] = start;
        return true;
    }

    /// <summary>The innermost open group that began before a position; starts grow with depth.</summary>
    private readonly int InnermostAround(int position)
    {
        int low = 0, high = groupDepth;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (groups[middle].Start < position)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return low;
    }

    /// <summary><c>\k&lt;name&gt;</c> outside a class.</summary>
    private bool ReadNamedReference()
    {
        var start = at;
        isRepeatable = true;
        var found = At(start + 2) == '<' && ReadGroupName(start + 3, out var written, out at) ? written : default;
        if (found.Length == 0)
        {
            if (At(start + 2) != '<')
            {
                Fail(DiagnosticCodes.ReferenceNameExpected, start, start + 2);
            }

            return NoteNamelessReference(start);
        }

        namedReferences ??= new Dictionary<string, TextSpan>(StringComparer.Ordinal);
        var span = new TextSpan(start + 3, start + 3 + found.Length);
        if (found.Contains('\\'))
        {
            namedReferences.TryAdd(NameOf(found), span);
        }
        else
        {
            namedReferences.GetAlternateLookup<ReadOnlySpan<char>>().TryAdd(found, span);
        }

        return true;
    }

    /// <summary><see cref="Problem"/> says what is wrong with the <c>\k</c> at <paramref name="start"/>; without u and v it may still turn out to be a letter.</summary>
    private bool NoteNamelessReference(int start)
    {
        nameless ??= Problem;
        at = start + 2;
        return !isUnicode;
    }

    private void NoteBackreference(int start)
    {
        var digits = ReadDigits(start + 1);
        at = start + 1 + digits.Length;
        isRepeatable = true;
        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            number = int.MaxValue;
        }

        if (number > largestReference)
        {
            largestReference = number;
            largestReferenceSpan = new TextSpan(start + 1, at);
        }
    }

    /// <summary>What could only be decided with all groups known.</summary>
    private bool CheckReferences()
    {
        if (largestReference > captureCount)
        {
            return captureCount == 0
                ? Fail(DiagnosticCodes.BackreferenceWithoutGroups, largestReferenceSpan.Start, largestReferenceSpan.End)
                : Fail(DiagnosticCodes.BackreferenceTooLarge, largestReferenceSpan.Start, largestReferenceSpan.End,
                    captureCount.ToString(CultureInfo.InvariantCulture));
        }

        if (names is null && !isUnicode)
        {
            return true;
        }

        if (nameless is { } problem)
        {
            Problem = problem;
            return false;
        }

        if (namedReferences is null)
        {
            return true;
        }

        foreach (var (name, span) in namedReferences)
        {
            if (names is null || !names.ContainsKey(name))
            {
                return Fail(DiagnosticCodes.UnknownGroupName, span.Start, span.End, name);
            }
        }

        return true;
    }

    /// <summary>The name that was meant, with its escapes read.</summary>
    private static string NameOf(ReadOnlySpan<char> written)
    {
        if (!written.Contains('\\'))
        {
            return written.ToString();
        }

        var value = new StringBuilder(written.Length);
        for (var position = 0; position < written.Length;)
        {
            var codePoint = 0;
            if (written[position] == '\\')
            {
                _ = TryReadUnicodeEscape(written, ref position, out codePoint);
            }
            else
            {
                codePoint = CodePoints.Read(written, ref position);
            }

            value.Append(char.ConvertFromUtf32(codePoint));
        }

        return value.ToString();
    }
}
