using Kiln.Analysis.Symbols;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Docs.Collection;

/// <summary>One way in which a module or namespace exports a name. A name may be exported in several.</summary>
/// <param name="Scope">Where a local name is looked up.</param>
/// <param name="LocalName">What is exported of this scope; null for an anonymous default and for what comes from another module.</param>
/// <param name="Declaration">Of an anonymous default, and of a specifier: the node that stands for it.</param>
/// <param name="Source">The module that it comes from; its name is null for all of it.</param>
internal readonly record struct ModuleExport(SymbolScope Scope, string? LocalName, Node? Declaration, ModuleName? Source);
