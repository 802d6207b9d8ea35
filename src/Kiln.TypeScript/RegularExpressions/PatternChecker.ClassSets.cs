using Kiln.TypeScript.Diagnostics;
using Kiln.TypeScript.Text;

namespace Kiln.TypeScript.RegularExpressions;

/// <content>Classes with the flag v: nested, with set operations and strings (ECMA-262 §22.2.1, ClassSetOperand and onward).</content>
internal ref partial struct PatternChecker
{
    private bool ReadClassSet()
    {
        classDepth = -1;
        if (!OpenClass())
        {
            return false;
        }

        while (true)
        {
            var start = at;
            var value = IsSet;
            bool strings;
            switch (At(at))
            {
                case ']':
                    if (!CloseClass(out start, out strings))
                    {
                        return false;
                    }

                    if (classDepth < 0)
                    {
                        return true;
                    }

                    break;
                case '[':
                    if (!OpenClass())
                    {
                        return false;
                    }

                    continue;
                default:
                    if (!ReadClassOperand(out value, out strings))
                    {
                        return false;
                    }

                    break;
            }

            if (!FinishOperand(start, value, strings))
            {
                return false;
            }
        }
    }

    private bool OpenClass()
    {
        if (classDepth == RegularExpressionChecker.MaxDepth - 1)
        {
            return FailTooDeep(at);
        }

        if (++classDepth == classes.Length)
        {
            var larger = new ClassFrame[classes.Length * 4];
            classes.CopyTo(larger);
            classes = larger;
        }

        var isNegated = At(at + 1) == '^';
        classes[classDepth] = new ClassFrame { Start = at, IsNegated = isNegated };
        at += isNegated ? 2 : 1;
        return true;
    }

    private bool CloseClass(out int start, out bool strings)
    {
        ref var frame = ref classes[classDepth];
        start = frame.Start;
        strings = frame.MayContainStrings && !frame.IsNegated;
        if (frame.AwaitsOperand)
        {
            return Fail(DiagnosticCodes.ClassOperandExpected, at, at);
        }

        at++;
        if (frame.MayContainStrings && frame.IsNegated)
        {
            return Fail(DiagnosticCodes.StringsInNegatedClass, start, at);
        }

        classDepth--;
        return true;
    }

    /// <summary>One operand other than a bracketed class. <paramref name="value"/> is its character, or <see cref="IsSet"/>.</summary>
    private bool ReadClassOperand(out int value, out bool strings)
    {
        value = IsSet;
        strings = false;
        if (at >= text.Length)
        {
            return FailUnclosed(']', classes[classDepth].Start, '[');
        }

        if (text[at] == '\\' && At(at + 1) == 'q' && At(at + 2) == '{')
        {
            return ReadClassStrings(out strings);
        }

        // Operators behind an operand have been taken; this one stands first, or behind a range.
        if (!classes[classDepth].AwaitsOperand && text[at] is '-' or '&' && At(at + 1) == text[at])
        {
            return Fail(classes[classDepth].Operator == ClassOperator.Empty ? DiagnosticCodes.ClassOperandExpected : DiagnosticCodes.ClassOperatorsMixed, at, at + 2);
        }

        escapeMayContainStrings = false;
        if (!ReadClassSetCharacter(out value))
        {
            return false;
        }

        strings = escapeMayContainStrings;
        return true;
    }

    /// <summary>ClassSetCharacter, or a class escape where the caller takes one.</summary>
    private bool ReadClassSetCharacter(out int value)
    {
        value = 0;
        var c = text[at];
        if (c == '\\')
        {
            return ReadEscape(inClass: true, out value);
        }

        if (c is '(' or ')' or '[' or ']' or '{' or '}' or '/' or '-' or '|')
        {
            return FailUnexpected(at);
        }

        if (c == At(at + 1) && IsDoublePunctuator(c))
        {
            return Fail(DiagnosticCodes.DoublePunctuator, at, at + 2);
        }

        value = CodePoints.Read(text, ref at);
        return true;
    }

    private static bool IsDoublePunctuator(char c) => c is '&' or '!' or '#' or '$' or '%' or '*' or '+' or ',' or '.' or ':' or ';' or '<' or '=' or '>' or '?' or '@' or '^' or '`' or '~';

    /// <summary>What follows an operand decides what the class is; a range ends here too.</summary>
    private bool FinishOperand(int start, int value, bool strings)
    {
        ref var frame = ref classes[classDepth];
        var next = At(at);
        var doubled = next is '-' or '&' && At(at + 1) == next;
        if (frame.Operator is ClassOperator.Intersection or ClassOperator.Subtraction)
        {
            // The strings of a difference are those of its first operand; an intersection has strings only where all operands have.
            frame.AwaitsOperand = false;
            frame.MayContainStrings &= strings || frame.Operator == ClassOperator.Subtraction;
            return next == ']' || ReadOperator(ref frame, next, doubled);
        }

        frame.MayContainStrings |= strings;
        if (next == '-' && !doubled)
        {
            frame.Operator = ClassOperator.Union;
            return ReadSetRange(start, value);
        }

        frame.Operator = frame.Operator == ClassOperator.Empty ? ClassOperator.Single : ClassOperator.Union;
        if (!doubled)
        {
            return true;
        }

        if (frame.Operator != ClassOperator.Single)
        {
            return Fail(DiagnosticCodes.ClassOperatorsMixed, at, at + 2);
        }

        frame.Operator = next == '-' ? ClassOperator.Subtraction : ClassOperator.Intersection;
        return ReadOperator(ref frame, next, doubled);
    }

    /// <summary>The operator of the class once more.</summary>
    private bool ReadOperator(ref ClassFrame frame, char next, bool doubled)
    {
        var own = frame.Operator == ClassOperator.Subtraction ? '-' : '&';
        if (doubled && next == own)
        {
            at += 2;
            frame.AwaitsOperand = true;
            return own != '&' || At(at) != '&' || FailUnexpected(at);
        }

        if (at >= text.Length)
        {
            return FailUnclosed(']', frame.Start, '[');
        }

        return next == '&' && !doubled ? FailUnexpected(at)
            : doubled || next == '-' ? Fail(DiagnosticCodes.ClassOperatorsMixed, at, doubled ? at + 2 : at + 1)
            : Fail(DiagnosticCodes.TokenExpected, at, at, own == '-' ? "--" : "&&");
    }

    /// <summary>At the dash of a range whose first end has been read.</summary>
    private bool ReadSetRange(int lowStart, int low)
    {
        var dash = at;
        if (low == IsSet)
        {
            return Fail(DiagnosticCodes.ClassInRange, lowStart, dash);
        }

        at++;
        switch (At(at))
        {
            case '[':
                return Fail(DiagnosticCodes.ClassInRange, at, at + 1);
            case '\\' when At(at + 1) == 'q':
                return Fail(DiagnosticCodes.ClassInRange, at, at + 2);
            case ']' or '\0' when at >= text.Length || text[at] == ']':
                return FailUnexpected(dash);
        }

        var highStart = at;
        return ReadClassSetCharacter(out var high) && CheckRange(low, lowStart, dash, high, highStart);
    }

    /// <summary><c>\q{…|…}</c>; an alternative of other than one character makes it strings.</summary>
    private bool ReadClassStrings(out bool strings)
    {
        var opened = at + 2;
        at += 3;
        strings = false;
        for (var length = 0; ; length++)
        {
            var c = At(at);
            if (at >= text.Length)
            {
                return FailUnclosed('}', opened, '{');
            }

            if (c is '}' or '|')
            {
                strings |= length != 1;
                length = -1;
                at++;
                if (c == '}')
                {
                    return true;
                }

                continue;
            }

            if (c == '\\' && At(at + 1) is 'd' or 'D' or 's' or 'S' or 'w' or 'W' or 'p' or 'P' or 'q')
            {
                return Fail(DiagnosticCodes.CannotBeEscaped, at, at + 2);
            }

            if (!ReadClassSetCharacter(out _))
            {
                return false;
            }
        }
    }
}
