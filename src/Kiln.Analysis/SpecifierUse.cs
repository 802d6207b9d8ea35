namespace Kiln.Analysis;

/// <summary>What a module specifier is resolved for (publishing.md §5.2).</summary>
public enum SpecifierUse
{
    /// <summary>The code that runs.</summary>
    Code,

    /// <summary>The types, falling back to the code.</summary>
    Types,

    /// <summary>A file of types by its own name: <c>/// &lt;reference path&gt;</c> and the pragmas <c>@ts-types</c>, <c>@deno-types</c>, <c>@ts-self-types</c>.</summary>
    TypesFile,

    /// <summary>An address that the code asks for with <c>import.meta.resolve</c>.</summary>
    Address,

    /// <summary>The package of a <c>@jsxImportSource</c> pragma, to which the compiler adds the runtime's sub path.</summary>
    JsxImportSource,
}
