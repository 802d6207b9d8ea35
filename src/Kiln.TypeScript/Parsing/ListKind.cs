namespace Kiln.TypeScript;

/// <summary>The lists that the parser may be inside of. Kept as a set, for recovery only: a token that an outer list can go on with ends the inner ones.</summary>
[Flags]
internal enum ListKind
{
    None = 0,
    SourceElements = 1 << 0,
    BlockStatements = 1 << 1,
    SwitchClauses = 1 << 2,
    SwitchClauseStatements = 1 << 3,
    TypeMembers = 1 << 4,
    ClassMembers = 1 << 5,
    EnumMembers = 1 << 6,
    ObjectBindingElements = 1 << 7,
    ArrayBindingElements = 1 << 8,
    Arguments = 1 << 9,
    ObjectLiteralMembers = 1 << 10,
    ArrayElements = 1 << 11,
    Parameters = 1 << 12,
    Specifiers = 1 << 13,
    ImportAttributes = 1 << 14,
    VariableDeclarations = 1 << 15,
}
