namespace Kiln.TypeScript.Diagnostics;

/// <content>The texts of regular expression literals.</content>
public static partial class DiagnosticMessages
{
    private static string? FindRegularExpression(int code) => code switch
    {
        DiagnosticCodes.MatchingTokenOfPattern => "The parser expected to find a '{1}' to match the '{0}' token here.",
        DiagnosticCodes.UnknownFlag => "Unknown regular expression flag.",
        DiagnosticCodes.DuplicateFlag => "Duplicate regular expression flag.",
        DiagnosticCodes.UnicodeAndUnicodeSetsFlags => "The Unicode (u) flag and the Unicode Sets (v) flag cannot be set simultaneously.",
        DiagnosticCodes.SubpatternFlagsMissing => "Subpattern flags must be present when there is a minus sign.",
        DiagnosticCodes.IncompleteQuantifier => "Incomplete quantifier. Digit expected.",
        DiagnosticCodes.QuantifierOutOfOrder => "Numbers out of order in quantifier.",
        DiagnosticCodes.NothingToRepeat => "There is nothing available for repetition.",
        DiagnosticCodes.UnexpectedInPattern => "Unexpected '{0}'. Did you mean to escape it with backslash?",
        DiagnosticCodes.FlagCannotBeToggled => "This regular expression flag cannot be toggled within a subpattern.",
        DiagnosticCodes.ReferenceNameExpected => "'\\k' must be followed by a capturing group name enclosed in angle brackets.",
        DiagnosticCodes.ClassStringOutsideClass => "'\\q' is only available inside character class.",
        DiagnosticCodes.ControlLetterExpected => "'\\c' must be followed by an ASCII letter.",
        DiagnosticCodes.UndeterminedEscape => "Undetermined character escape.",
        DiagnosticCodes.GroupNameExpected => "Expected a capturing group name.",
        DiagnosticCodes.DuplicateGroupName => "Named capturing groups with the same name must be mutually exclusive to each other.",
        DiagnosticCodes.ClassInRange => "A character class range must not be bounded by another character class.",
        DiagnosticCodes.RangeOutOfOrder => "Range out of order in character class.",
        DiagnosticCodes.StringsInNegatedClass => "Anything that would possibly match more than a single character is invalid inside a negated character class.",
        DiagnosticCodes.ClassOperatorsMixed => "Operators must not be mixed within a character class. Wrap it in a nested class instead.",
        DiagnosticCodes.ClassOperandExpected => "Expected a class set operand.",
        DiagnosticCodes.ClassStringExpected => "'\\q' must be followed by string alternatives enclosed in braces.",
        DiagnosticCodes.DoublePunctuator => "A character class must not contain a reserved double punctuator. Did you mean to escape it with backslash?",
        DiagnosticCodes.PropertyNameExpected => "Expected a Unicode property name.",
        DiagnosticCodes.UnknownPropertyName => "Unknown Unicode property name.",
        DiagnosticCodes.PropertyValueExpected => "Expected a Unicode property value.",
        DiagnosticCodes.UnknownPropertyValue => "Unknown Unicode property value.",
        DiagnosticCodes.PropertyNameOrValueExpected => "Expected a Unicode property name or value.",
        DiagnosticCodes.PropertyOfStringsWithoutSets => "Any Unicode property that would possibly match more than a single character is only available when the Unicode Sets (v) flag is set.",
        DiagnosticCodes.UnknownPropertyNameOrValue => "Unknown Unicode property name or value.",
        DiagnosticCodes.PropertyExpected => "'\\{0}' must be followed by a Unicode property value expression enclosed in braces.",
        DiagnosticCodes.UnknownGroupName => "There is no capturing group named '{0}' in this regular expression.",
        DiagnosticCodes.BackreferenceTooLarge => "This backreference refers to a group that does not exist. There are only {0} capturing groups in this regular expression.",
        DiagnosticCodes.BackreferenceWithoutGroups => "This backreference refers to a group that does not exist. There are no capturing groups in this regular expression.",
        DiagnosticCodes.CannotBeEscaped => "This character cannot be escaped in a regular expression.",
        DiagnosticCodes.OctalEscapeInClass => "Octal escape sequences and backreferences are not allowed in a character class. If this was intended as an escape sequence, use the syntax '{0}' instead.",
        DiagnosticCodes.DecimalEscapeInClass => "Decimal escape sequences and backreferences are not allowed in a character class.",
        _ => null,
    };
}
