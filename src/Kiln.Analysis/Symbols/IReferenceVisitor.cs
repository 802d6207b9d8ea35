using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Symbols;

/// <summary>Receives what a declaration mentions.</summary>
internal interface IReferenceVisitor
{
    /// <summary>What follows stands in this member of a class or interface; null outside of members.</summary>
    void EnterMember(Node? member);

    /// <param name="symbol">Found in the scope.</param>
    /// <param name="meanings">How it is meant.</param>
    /// <param name="path">The names behind it.</param>
    void VisitReference(Symbol symbol, Meanings meanings, ReferencePath path);

    /// <summary><c>import("x").A.B</c>; with an empty path the whole module.</summary>
    void VisitImportType(StringLiteral specifier, ReferencePath path);
}
