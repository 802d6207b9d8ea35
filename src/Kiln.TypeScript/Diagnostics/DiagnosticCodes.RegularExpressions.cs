namespace Kiln.TypeScript.Diagnostics;

/// <content>Numbers of regular expression literals.</content>
internal static partial class DiagnosticCodes
{
    public const int MatchingTokenOfPattern = 1007;
    public const int UnknownFlag = 1499;
    public const int DuplicateFlag = 1500;
    public const int UnicodeAndUnicodeSetsFlags = 1502;
    public const int SubpatternFlagsMissing = 1504;
    public const int IncompleteQuantifier = 1505;
    public const int QuantifierOutOfOrder = 1506;
    public const int NothingToRepeat = 1507;
    public const int UnexpectedInPattern = 1508;
    public const int FlagCannotBeToggled = 1509;
    public const int ReferenceNameExpected = 1510;
    public const int ClassStringOutsideClass = 1511;
    public const int ControlLetterExpected = 1512;
    public const int UndeterminedEscape = 1513;
    public const int GroupNameExpected = 1514;
    public const int DuplicateGroupName = 1515;
    public const int ClassInRange = 1516;
    public const int RangeOutOfOrder = 1517;
    public const int StringsInNegatedClass = 1518;
    public const int ClassOperatorsMixed = 1519;
    public const int ClassOperandExpected = 1520;
    public const int ClassStringExpected = 1521;
    public const int DoublePunctuator = 1522;
    public const int PropertyNameExpected = 1523;
    public const int UnknownPropertyName = 1524;
    public const int PropertyValueExpected = 1525;
    public const int UnknownPropertyValue = 1526;
    public const int PropertyNameOrValueExpected = 1527;
    public const int PropertyOfStringsWithoutSets = 1528;
    public const int UnknownPropertyNameOrValue = 1529;
    public const int PropertyExpected = 1531;
    public const int UnknownGroupName = 1532;
    public const int BackreferenceTooLarge = 1533;
    public const int BackreferenceWithoutGroups = 1534;
    public const int CannotBeEscaped = 1535;
    public const int OctalEscapeInClass = 1536;
    public const int DecimalEscapeInClass = 1537;
}
