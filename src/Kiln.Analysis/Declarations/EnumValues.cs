using Kiln.Analysis.Binding;
using Kiln.Analysis.Emit;
using Kiln.TypeScript;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Declarations;

/// <summary>The values of enum members as <c>tsc</c> prints them. Scopes are analysed only for enums whose members mention names.</summary>
internal sealed class EnumValues(SourceFile file, StackGuard guard)
{
    private Bindings? bindings;
    private EnumEvaluator? evaluator;
    private EnumDeclaration[] pending = [];
    private int next;
    private readonly Dictionary<EnumDeclaration, string?[]> known = [];

    /// <summary>One text for each member; null for a value that is computed at run time.</summary>
    public string?[] ValuesOf(EnumDeclaration n)
    {
        if (bindings is null && !Array.Exists(n.Members, m => m.Initializer is { } value && !IsLiteral(value)))
        {
            return Evaluate(n, new EnumEvaluator(file, new Bindings(), guard), null);
        }

        if (bindings is null)
        {
            bindings = Binder.Bind(file, null, null);
            evaluator = new EnumEvaluator(file, bindings, guard);
            pending = [.. bindings.Blocks.Keys.OfType<EnumDeclaration>().OrderBy(e => e.Start)];
        }

        // Members of an enum may mention those of every enum before it.
        for (; next < pending.Length && pending[next].Start <= n.Start; next++)
        {
            known[pending[next]] = Evaluate(pending[next], evaluator!, bindings.Blocks[pending[next]].Symbol);
        }

        return known.TryGetValue(n, out var values) ? values : Evaluate(n, evaluator!, null);
    }

    private string?[] Evaluate(EnumDeclaration n, EnumEvaluator with, ContainerSymbol? symbol)
    {
        var values = new string?[n.Members.Length];
        double? following = 0;
        for (var i = 0; i < values.Length; i++)
        {
            var member = n.Members[i];
            var value = member.Initializer is { } initializer ? with.Evaluate(initializer) : following is { } number ? (object)number : null;
            if (value is not null && symbol is not null && Bindings.MemberName(file, member.Name) is { } name)
            {
                symbol.Values[name] = value;
            }

            following = value is double current ? current + 1 : null;
            values[i] = value switch
            {
                string text => JavaScriptText.Quote(text),
                double constant => JavaScriptText.Number(constant),
                _ => null,
            };
        }

        return values;
    }

    private static bool IsLiteral(Expression value) => value switch
    {
        StringLiteral or Literal => true,
        PrefixUnaryExpression n => n.Operand is Literal,
        _ => false,
    };
}
