using Kiln.TypeScript.Diagnostics;
using Kiln.TypeScript.Text;
using Kiln.TypeScript.Tree;

namespace Kiln.TypeScript;

/// <summary>The dialect of a file; decides whether types, JSX and ambient rules apply.</summary>
public enum Language : byte
{
    JavaScript,
    Jsx,
    TypeScript,
    Tsx,

    /// <summary><c>.d.ts</c>, <c>.d.mts</c>, <c>.d.cts</c>: everything is ambient.</summary>
    Declaration,
}

public enum CommentKind : byte
{
    Line,
    Block,

    /// <summary><c>/** … */</c>.</summary>
    JsDoc,

    /// <summary><c>#!…</c> on the first line.</summary>
    Shebang,
}

/// <summary>A comment with its delimiters.</summary>
public readonly record struct Comment(int Start, int End, CommentKind Kind);

public enum ErasureKind : byte
{
    /// <summary>Part of a statement: an annotation with its colon, type arguments, a modifier keyword, <c>as T</c>, <c>!</c>, a <c>this</c> parameter with its comma.</summary>
    Inline,

    /// <summary>A whole statement: interface, type alias, <c>declare …</c>, overload signature, <c>import type</c>, <c>export type</c>.</summary>
    Statement,

    /// <summary>A whole class member: overload, abstract member, <c>declare</c> field, index signature.</summary>
    Member,
}

/// <summary>Type-only syntax that JavaScript must not contain. See <see cref="SourceFile.Erasures"/>.</summary>
public readonly record struct Erasure(int Start, int End, ErasureKind Kind);

/// <summary>One parsed file: its text, its tree, and flat tables by position.</summary>
public sealed class SourceFile
{
    private LineMap? lines;

    public required string Text { get; init; }
    public required Language Language { get; init; }
    public required Statement[] Statements { get; init; }

    /// <summary>What the file was parsed as.</summary>
    public SourceGoal Goal { get; init; }

    /// <summary>Syntax errors in source order; empty for a valid file.</summary>
    public required Diagnostic[] Diagnostics { get; init; }

    /// <summary>All comments in source order.</summary>
    public required Comment[] Comments { get; init; }

    /// <summary>Spans to delete for JavaScript, ordered by start; an inner span may follow the outer one that contains it.</summary>
    public required Erasure[] Erasures { get; init; }

    /// <summary>
    /// Every node that may name another module, in source order: import and export declarations with a specifier, external import-equals,
    /// import types, import calls, calls of <c>require</c> and <c>import.meta.resolve</c>, and ambient modules with a string name.
    /// </summary>
    public required Node[] ModuleReferences { get; init; }

    /// <summary>
    /// Computed names of signatures and abstract members outside ambient code: <c>interface I { [key]: T }</c>. JavaScript has no trace of them,
    /// yet what they mention counts as used.
    /// </summary>
    public ComputedPropertyName[] SignatureKeys { get; init; } = [];

    /// <summary>Something proves the file an ECMAScript module: an import, an export, <c>import.meta</c> or a top-level await.</summary>
    public required bool IsModule { get; init; }

    /// <summary>Something needs more than erasure to become JavaScript: enum, namespace, parameter property, decorator, JSX, import-equals, export-equals, <c>using</c>, <c>accessor</c>, the operators of <c>a&lt;!--b</c>.</summary>
    public required bool NeedsTransform { get; init; }

    public LineMap Lines => lines ??= new LineMap(Text);

    public ReadOnlySpan<char> GetSlice(Node node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return Text.AsSpan(node.Start, node.End - node.Start);
    }

    /// <summary>The name with Unicode escapes decoded.</summary>
    public string GetName(Identifier identifier)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        var slice = GetSlice(identifier);
        return identifier.Has(NodeFlags.HasEscape) ? StringValue.DecodeIdentifier(slice) : slice.ToString();
    }

    /// <summary>The value of a string literal: quotes removed, escapes decoded. Lone surrogates stay as they are. "" for a literal that recovery made up.</summary>
    public string GetStringValue(StringLiteral literal)
    {
        ArgumentNullException.ThrowIfNull(literal);
        var slice = GetSlice(literal);
        var inner = slice.Length >= 2 && slice[^1] == slice[0] ? slice[1..^1] : slice.IsEmpty ? slice : slice[1..];
        return literal.Has(NodeFlags.HasEscape) ? StringValue.Decode(inner) : inner.ToString();
    }
}
