using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Declarations;

/// <summary>Which declarations of one module belong to its public API: they are exported, or types that are public mention them.</summary>
public interface IPublicDeclarations
{
    /// <summary>
    /// Asked for a <see cref="FunctionDeclaration"/>, <see cref="ClassDeclaration"/>, <see cref="InterfaceDeclaration"/>, <see cref="TypeAliasDeclaration"/>,
    /// <see cref="EnumDeclaration"/>, <see cref="ModuleDeclaration"/>, <see cref="VariableDeclaration"/>, <see cref="ImportEqualsDeclaration"/>, an
    /// <see cref="ImportClause"/> (for its default name), <see cref="NamespaceImport"/>, <see cref="ImportSpecifier"/>, <see cref="ExportSpecifier"/>,
    /// <see cref="ExportDeclaration"/> (a star), <see cref="ExportAssignment"/>, or the <see cref="ExpressionStatement"/> of an expando (<c>f.x = 1</c>);
    /// at the top level or inside a namespace. Members of a public class or interface are not asked for.
    /// </summary>
    bool Contains(Node declaration);
}
