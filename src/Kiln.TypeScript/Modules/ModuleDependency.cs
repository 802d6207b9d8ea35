using Kiln.TypeScript.Text;

namespace Kiln.TypeScript.Modules;

/// <summary>How one module names another. Names are those of the wire (registry.md §1.6); the last four are dynamic.</summary>
public enum ModuleDependencyKind : byte
{
    Import,
    ImportDefer,
    ImportSource,

    /// <summary><c>import type</c>, <c>import("x").T</c> and <c>import type x = require("y")</c>.</summary>
    ImportType,

    /// <summary><c>import x = require("y")</c>.</summary>
    ImportEquals,
    Export,
    ExportType,

    /// <summary><c>export import x = require("y")</c>.</summary>
    ExportEquals,

    /// <summary><c>declare module "x" { }</c>: an augmentation if the module exists, else an ambient module.</summary>
    MaybeTsModuleAugmentation,

    DynamicImport,
    DynamicImportDefer,
    DynamicImportSource,
    Require,
}

/// <summary>One part of a specifier that is put together at run time; <see cref="Value"/> is null for an expression.</summary>
public readonly record struct TemplatePart(string? Value);

/// <summary>Import attributes. <see cref="Known"/> is null when they cannot be told without running the code; a null value is an expression.</summary>
public sealed record ModuleImportAttributes(IReadOnlyList<KeyValuePair<string, string?>>? Known)
{
    public static readonly ModuleImportAttributes Unknown = new((IReadOnlyList<KeyValuePair<string, string?>>?)null);

    /// <summary>The value of an attribute; false when it is absent or unknown.</summary>
    public bool TryGet(string name, out string? value)
    {
        foreach (var pair in Known ?? [])
        {
            if (pair.Key == name)
            {
                value = pair.Value;
                return true;
            }
        }

        value = null;
        return false;
    }
}

/// <summary>One place where a module names another.</summary>
public sealed class ModuleDependency
{
    public required ModuleDependencyKind Kind { get; init; }

    /// <summary>The specifier; null when it is not a literal (dynamic dependencies only). Lone surrogates are U+FFFD, as they are on the wire.</summary>
    public required string? Specifier { get; init; }

    /// <summary>The parts of a template or concatenation; null unless <see cref="Specifier"/> is null and the first part can be told.</summary>
    public TemplatePart[]? Template { get; init; }

    /// <summary>The specifier with its quotes, or the whole argument of a dynamic dependency.</summary>
    public required PositionRange Range { get; init; }

    /// <summary><see cref="Range"/> in UTF-16 offsets.</summary>
    public required TextSpan Span { get; init; }

    /// <summary>From a <c>@ts-types</c> or <c>@deno-types</c> comment.</summary>
    public SpecifierWithRange? Types { get; init; }

    /// <summary>Binds nothing: <c>import "x"</c>, <c>import {} from "x"</c>.</summary>
    public bool IsSideEffect { get; init; }
    public ModuleImportAttributes? Attributes { get; init; }

    public bool IsDynamic => Kind >= ModuleDependencyKind.DynamicImport;

    /// <summary>Vanishes from JavaScript.</summary>
    public bool IsTypeOnly => Kind is ModuleDependencyKind.ImportType or ModuleDependencyKind.ExportType or ModuleDependencyKind.MaybeTsModuleAugmentation;
}
