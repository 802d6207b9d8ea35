using Kiln.TypeScript;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Symbols;

internal static class MemberNames
{
    /// <summary>Null when the name depends on a value, and for <c>#name</c>.</summary>
    public static string? Read(SourceFile file, Node name) => name switch
    {
        Identifier identifier => file.GetName(identifier),
        StringLiteral literal => file.GetStringValue(literal),
        Literal { Kind: SyntaxKind.NumericLiteral } number => file.GetSlice(number).ToString(),
        ComputedPropertyName { Expression: StringLiteral literal } => file.GetStringValue(literal),
        _ => null,
    };
}
