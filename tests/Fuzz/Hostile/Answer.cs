using Kiln.Analysis;
using Kiln.Analysis.Emit;
using Kiln.Analysis.Graph;
using Kiln.Analysis.Rewriting;
using Kiln.Analysis.Symbols;
using Kiln.TypeScript;
using Kiln.TypeScript.JsDoc;
using Kiln.TypeScript.Modules;
using Kiln.TypeScript.Tree;

namespace Kiln.Fuzz.Hostile;

/// <summary>Everything that is done with one file, in one call: what a publish does, and what the pieces offer besides.</summary>
internal static class Answer
{
    /// <returns>What came out, short enough to compare: two runs over one text must say the same.</returns>
    public static string To(string text, Language language)
    {
        // Scripts may have `with`, duplicate functions and more that modules may not.
        var goal = language == Language.JavaScript ? SourceGoal.Script : SourceGoal.Module;
        var file = Parser.Parse(text, language, new ParseOptions(goal));
        var counter = new Counter();
        TreeWalker.Walk(file, types: true, ref counter);
        var info = ModuleInfo.Create(file);
        var tags = 0;
        foreach (var comment in file.Comments)
        {
            tags += comment.Kind == CommentKind.JsDoc ? JsDocParser.Parse(file, comment).Tags.Length : 0;
        }

        var result = $"{counter.Nodes} nodes, {file.Comments.Length} comments, {tags} tags, {info.Dependencies.Count} dependencies, line {file.Lines.GetPosition(text.Length).Line}";
        var errors = SyntaxChecker.Check(file);
        result = errors.Length == 0 ? result : $"TS{errors[0].Code} at {errors[0].Span.Start} (of {errors.Length}), {result}";
        if (file.Diagnostics.Length > 0)
        {
            return result;
        }

        // Early errors do not keep the rest from going on: it must stand any tree that the parser accepts.

        var api = PublicApi.TraceFile(file);
        result += $", {OneFilePackage.Build(text, language).Error?.Code ?? "publishable"}";
        var rewritten = SpecifierRewriter.Rewrite(file, info, SpecifierUse.Types, (specifier, _) => specifier + ".js");
        var emitted = JavaScriptEmitter.Emit(file, new EmitOptions { SourceMap = true });
        return $"{result}, {api.Symbols.Exports.Count} exports of {api.Symbols.Count} symbols, {rewritten.Length} characters rewritten, {emitted.Code.Length} of JavaScript, {emitted.SourceMap?.Length} of map, {emitted.Diagnostics.Count} problems";
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
