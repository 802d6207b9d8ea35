using Kiln.TypeScript;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Emit;

/// <summary>How a file's JSX becomes calls: from <c>@jsx</c>, <c>@jsxFrag</c>, <c>@jsxRuntime</c> and <c>@jsxImportSource</c> in its leading block comments.</summary>
internal sealed record JsxSettings(bool IsAutomatic, string Factory, string Fragment, string ImportSource)
{
    public static readonly JsxSettings Classic = new(false, "React.createElement", "React.Fragment", "react");

    /// <summary>The variable behind the factory, which classic JSX uses as a value.</summary>
    public string? FactoryRoot => IsAutomatic ? null : Root(Factory);
    public string? FragmentRoot => IsAutomatic ? null : Root(Fragment);

    private static string Root(string name) => name.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot ? name[..dot] : name;

    public static JsxSettings Read(SourceFile file)
    {
        var first = file.Statements.Length > 0 ? file.Statements[0].Start : file.Text.Length;
        string? factory = null, fragment = null, runtime = null, source = null;
        foreach (var comment in file.Comments)
        {
            if (comment.Start >= first)
            {
                break;
            }

            if (comment.Kind is not (CommentKind.Block or CommentKind.JsDoc))
            {
                continue;
            }

            var text = file.Text.AsSpan(comment.Start, comment.End - comment.Start);
            factory = EntityName(Pragma(text, "@jsx")) ?? factory;
            fragment = EntityName(Pragma(text, "@jsxFrag")) ?? fragment;
            runtime = Pragma(text, "@jsxRuntime") ?? runtime;
            source = Pragma(text, "@jsxImportSource") ?? source;
        }

        var automatic = runtime == "automatic" || (source is not null && runtime != "classic");
        return factory is null && fragment is null && !automatic
            ? Classic
            : new JsxSettings(automatic, factory ?? Classic.Factory, fragment ?? Classic.Fragment, source ?? Classic.ImportSource);
    }

    /// <summary>
    /// The value when it is <c>a</c> or <c>a.b.c</c>, which TypeScript asks of it too, else null: it becomes code as it stands.
    /// </summary>
    private static string? EntityName(string? value)
    {
        if (value is null)
        {
            return null;
        }

        var file = Parser.Parse(value, Language.JavaScript, ParseOptions.Module);
        if (file.Statements is not [ExpressionStatement { Expression: var expression }] || expression.Length != value.Length || SyntaxChecker.Check(file).Length > 0)
        {
            return null;
        }

        while (expression is PropertyAccessExpression { Name: Identifier } access && !access.Has(NodeFlags.QuestionDot))
        {
            expression = access.Expression;
        }

        return expression is Identifier ? value : null;
    }

    private static string? Pragma(ReadOnlySpan<char> comment, string name)
    {
        while (true)
        {
            var at = comment.IndexOf(name, StringComparison.Ordinal);
            if (at < 0)
            {
                return null;
            }

            comment = comment[(at + name.Length)..];
            if (comment.Length > 0 && comment[0] is ' ' or '\t')
            {
                var value = comment.TrimStart(" \t");
                var end = value.IndexOfAny(" \t\r\n*");
                var result = end < 0 ? value : value[..end];
                return result.Length > 0 ? result.ToString() : null;
            }
        }
    }
}
