using Kiln.Analysis;
using Kiln.Analysis.Emit;
using Kiln.Analysis.Graph;
using Kiln.Analysis.Rewriting;
using Kiln.TypeScript;
using Kiln.TypeScript.Modules;
using Kiln.TypeScript.Tree;

namespace Kiln.Fuzz.Hostile;

/// <summary>Everything that is done with one file, in one call: what a publish does, and what the pieces offer besides.</summary>
internal static class Answer
{
    /// <returns>What came out, short enough to compare: two runs over one text must say the same.</returns>
    public static string To(string text, Language language)
    {
        var file = Parser.Parse(text, language, new ParseOptions(AssumeModule: true));
        var counter = new Counter();
        TreeWalker.Walk(file, types: true, ref counter);
        var info = ModuleInfo.Create(file);
        var result = $"{counter.Nodes} nodes, {file.Comments.Length} comments, {info.Dependencies.Count} dependencies, line {file.Lines.GetPosition(text.Length).Line}";
        if (file.Diagnostics.Length > 0)
        {
            return $"TS{file.Diagnostics[0].Code} at {file.Diagnostics[0].Span.Start} (of {file.Diagnostics.Length}), {result}";
        }

        var exports = ModuleExportsReader.Read(file);
        var rewritten = SpecifierRewriter.Rewrite(file, info, SpecifierUse.Types, (specifier, _) => specifier + ".js");
        var emitted = JavaScriptEmitter.Emit(file, new EmitOptions { SourceMap = true });
        return $"{result}, {exports.Names.Count} exports, {rewritten.Length} characters rewritten, {emitted.Code.Length} of JavaScript, {emitted.SourceMap?.Length} of map, {emitted.Diagnostics.Count} problems";
    }

    private struct Counter : ITreeVisitor
    {
        public int Nodes { get; private set; }

        public bool Enter(Node node)
        {
            Nodes++;
            return true;
        }
    }
}
