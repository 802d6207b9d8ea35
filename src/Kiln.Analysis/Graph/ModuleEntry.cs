using System.Diagnostics.CodeAnalysis;
using Kiln.Analysis.Symbols;
using Kiln.TypeScript;
using Kiln.TypeScript.Diagnostics;
using Kiln.TypeScript.Modules;

namespace Kiln.Analysis.Graph;

/// <summary>One file that the exports reach, on whatever way.</summary>
public sealed class ModuleEntry
{
    /// <summary>Absolute: <c>/mod.ts</c>.</summary>
    public required string Path { get; init; }
    public required MediaType MediaType { get; init; }

    /// <summary>The parsed file; null for JSON, WebAssembly and other assets. It may contain errors where only a dynamic or type-only import reaches it.</summary>
    public SourceFile? SourceFile { get; init; }

    /// <summary>Why no engine would run the file: see <see cref="SyntaxChecker"/>.</summary>
    public Diagnostic[] SyntaxErrors { get; init; } = [];

    /// <summary>The contents of JSON in a graph that only loads; else empty.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>Null exactly when <see cref="SourceFile"/> is.</summary>
    public ModuleInfo? Info { get; init; }

    /// <summary>By specifier, as written (lone surrogates replaced). Empty when the file does not parse.</summary>
    public IReadOnlyDictionary<string, ResolvedDependency> Dependencies { get; init; } = EmptyDependencies;

    /// <summary>The path of the declarations that a JavaScript module names for itself, when that file exists.</summary>
    public string? TypesPath { get; internal set; }

    /// <summary>A script or module without a syntax error.</summary>
    [MemberNotNullWhen(true, nameof(SourceFile), nameof(Info))]
    public bool IsParsed => SyntaxErrors.Length == 0 && SourceFile is not null && Info is not null;

    internal ModuleEdge[] Edges { get; init; } = [];
    internal ResolvedTarget? SelfTypes { get; init; }

    /// <summary>What the module declares and exports; read when first asked for. Null exactly when <see cref="SourceFile"/> is.</summary>
    public ModuleSymbols? Symbols => SourceFile is null ? null : LazyInitializer.EnsureInitialized(ref symbols, () => ModuleSymbols.Read(SourceFile));

    private ModuleSymbols? symbols;

    private static readonly Dictionary<string, ResolvedDependency> EmptyDependencies = [];
}
