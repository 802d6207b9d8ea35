using System.Runtime.InteropServices;

namespace Kiln.TypeScript;

/// <summary>
/// The names declared in the scopes that are open: one dictionary from name to number, and for each number the chain of its declarations,
/// innermost first. Leaving a scope unwinds what it added, so that cost is linear in the declarations, however deep the nesting.
/// </summary>
internal sealed class BindingTable
{
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup;
    private readonly List<NameHeads> heads = [];
    private readonly List<Lexical> lexicals = [];
    private readonly List<Variable> variables = [];
    private readonly List<Scope> scopes = [];

    public BindingTable() => lookup = numbers.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The innermost scope; -1 when there is none.</summary>
    public int Current => scopes.Count - 1;

    /// <summary>The innermost scope is a function's, a script's or a module's own.</summary>
    public bool IsFunctionScope => scopes[^1].Function == Current;

    private record struct NameHeads(int Lexical, int Variable);

    private readonly record struct Lexical(int Name, int Scope, BindingKind Kind, int Previous);

    /// <param name="Last">Where the latest declaration of this name in the function stands.</param>
    private record struct Variable(int Name, int Function, int Last, int Previous);

    /// <param name="Function">Index of the scope that holds the <c>var</c>s declared here.</param>
    /// <param name="Start">A <c>var</c> declared at or behind this offset is declared inside.</param>
    private readonly record struct Scope(int Function, int Start, int LexicalMark, int VariableMark);

    /// <summary>The number of a name, the same for the same characters.</summary>
    public int NumberOf(ReadOnlySpan<char> name)
    {
        if (lookup.TryGetValue(name, out var number))
        {
            return number;
        }

        number = heads.Count;
        numbers.Add(name.ToString(), number);
        heads.Add(new NameHeads(-1, -1));
        return number;
    }

    public void Enter(int start, bool isFunction)
    {
        var index = scopes.Count;
        scopes.Add(new Scope(isFunction ? index : scopes[^1].Function, start, lexicals.Count, variables.Count));
    }

    public void Leave()
    {
        var scope = scopes[^1];
        scopes.RemoveAt(scopes.Count - 1);
        var names = CollectionsMarshal.AsSpan(heads);
        for (var i = lexicals.Count - 1; i >= scope.LexicalMark; i--)
        {
            names[lexicals[i].Name].Lexical = lexicals[i].Previous;
        }

        lexicals.RemoveRange(scope.LexicalMark, lexicals.Count - scope.LexicalMark);
        if (scope.Function != scopes.Count)
        {
            return; // a block: its variables belong to the function
        }

        for (var i = variables.Count - 1; i >= scope.VariableMark; i--)
        {
            names[variables[i].Name].Variable = variables[i].Previous;
        }

        variables.RemoveRange(scope.VariableMark, variables.Count - scope.VariableMark);
    }

    /// <summary>The kind that the current scope itself declares under this name, if any.</summary>
    public BindingKind? FindLexicalHere(int name)
    {
        var head = heads[name].Lexical;
        return head >= 0 && lexicals[head].Scope == Current ? lexicals[head].Kind : null;
    }

    /// <summary>A <c>var</c>, parameter or function of this name was declared in the current scope or in a block inside it.</summary>
    public bool HasVariableInside(int name)
    {
        var scope = scopes[^1];
        var head = heads[name].Variable;
        return head >= 0 && variables[head].Function == scope.Function && variables[head].Last >= scope.Start;
    }

    public bool IsVariableOfFunction(int name)
    {
        var head = heads[name].Variable;
        return head >= 0 && variables[head].Function == scopes[^1].Function;
    }

    public void DeclareLexical(int name, BindingKind kind)
    {
        lexicals.Add(new Lexical(name, Current, kind, heads[name].Lexical));
        CollectionsMarshal.AsSpan(heads)[name].Lexical = lexicals.Count - 1;
    }

    /// <summary>The lexical declaration that a <c>var</c> here would collide with on its way out to the function.</summary>
    public BindingKind? FindOnTheWayOut(int name)
    {
        var function = scopes[^1].Function;
        for (var i = heads[name].Lexical; i >= 0 && lexicals[i].Scope >= function; i = lexicals[i].Previous)
        {
            if (lexicals[i].Kind != BindingKind.CatchParameter)
            {
                return lexicals[i].Kind;
            }
        }

        return null;
    }

    public void DeclareVariable(int name, int position)
    {
        var function = scopes[^1].Function;
        var head = heads[name].Variable;
        if (head >= 0 && variables[head].Function == function)
        {
            var known = CollectionsMarshal.AsSpan(variables);
            known[head].Last = Math.Max(known[head].Last, position);
            return;
        }

        variables.Add(new Variable(name, function, position, head));
        CollectionsMarshal.AsSpan(heads)[name].Variable = variables.Count - 1;
    }

    /// <summary>Anything of this name is declared in a scope that is still open.</summary>
    public bool IsDeclared(ReadOnlySpan<char> name) =>
        lookup.TryGetValue(name, out var number) && (heads[number].Lexical >= 0 || heads[number].Variable >= 0);
}
