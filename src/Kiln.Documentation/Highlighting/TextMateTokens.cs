using System.Collections.Frozen;
using System.Diagnostics;
using TextMateSharp.Grammars;
using TextMateSharp.Registry;

namespace Kiln.Documentation.Highlighting;

/// <summary>
/// Other languages, by the grammars of TextMate. Their regular expressions can be slow on purpose: a text has a budget of time, and what comes after it stays plain; that is
/// the one place where a clock decides how a page looks. Without the native library for expressions every text stays plain.
/// </summary>
internal static class TextMateTokens
{
    /// <summary>Characters of a line that grammars read; expressions look through it many times.</summary>
    private const int MaximumLine = 2_000;

    private static readonly TimeSpan LineBudget = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan TextBudget = TimeSpan.FromMilliseconds(1_000);

    /// <summary>Grammars compile their rules while they read and are not made for more than one thread.</summary>
    private static readonly Lock Gate = new();

    private static readonly Lazy<Registry?> Grammars = new(Load, LazyThreadSafetyMode.ExecutionAndPublication);

    private static readonly FrozenDictionary<string, string> Scopes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["bat"] = "source.batchfile", ["cmd"] = "source.batchfile", ["c"] = "source.c", ["h"] = "source.c", ["cpp"] = "source.cpp", ["c++"] = "source.cpp", ["cc"] = "source.cpp",
        ["hpp"] = "source.cpp", ["csharp"] = "source.cs", ["cs"] = "source.cs", ["c#"] = "source.cs", ["css"] = "source.css", ["dart"] = "source.dart", ["dockerfile"] = "source.dockerfile",
        ["docker"] = "source.dockerfile", ["fsharp"] = "source.fsharp", ["fs"] = "source.fsharp", ["f#"] = "source.fsharp", ["go"] = "source.go", ["golang"] = "source.go",
        ["groovy"] = "source.groovy", ["gradle"] = "source.groovy", ["html"] = "text.html.derivative", ["htm"] = "text.html.derivative", ["xhtml"] = "text.html.derivative",
        ["ini"] = "source.ini", ["properties"] = "source.ini", ["editorconfig"] = "source.ini", ["java"] = "source.java", ["julia"] = "source.julia", ["jl"] = "source.julia",
        ["less"] = "source.css.less", ["lua"] = "source.lua", ["make"] = "source.makefile", ["makefile"] = "source.makefile", ["objc"] = "source.objc", ["objective-c"] = "source.objc",
        ["perl"] = "source.perl", ["pl"] = "source.perl", ["php"] = "source.php", ["powershell"] = "source.powershell", ["ps1"] = "source.powershell", ["pwsh"] = "source.powershell",
        ["python"] = "source.python", ["py"] = "source.python", ["r"] = "source.r", ["ruby"] = "source.ruby", ["rb"] = "source.ruby", ["rust"] = "source.rust", ["rs"] = "source.rust",
        ["scss"] = "source.css.scss", ["sql"] = "source.sql", ["swift"] = "source.swift", ["tex"] = "text.tex.latex", ["latex"] = "text.tex.latex", ["vb"] = "source.asp.vb.net",
        ["xml"] = "text.xml", ["svg"] = "text.xml", ["csproj"] = "text.xml", ["xsl"] = "text.xml.xsl", ["yaml"] = "source.yaml", ["yml"] = "source.yaml",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly (string Prefix, CodeClass Class)[] Classes =
    [
        ("comment", CodeClass.Comment), ("string.regexp", CodeClass.Regexp), ("string", CodeClass.String), ("constant.numeric", CodeClass.Number), ("constant.character", CodeClass.String),
        ("constant", CodeClass.Constant), ("keyword.operator", CodeClass.Operator), ("keyword.other.unit", CodeClass.Number), ("keyword", CodeClass.Keyword), ("storage.type.numeric", CodeClass.Type),
        ("storage", CodeClass.Keyword), ("variable.language", CodeClass.Keyword), ("entity.name.tag", CodeClass.Tag), ("entity.other.attribute-name", CodeClass.Attribute),
        ("entity.name.function", CodeClass.Function), ("support.function", CodeClass.Function), ("entity.name.section", CodeClass.Heading), ("entity.name", CodeClass.Type),
        ("entity.other.inherited-class", CodeClass.Type), ("support.type.property-name", CodeClass.Property), ("support.constant", CodeClass.Constant), ("support.type", CodeClass.Type),
        ("support.class", CodeClass.Type), ("variable.other.property", CodeClass.Property), ("variable.other.object.property", CodeClass.Property), ("markup.heading", CodeClass.Heading),
        ("markup.inserted", CodeClass.Inserted), ("markup.deleted", CodeClass.Deleted), ("meta.embedded", CodeClass.Plain), ("meta.template.expression", CodeClass.Plain), ("meta.interpolation", CodeClass.Plain),
    ];

    /// <summary>Null for a language without a grammar.</summary>
    public static string? ScopeOf(string language) => Scopes.GetValueOrDefault(language);

    public static CodeTokenList Read(string text, string scope)
    {
        var tokens = new CodeTokenList();
        try
        {
            lock (Gate)
            {
                if (Grammars.Value?.LoadGrammar(scope) is { } grammar)
                {
                    Read(text, grammar, tokens);
                }
            }
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException or TypeInitializationException or BadImageFormatException)
        {
            // A single binary without the native library beside it.
        }

        return tokens;
    }

    private static void Read(string text, IGrammar grammar, CodeTokenList tokens)
    {
        var started = Stopwatch.GetTimestamp();
        IStateStack? state = null;
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end;
            if (end - start <= MaximumLine)
            {
                if (Stopwatch.GetElapsedTime(started) > TextBudget)
                {
                    return;
                }

                var result = grammar.TokenizeLine(text.AsMemory(start, end - start), state, LineBudget);
                state = result.RuleStack;
                foreach (var token in result.Tokens)
                {
                    tokens.Add(start + Math.Min(token.StartIndex, end - start), start + Math.Min(token.EndIndex, end - start), ClassOf(token.Scopes));
                }
            }

            start = end + 1;
        }
    }

    /// <summary>The innermost scope that says something.</summary>
    private static CodeClass ClassOf(List<string> scopes)
    {
        for (var i = scopes.Count - 1; i >= 0; i--)
        {
            foreach (var (prefix, kind) in Classes)
            {
                if (scopes[i].StartsWith(prefix, StringComparison.Ordinal))
                {
                    return kind;
                }
            }
        }

        return CodeClass.Plain;
    }

    private static Registry? Load() => new(new RegistryOptions(ThemeName.Light));
}
