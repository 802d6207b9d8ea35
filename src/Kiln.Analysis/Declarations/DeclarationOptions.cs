using Kiln.Analysis.Rewriting;
using Kiln.TypeScript.Text;

namespace Kiln.Analysis.Declarations;

/// <summary>How the declarations of a module are written.</summary>
public sealed class DeclarationOptions
{
    /// <summary>What to write of the module.</summary>
    public required IPublicDeclarations Public { get; init; }

    /// <summary>Maps a module specifier to what the output should say; null leaves it.</summary>
    public Func<string, string?>? RewriteSpecifier { get; init; }

    /// <summary>New text for places inside comments, as <see cref="SpecifierRewriter.RewritePragmas"/> gives it.</summary>
    public IReadOnlyList<(TextSpan Span, string Text)> CommentEdits { get; init; } = [];

    public bool SourceMap { get; init; }

    /// <summary>File name without directory, <c>mod.d.ts</c>: the map's <c>file</c> and the name in <c>sourceMappingURL</c>.</summary>
    public string OutputFileName { get; init; } = "output.d.ts";

    /// <summary>Path of the source relative to the output, as the map's <c>sources</c> says it: <c>../mod.ts</c>.</summary>
    public string SourcePath { get; init; } = "./input.ts";

    /// <summary>The text that the map leads into, when it is not the one that is compiled.</summary>
    public RewrittenSource? ShippedSource { get; init; }
}
