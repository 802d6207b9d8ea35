namespace Kiln.TypeScript;

/// <summary>What directly contains a member; decides which modifiers and names it may have.</summary>
internal enum MemberOwner : byte
{
    None,
    Class,
    ClassExpression,
    Interface,
    TypeLiteral,
    ObjectLiteral,
}
