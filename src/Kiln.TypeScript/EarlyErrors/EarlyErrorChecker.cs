using Kiln.TypeScript.Diagnostics;
using Kiln.TypeScript.Text;
using Kiln.TypeScript.Tree;

namespace Kiln.TypeScript;

/// <summary>One walk over the values of one file in source order; types have no early errors. One instance checks one file once.</summary>
internal sealed partial class EarlyErrorChecker
{
    private const int MaxDiagnostics = 20;

    /// <summary>
    /// Trees of the parser stay far below: it nests at most 512 rules, and chains that it reads in loops are walked in loops here as well.
    /// </summary>
    private const int MaxDepth = 4096;

    private readonly SourceFile file;
    private readonly StackGuard guard;
    private readonly string text;
    private readonly bool isTypeScript;
    private readonly bool isModule;
    private readonly List<Diagnostic> diagnostics = [];
    private readonly BindingTable bindings = new();
    private readonly LabelStack labels = new();
    private readonly PrivateNameTable privateNames = new();
    private CheckContext context;
    private int depth;

    /// <summary>The parameters that are declared now may have one name twice: a plain function in sloppy code.</summary>
    private bool parametersMayRepeat;

    public EarlyErrorChecker(SourceFile file, StackGuard guard)
    {
        this.file = file;
        this.guard = guard;
        text = file.Text;
        isTypeScript = file.Language is Language.TypeScript or Language.Tsx;
        isModule = file.Goal switch
        {
            SourceGoal.Module => true,
            SourceGoal.Detect => file.IsModule,
            _ => false,
        };
    }

    private bool IsStrict => (context & CheckContext.Strict) != 0;

    private bool IsFull => diagnostics.Count >= MaxDiagnostics;

    public Diagnostic[] CheckFile()
    {
        context = CheckContext.TopLevel;
        if (isModule)
        {
            context |= CheckContext.Strict | CheckContext.Await;
        }
        else if (file.Goal == SourceGoal.CommonJs)
        {
            context |= CheckContext.Return | CheckContext.NewTarget;
        }

        bindings.Enter(0, isFunction: true);
        CheckDirectives(file.Statements);
        VisitStatements(file.Statements);
        CheckExports();
        bindings.Leave();
        return [.. diagnostics.OrderBy(d => d.Span.Start).DistinctBy(d => d.Span.Start).Take(MaxDiagnostics)];
    }

    private void Report(int code, int start, int end, string? argument = null, string? second = null)
    {
        if (!IsFull)
        {
            diagnostics.Add(new Diagnostic(code, new TextSpan(start, end), argument, second));
        }
    }

    private void Report(int code, Node at, string? argument = null, string? second = null) => Report(code, at.Start, at.End, argument, second);

    /// <summary>Every method that can contain itself enters here first; on false it must return at once. A true result is paired with <c>depth--</c>.</summary>
    private bool Enter(Node at)
    {
        if (!IsFull && depth < MaxDepth && ((depth & 3) != 0 || guard.HasRoom()))
        {
            depth++;
            return true;
        }

        if (!IsFull && diagnostics.Count == 0)
        {
            Report(DiagnosticCodes.NestedTooDeeply, at.Start, at.Start, MaxDepth.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        return false;
    }

    private ReadOnlySpan<char> Slice(Node node) => text.AsSpan(node.Start, node.End - node.Start);

    /// <summary>The name of an identifier or private identifier, escapes decoded; the slice itself in the common case.</summary>
    private ReadOnlySpan<char> NameOf(Node name) => name.Has(NodeFlags.HasEscape) ? StringValue.DecodeIdentifier(Slice(name)) : Slice(name);

    private int NumberOf(Node name) => bindings.NumberOf(NameOf(name));

    /// <summary>The name behind a literal, not computed property name; empty when there is none to compare.</summary>
    private ReadOnlySpan<char> PropertyNameOf(Node name) => name switch
    {
        Identifier => NameOf(name),
        StringLiteral literal => literal.Has(NodeFlags.HasEscape) ? file.GetStringValue(literal) : literal.Length >= 2 ? Slice(literal)[1..^1] : default,
        _ => default,
    };

    // Directives.

    /// <summary>Whether the directive prologue (ECMA-262 §11.2.1) of a body contains <c>"use strict"</c>.</summary>
    private bool HasUseStrict(Statement[] statements, out ExpressionStatement? directive)
    {
        foreach (var statement in statements)
        {
            if (DirectiveOf(statement) is not { } literal)
            {
                break;
            }

            // Spelled out: an escape would make it an ordinary string.
            if (Slice(literal)[1..^1] is "use strict")
            {
                directive = (ExpressionStatement)statement;
                return true;
            }
        }

        directive = null;
        return false;
    }

    private static StringLiteral? DirectiveOf(Statement statement) =>
        statement is ExpressionStatement { Expression: StringLiteral { Length: >= 2 } literal } && literal.Start == statement.Start ? literal : null;

    /// <summary>A prologue makes its own code strict, directives before it included.</summary>
    private void CheckDirectives(Statement[] statements)
    {
        if (HasUseStrict(statements, out _))
        {
            context |= CheckContext.Strict;
        }
    }
}
