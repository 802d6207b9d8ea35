using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Declarations;

/// <summary>The <c>return</c> statements of a body, those of functions inside it left out.</summary>
internal readonly record struct ReturnScan(bool IsEmpty, bool HasBare, bool HasValueOutsideElse, IReadOnlyList<Expression> Values)
{
    public bool HasAny => HasBare || Values.Count > 0;

    /// <summary>
    /// The reference does not look into <c>else</c> (publishing.md §4.4), so that what is returned there alone goes unreported; the type has to know of it
    /// all the same.
    /// </summary>
    public static ReturnScan Of(Block body)
    {
        if (body.Statements.Length == 0)
        {
            return new ReturnScan(true, false, false, []);
        }

        var bare = false;
        var outside = false;
        List<Expression>? values = null;
        var open = new NodeStack();
        var elses = new NodeStack();
        open.PushAll(body.Statements);
        var inElse = false;
        while (true)
        {
            if (!open.TryPop(out var node))
            {
                if (!elses.TryPop(out node))
                {
                    break;
                }

                inElse = true;
            }

            switch (node)
            {
                case ReturnStatement { Expression: { } value }:
                    (values ??= []).Add(value);
                    outside |= !inElse;
                    break;
                case ReturnStatement: bare |= !inElse; break;
                case Block n: open.PushAll(n.Statements); break;
                case IfStatement n:
                    elses.PushOptional(n.ElseStatement);
                    open.Push(n.ThenStatement);
                    break;
                case DoStatement n: open.Push(n.Body); break;
                case WhileStatement n: open.Push(n.Body); break;
                case ForStatement n: open.Push(n.Body); break;
                case ForInOrOfStatement n: open.Push(n.Body); break;
                case WithStatement n: open.Push(n.Body); break;
                case LabeledStatement n: open.Push(n.Body); break;
                case SwitchStatement n:
                    foreach (var clause in n.Clauses)
                    {
                        open.PushAll(clause.Statements);
                    }

                    break;
                case TryStatement n:
                    open.Push(n.TryBlock);
                    open.PushOptional(n.CatchClause?.Block);
                    open.PushOptional(n.FinallyBlock);
                    break;
            }
        }

        return new ReturnScan(false, bare, outside, values ?? (IReadOnlyList<Expression>)[]);
    }

    /// <summary>Whether control can run out of a body; null where that takes more than a look at its last statement.</summary>
    public static bool? ReachesEnd(Block body)
    {
        Statement last = body;
        while (true)
        {
            switch (last)
            {
                case Block { Statements: [.., var inner] }: last = inner; continue;
                case ReturnStatement or ThrowStatement: return false;
                case Block or ExpressionStatement or VariableStatement or FunctionDeclaration or ClassDeclaration or IfStatement { ElseStatement: null }: return true;
                case IfStatement { ElseStatement: { } otherwise } n:
                    if (Ends(n.ThenStatement))
                    {
                        last = otherwise;
                        continue;
                    }

                    return n.ThenStatement is Block { Statements: [] or [.., ExpressionStatement] } ? true : null;
                default: return null;
            }
        }
    }

    private static bool Ends(Statement statement) => statement is ReturnStatement or ThrowStatement or Block { Statements: [.., ReturnStatement or ThrowStatement] };
}
