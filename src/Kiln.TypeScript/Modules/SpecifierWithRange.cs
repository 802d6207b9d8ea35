using Kiln.TypeScript.Text;

namespace Kiln.TypeScript.Modules;

/// <summary>A specifier written in a comment.</summary>
/// <param name="Text">The specifier without its quotes.</param>
/// <param name="Range">With its quotes where it has some.</param>
/// <param name="Span">The same range in UTF-16 offsets.</param>
public sealed record SpecifierWithRange(string Text, PositionRange Range, TextSpan Span);

/// <summary><c>resolution-mode</c>: how a type-only reference is resolved.</summary>
public enum ResolutionMode : byte
{
    Unspecified,
    Import,
    Require,
}

/// <summary><c>/// &lt;reference path|types="…" resolution-mode="…" /&gt;</c>.</summary>
/// <param name="IsPath">A <c>path</c>, else a <c>types</c>.</param>
/// <param name="Specifier">The attribute's value.</param>
/// <param name="ResolutionMode">Only for <c>types</c>.</param>
/// <param name="Comment">The whole comment.</param>
public sealed record TypeScriptReference(bool IsPath, SpecifierWithRange Specifier, ResolutionMode ResolutionMode, TextSpan Comment);

/// <summary><c>{import("x")}</c> or <c>@import … from "x"</c> in a documentation comment of a JavaScript file.</summary>
public sealed record JsDocImport(SpecifierWithRange Specifier, ResolutionMode ResolutionMode);
