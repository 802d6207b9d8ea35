using Kiln.TypeScript.Lexing;

namespace Kiln.TypeScript;

/// <summary>What the grammar allows here; inherited by what is parsed inside.</summary>
[Flags]
internal enum ParseContext
{
    None = 0,

    /// <summary>The head of a <c>for</c>: <c>in</c> is not an operator.</summary>
    NoIn = 1 << 0,
    Yield = 1 << 1,
    Await = 1 << 2,

    /// <summary>A decorator: <c>[</c> starts the next member.</summary>
    Decorator = 1 << 3,

    /// <summary>The <c>extends</c> part of a conditional type: <c>extends</c> ends it.</summary>
    NoConditionalTypes = 1 << 4,
    Ambient = 1 << 5,

    /// <summary>Inside some function, so that <c>await</c> says nothing about the file.</summary>
    Function = 1 << 6,
}

/// <summary>All that a speculation may change: copied before, copied back when it fails. The side tables shrink to their counts.</summary>
internal readonly record struct ParserState(
    LexerState Token,
    ParseContext Context,
    int Depth,
    int ScratchCount,
    int ErasureCount,
    int ReferenceCount,
    int DiagnosticCount,
    int SignatureKeyCount,
    bool NeedsTransform,
    bool HasImportMeta,
    bool HasTopLevelAwait,
    bool SawAwaitName);
