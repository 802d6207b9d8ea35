using Kiln.TypeScript;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Binding;

/// <summary>What scope analysis found out about one file. Only names that matter for emission are tracked.</summary>
internal sealed class Bindings
{
    /// <summary>Import bindings, by their local name node, that something uses as a value other than an export specifier.</summary>
    public HashSet<Identifier> UsedImports => field ??= [];

    /// <summary>Imports that are used as values only by <c>export { x }</c> or <c>export default x</c>.</summary>
    public HashSet<Identifier> ReexportedImports => field ??= [];

    /// <summary>References that must be written as a property of a namespace or enum.</summary>
    public Dictionary<Identifier, ContainerBlock> Qualified => field ??= [];

    /// <summary>Shorthand properties among <see cref="Qualified"/>.</summary>
    public HashSet<Identifier> Shorthand => field ??= [];

    public Dictionary<DeclarationStatement, ContainerBlock> Blocks => field ??= [];

    /// <summary>References to enums of this file, for folding.</summary>
    public Dictionary<Identifier, ContainerSymbol> EnumReferences => field ??= [];

    /// <summary>References to constants of this file from enum initialisers, for folding.</summary>
    public Dictionary<Identifier, VariableDeclaration> ConstantReferences => field ??= [];

    public static bool IsAmbient(DeclarationStatement statement) =>
        statement.Modifiers.Has(ModifierFlags.Declare) || statement.Has(NodeFlags.Ambient);

    /// <summary>
    /// Whether a namespace leaves anything to run (TypeScript's <c>getModuleInstanceState</c> with const enums preserved): everything counts
    /// except types, unexported aliases, and namespaces that themselves do not.
    /// </summary>
    public static bool IsInstantiated(ModuleDeclaration declaration)
    {
        var stack = new Stack<Statement>();
        stack.Push(declaration);
        while (stack.TryPop(out var statement))
        {
            switch (statement)
            {
                case ModuleDeclaration { Body: { } body }:
                    stack.Push(body);
                    break;
                case ModuleDeclaration:
                    return true;
                case ModuleBlock block:
                    foreach (var inner in block.Statements)
                    {
                        stack.Push(inner);
                    }

                    break;
                case InterfaceDeclaration or TypeAliasDeclaration or ImportDeclaration:
                    break;
                case ImportEqualsDeclaration alias:
                    if (alias.Modifiers.Has(ModifierFlags.Export) && !alias.Has(NodeFlags.TypeOnly))
                    {
                        return true;
                    }

                    break;
                default:
                    return true;
            }
        }

        return false;
    }

    /// <summary>The leftmost name of <c>A.B.C</c>.</summary>
    public static Identifier? Root(Node entityName)
    {
        while (entityName is QualifiedName qualified)
        {
            entityName = qualified.Left;
        }

        return entityName as Identifier;
    }

    public static string? MemberName(SourceFile file, Node name) => name switch
    {
        Identifier id => file.GetName(id),
        StringLiteral text => file.GetStringValue(text),
        ComputedPropertyName { Expression: StringLiteral text } => file.GetStringValue(text),
        ComputedPropertyName { Expression: Literal { Kind: SyntaxKind.NoSubstitutionTemplateLiteral } text } =>
            Kiln.TypeScript.Text.StringValue.Decode(file.GetSlice(text)[1..^1]),
        _ => null,
    };
}
