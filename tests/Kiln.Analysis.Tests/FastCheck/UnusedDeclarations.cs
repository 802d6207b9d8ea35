using System.Text;
using Kiln.TypeScript;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Tests.FastCheck;

/// <summary>
/// Both Kiln and deno keep every declaration that the source's types and values mention. Typescript leaves out what no written type mentions any more:
/// after <c>const a = b</c> became <c>const a: string</c>, nobody needs <c>b</c>.
/// </summary>
internal static class UnusedDeclarations
{
    /// <summary>The text without imports and declarations that it does not export and that <paramref name="expected"/> does not have.</summary>
    public static string Remove(string text, string expected)
    {
        var file = Parser.Parse(text, Language.Declaration);
        var kept = NamesOf(Parser.Parse(expected, Language.Declaration));
        var result = new StringBuilder();
        var at = 0;
        foreach (var statement in file.Statements)
        {
            if (IsPrivate(statement) && !Names(file, statement).Any(kept.Contains))
            {
                result.Append(text, at, statement.Start - at);
                at = statement.End;
            }
        }

        return result.Append(text, at, text.Length - at).ToString();
    }

    private static HashSet<string> NamesOf(SourceFile file) => file.Statements.SelectMany(s => Names(file, s)).ToHashSet(StringComparer.Ordinal);

    private static bool IsPrivate(Statement statement) => statement switch
    {
        ImportDeclaration => true,
        DeclarationStatement n => !n.Modifiers.Has(ModifierFlags.Export),
        _ => false,
    };

    private static IEnumerable<string> Names(SourceFile file, Statement statement) => statement switch
    {
        ImportDeclaration n => [file.GetStringValue(n.ModuleSpecifier)],
        VariableStatement n => n.DeclarationList.Declarations.Select(d => file.GetSlice(d.Name).ToString()),
        FunctionDeclaration { Name: { } name } => [file.GetName(name)],
        ClassDeclaration { Name: { } name } => [file.GetName(name)],
        InterfaceDeclaration n => [file.GetName(n.Name)],
        TypeAliasDeclaration n => [file.GetName(n.Name)],
        EnumDeclaration n => [file.GetName(n.Name)],
        ModuleDeclaration { Name: Identifier name } => [file.GetName(name)],
        _ => [],
    };
}
