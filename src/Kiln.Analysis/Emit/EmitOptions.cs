using Kiln.Analysis.Rewriting;
using Kiln.TypeScript.Text;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Emit;

/// <summary>How <see cref="JavaScriptEmitter"/> writes a file.</summary>
public sealed class EmitOptions
{
    /// <summary>Maps a module specifier to what the output should say; null leaves it. Also asked for the import that automatic JSX adds.</summary>
    public Func<string, SpecifierUse, string?>? RewriteSpecifier { get; init; }

    /// <summary>New text for places inside comments, as <see cref="SpecifierRewriter.RewritePragmas"/> gives it.</summary>
    public IReadOnlyList<(TextSpan Span, string Text)> CommentEdits { get; init; } = [];

    /// <summary>Which syntax the output may use.</summary>
    public EmitTarget Target { get; init; }

    public bool SourceMap { get; init; }

    /// <summary>File name without directory, <c>mod.js</c>: the map's <c>file</c> and the name in <c>sourceMappingURL</c>.</summary>
    public string OutputFileName { get; init; } = "output.js";

    /// <summary>Path of the source relative to the output, as the map's <c>sources</c> says it: <c>./mod.ts</c>.</summary>
    public string SourcePath { get; init; } = "./input.ts";

    /// <summary>The text that the map leads into, when it is not the one that is compiled.</summary>
    public RewrittenSource? ShippedSource { get; init; }

    /// <summary>Keep every import and export that is not marked <c>type</c> (TypeScript's option of that name).</summary>
    public bool VerbatimModuleSyntax { get; init; }

    /// <summary>Tells that a name which a module exports is known to be only a type: such names are dropped from re-exports.</summary>
    public Func<string, string, bool>? IsTypeOnlyExport { get; init; }
}

/// <summary>Something that cannot be written as JavaScript faithfully. Offsets are UTF-16 offsets in the source.</summary>
/// <param name="Code">TypeScript's number where it reports the same problem, else 91000 and above.</param>
/// <param name="Start">Start of the construct.</param>
/// <param name="End">End of the construct.</param>
/// <param name="Message">English sentence.</param>
public readonly record struct EmitDiagnostic(int Code, int Start, int End, string Message)
{
    internal static EmitDiagnostic ExportEquals(Node node) =>
        new(1203, node.Start, node.End, "Export assignment cannot be used when targeting ECMAScript modules. Consider using 'export default' instead.");

    internal static EmitDiagnostic ImportEquals(Node node) =>
        new(1202, node.Start, node.End, "Import assignment cannot be used when targeting ECMAScript modules. Consider using an 'import' declaration instead.");

    internal static EmitDiagnostic ParameterDecorator(Node node) =>
        new(1206, node.Start, node.End, "Decorators are not valid here.");

    internal static readonly EmitDiagnostic TooManyNodes = new(91003, 0, 0, "The code has more than 5,000,000 nodes.");

    internal static readonly EmitDiagnostic TooLarge = new(91002, 0, 0, "The JavaScript would be too large.");

    internal static EmitDiagnostic TooDeep(Node node) =>
        new(91001, node.Start, node.End, "The code is nested too deeply.");
}

/// <summary>The JavaScript of one file.</summary>
/// <param name="Code">The text; with a map it ends with the <c>sourceMappingURL</c> comment and no newline after it.</param>
/// <param name="SourceMap">Source map version 3 as JSON, or null when none was asked for.</param>
/// <param name="Diagnostics">Empty unless the result does not do what the source says.</param>
public sealed record EmitResult(string Code, string? SourceMap, IReadOnlyList<EmitDiagnostic> Diagnostics);
