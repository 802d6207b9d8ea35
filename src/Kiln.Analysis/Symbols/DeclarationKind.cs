namespace Kiln.Analysis.Symbols;

/// <summary>What declares a name. The comment names the type of <see cref="Declaration.Node"/>.</summary>
public enum DeclarationKind : byte
{
    /// <summary><c>FunctionDeclaration</c>, one for every signature.</summary>
    Function,

    /// <summary><c>ClassDeclaration</c>.</summary>
    Class,

    /// <summary><c>InterfaceDeclaration</c>.</summary>
    Interface,

    /// <summary><c>TypeAliasDeclaration</c>.</summary>
    TypeAlias,

    /// <summary><c>EnumDeclaration</c>.</summary>
    Enum,

    /// <summary><c>ModuleDeclaration</c> with an identifier as name; of <c>namespace A.B { }</c> each part is one.</summary>
    Namespace,

    /// <summary><c>VariableDeclaration</c>; names of one pattern share it.</summary>
    Variable,

    /// <summary>The <c>ExpressionStatement</c> <c>f.x = 1</c> that gives a function a property.</summary>
    Expando,

    /// <summary>The <c>ExportAssignment</c> of <c>export default 1</c> or <c>export = x</c>.</summary>
    ExportAssignment,

    /// <summary><c>import x = A.B</c> or <c>import x = require("m")</c>: an <c>ImportEqualsDeclaration</c>.</summary>
    ImportEquals,

    /// <summary>An <c>ImportClause</c> (its default name), <c>NamespaceImport</c> or <c>ImportSpecifier</c>.</summary>
    Import,

    /// <summary>An <c>ExportSpecifier</c>, with or without a module that it comes from, or the <c>ExportDeclaration</c> of <c>export * as ns from "m"</c>.</summary>
    Export,

    /// <summary>The <c>ExportDeclaration</c> of <c>export * from "m"</c>; it has no name and belongs to no symbol.</summary>
    ExportStar,
}
