using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Symbols;

/// <summary>One place that gives a name a meaning.</summary>
public sealed class Declaration
{
    public required DeclarationKind Kind { get; init; }

    /// <summary>See <see cref="DeclarationKind"/> for its type.</summary>
    public required Node Node { get; init; }

    public required Meanings Meanings { get; init; }

    /// <summary>
    /// It is exported by itself: it has the keyword, is an export, or stands in ambient code that exports all that it declares. What an export list
    /// names elsewhere is not.
    /// </summary>
    public bool IsExported { get; init; }

    /// <summary>Where the names inside it are looked up, its own type parameters and parameters apart.</summary>
    public required SymbolScope Scope { get; init; }

    /// <summary>What an import or re-export stands for; null for everything else.</summary>
    public ModuleName? Source { get; init; }

    /// <summary>The name in this module that an export specifier without a module stands for.</summary>
    public string? LocalName { get; init; }

    /// <summary><c>import type</c>, <c>export type</c>, <c>{ type X }</c>: JavaScript has nothing of it.</summary>
    public bool IsTypeOnly { get; init; }

    /// <summary>It has the keyword <c>declare</c>: what it declares exists elsewhere.</summary>
    public bool IsAmbient { get; init; }

    /// <summary>A function body whose signatures are the overloads in front of it.</summary>
    public bool IsImplementation { get; init; }

    /// <summary>It stands for something that is declared elsewhere.</summary>
    public bool IsAlias => Kind is DeclarationKind.Import or DeclarationKind.Export or DeclarationKind.ImportEquals;
}
