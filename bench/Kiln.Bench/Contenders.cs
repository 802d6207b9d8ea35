using Kiln.Analysis.Declarations;
using Kiln.Analysis.Emit;
using Kiln.Analysis.Symbols;
using Kiln.TypeScript;

namespace Kiln.Bench;

/// <summary>What can be measured: each takes one file and tells whether it found it in order.</summary>
internal static class Contenders
{
    private static readonly EmitOptions Plain = new();
    private static readonly EmitOptions WithMap = new() { SourceMap = true };

    public static readonly IReadOnlyDictionary<string, Func<CorpusFile, bool>> All = new Dictionary<string, Func<CorpusFile, bool>>(StringComparer.Ordinal)
    {
        ["kiln-parse"] = file => Parse(file).Diagnostics.Length == 0,
        ["kiln-early-errors"] = file => Parse(file) is { Diagnostics.Length: 0 } parsed && EarlyErrors.Check(parsed).Length == 0,
        ["kiln-check"] = file => SyntaxChecker.Check(Parse(file)).Length == 0,
        ["kiln-transform"] = file => JavaScriptEmitter.Emit(Parse(file), Plain).Diagnostics.Count == 0,
        ["kiln-transform-map"] = file => JavaScriptEmitter.Emit(Parse(file), WithMap).Diagnostics.Count == 0,
        ["kiln-declarations"] = EmitBoth,
        ["acornima-module"] = file => Acornima(file, (parser, text) => parser.ParseModule(text)),
        ["acornima-script"] = file => Acornima(file, (parser, text) => parser.ParseScript(text)),
    };

    private static SourceFile Parse(CorpusFile file) => Parser.Parse(file.Text, file.Language);

    /// <summary>JavaScript and declarations of one parse; what is public is found out too, as the peers do.</summary>
    private static bool EmitBoth(CorpusFile file)
    {
        var parsed = Parse(file);
        var declarations = DeclarationEmitter.Emit(parsed, new DeclarationOptions { Public = PublicApi.TraceFile(parsed) });
        return JavaScriptEmitter.Emit(parsed, Plain).Diagnostics.Count == 0 && declarations.Text.Length > 0;
    }

    private static bool Acornima(CorpusFile file, Action<Acornima.Parser, string> parse)
    {
        try
        {
            parse(new Acornima.Parser(), file.Text);
            return true;
        }
        catch (Acornima.ParseErrorException)
        {
            return false;
        }
    }
}
