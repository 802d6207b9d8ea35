namespace Kiln.Documentation.Symbols;

/// <summary>What a member is, in the order of the sections of docs.md §10.2.</summary>
internal enum MemberShape : byte
{
    Constructor,
    CallSignature,
    IndexSignature,
    EnumMember,
    StaticProperty,
    StaticMethod,
    Property,
    Method,
}
