using Kiln.Analysis.Binding;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Emit;

/// <summary><c>using</c> and <c>await using</c>: a stack of resources, and <c>try … finally</c> around the rest of the scope.</summary>
internal sealed partial class FileEmitter
{
    private Dictionary<VariableDeclarationList, (string Environment, bool Async)> UsingLists => field ??= [];
    private HashSet<Node> WrappedLoops => field ??= [];
    private string? topLevelEnvironment;
    private bool topLevelAsync;
    private int firstTopLevelUsing;

    private bool HasTopLevelUsing => topLevelEnvironment is not null;

    /// <summary>The list is a <c>using</c> declaration that must become code.</summary>
    private bool IsUsing(VariableDeclarationList list) => Lowers && list.VariableKind is (VariableKind.Using or VariableKind.AwaitUsing);

    private void PlanUsing(Statement[] list, int start, int end)
    {
        if (!file.NeedsTransform)
        {
            return;
        }

        var first = -1;
        var async = false;
        for (var i = 0; i < list.Length; i++)
        {
            if (list[i] is VariableStatement { DeclarationList: var declarations } && IsUsing(declarations))
            {
                first = first < 0 ? i : first;
                async |= declarations.VariableKind == VariableKind.AwaitUsing;
            }
        }

        if (first < 0)
        {
            return;
        }

        var environment = Fresh("_env");
        if (ReferenceEquals(list, file.Statements))
        {
            topLevelEnvironment = environment;
            topLevelAsync = async;
            firstTopLevelUsing = first;
            keepsModuleSyntax |= async;
            for (var i = first; i < list.Length; i++)
            {
                if (list[i] is EnumDeclaration or ModuleDeclaration && bindings.Blocks.TryGetValue((DeclarationStatement)list[i], out var block) && block.DeclaresVariable)
                {
                    block.DeclaresVariable = false;
                    HoistedContainers.Add(block);
                }
            }

            return;
        }

        Statement? directive = null;
        foreach (var statement in list)
        {
            if (statement is not ExpressionStatement { Expression: StringLiteral })
            {
                break;
            }

            directive = statement;
        }

        if (directive is not null)
        {
            After(directive, (text[directive.End - 1] == ';' ? " " : "; ") + Opening(environment));
        }
        else
        {
            Before(start, start, " " + Opening(environment));
        }

        Before(end, end, Closing(environment, async) + " ");
        foreach (var statement in list)
        {
            if (statement is VariableStatement { DeclarationList: var declarations } && IsUsing(declarations))
            {
                PlanUsingDeclarations(declarations, environment);
            }
        }
    }

    private List<ContainerBlock> HoistedContainers => field ??= [];

    private void PlanUsingDeclarations(VariableDeclarationList declarations, string environment)
    {
        Replace(declarations.Start, declarations.Declarations[0].Start, "const ");
        foreach (var declaration in declarations.Declarations)
        {
            if (declaration.Initializer is { } initializer)
            {
                Before(initializer, $"{Helper(HelperKind.Use)}({environment}, ");
                After(initializer, declarations.VariableKind == VariableKind.AwaitUsing ? ", true)" : ", false)");
            }
        }
    }

    private static string Opening(string environment) => $"const {environment} = {{ stack: [], error: void 0, hasError: false }}; try {{";

    private string Closing(string environment, bool async)
    {
        var error = Fresh("_error");
        var dispose = $"{Helper(HelperKind.Dispose)}({environment})";
        if (async)
        {
            var result = Fresh("_result");
            dispose = $"const {result} = {dispose}; if ({result}) await {result}";
        }

        return $"}} catch ({error}) {{ {environment}.error = {error}; {environment}.hasError = true; }} finally {{ {dispose}; }}";
    }

    /// <summary><c>for (using x of y) body</c>: every turn has its own stack.</summary>
    private void PlanUsingForOf(ForInOrOfStatement n)
    {
        if (n.Initializer is not VariableDeclarationList list || !IsUsing(list) || list.Declarations is not [{ Name: Identifier name }])
        {
            return;
        }

        var environment = Fresh("_env");
        var value = Fresh("_value");
        var async = list.VariableKind == VariableKind.AwaitUsing;
        Replace(list.Start, list.End, $"const {value}");
        Before(n.Body, $"{{ {Opening(environment)} const {file.GetName(name)} = {Helper(HelperKind.Use)}({environment}, {value}, {(async ? "true" : "false")}); ");
        After(n.Body, $" {Closing(environment, async)} }}");
    }

    private void PlanUsingFor(ForStatement n)
    {
        if (n.Initializer is VariableDeclarationList list && IsUsing(list) && WrappedLoops.Add(n))
        {
            WrapLoop(n, list);
        }
    }

    /// <summary>A label must stay directly on its loop, so the wrapping goes around the label.</summary>
    private void PlanUsingLabel(LabeledStatement n)
    {
        Statement inner = n;
        while (inner is LabeledStatement label)
        {
            inner = label.Body;
        }

        if (inner is ForStatement { Initializer: VariableDeclarationList list } loop && IsUsing(list) && WrappedLoops.Add(loop))
        {
            WrapLoop(n, list);
        }
    }

    private void WrapLoop(Statement outer, VariableDeclarationList list)
    {
        var environment = Fresh("_env");
        Before(outer, $"{{ {Opening(environment)} ");
        After(outer, $" {Closing(environment, list.VariableKind == VariableKind.AwaitUsing)} }}");
        PlanUsingDeclarations(list, environment);
    }

    // The top level: imports, exports and functions leave the try block, names are declared in front of it.

    private void EmitTopLevelUsing(int header)
    {
        var statements = file.Statements;
        var before = firstTopLevelUsing == 0 ? header : Math.Max(header, statements[firstTopLevelUsing - 1].End);
        EmitRange(header, before);
        writer.Write("\n");
        writer.KeepsLines = false;
        var names = new List<string>();
        var exports = new List<string>();
        string? defaultName = null;
        for (var i = firstTopLevelUsing; i < statements.Length; i++)
        {
            if (IsHoisted(statements[i]) && !deleted.Contains(statements[i]))
            {
                Emit(statements[i]);
                writer.Write("\n");
            }
            else if (!deleted.Contains(statements[i]))
            {
                CollectHoisted(statements[i], names, exports, ref defaultName);
            }
        }

        foreach (var block in HoistedContainers)
        {
            names.Add(block.Symbol.Name);
            if (block.Node.Modifiers.Has(ModifierFlags.Export))
            {
                exports.Add(block.Symbol.Name);
            }
        }

        if (names.Count > 0)
        {
            writer.Write($"var {string.Join(", ", names.Distinct(StringComparer.Ordinal))};\n");
        }

        if (exports.Count > 0)
        {
            writer.Write($"export {{ {string.Join(", ", exports)} }};\n");
            keepsModuleSyntax = true;
        }

        writer.Write(Opening(topLevelEnvironment!) + "\n");
        for (var i = firstTopLevelUsing; i < statements.Length; i++)
        {
            if (!IsHoisted(statements[i]) && !deleted.Contains(statements[i]))
            {
                EmitInsideTry(statements[i], defaultName);
                writer.Write("\n");
            }
        }

        writer.Write(Closing(topLevelEnvironment!, topLevelAsync) + "\n");
    }

    private static bool IsHoisted(Statement statement) =>
        statement is ImportDeclaration or ExportDeclaration or FunctionDeclaration;

    private void CollectHoisted(Statement statement, List<string> names, List<string> exports, ref string? defaultName)
    {
        var exported = statement is DeclarationStatement declaration && declaration.Modifiers.Has(ModifierFlags.Export);
        switch (statement)
        {
            case VariableStatement n:
                var declared = new List<string>();
                foreach (var variable in n.DeclarationList.Declarations)
                {
                    PatternNames.Collect(file, variable.Name, declared);
                }

                names.AddRange(declared);
                if (exported)
                {
                    exports.AddRange(declared);
                }

                break;
            case ClassDeclaration n:
                if (n.Name is not null)
                {
                    names.Add(file.GetName(n.Name));
                }

                if (n.Modifiers.Has(ModifierFlags.Default))
                {
                    defaultName = Fresh("_default");
                    names.Add(defaultName);
                    exports.Add(defaultName + " as default");
                }
                else if (exported)
                {
                    exports.Add(file.GetName(n.Name!));
                }

                break;
            case ExportAssignment:
                defaultName = Fresh("_default");
                names.Add(defaultName);
                exports.Add(defaultName + " as default");
                break;
            case ImportEqualsDeclaration n:
                names.Add(file.GetName(n.Name));
                if (exported)
                {
                    exports.Add(file.GetName(n.Name));
                }

                break;
        }
    }

    private void EmitInsideTry(Statement statement, string? defaultName)
    {
        switch (statement)
        {
            case VariableStatement n:
                var list = n.DeclarationList;
                foreach (var declaration in list.Declarations)
                {
                    if (declaration.Initializer is not null)
                    {
                        var use = IsUsing(list);
                        EmitAssignment(
                            declaration,
                            use ? $"{Helper(HelperKind.Use)}({topLevelEnvironment}, " : null,
                            use ? list.VariableKind == VariableKind.AwaitUsing ? ", true)" : ", false)" : null);
                        writer.Write("; ");
                    }
                }

                break;
            case ClassDeclaration n:
                if (n.Modifiers.Has(ModifierFlags.Default))
                {
                    writer.Write(defaultName + " = ");
                }

                if (n.Name is not null)
                {
                    writer.Write(file.GetName(n.Name) + " = ");
                }
                else
                {
                    ContextualNames[n] = "default";
                    writer.Write("{ default: ");
                }

                if (DecoratedClasses.ContainsKey(n))
                {
                    EmitDecoratedClass(new ClassParts(n));
                }
                else
                {
                    EmitRange(text.IndexOf("class", n.Modifiers.Has(ModifierFlags.Export) ? n.Modifiers.Start + 6 : n.Start, StringComparison.Ordinal), n.End);
                }

                writer.Write(n.Name is null ? " }.default;" : ";");
                break;
            case ExportAssignment n:
                writer.Write(defaultName + " = ");
                Emit(n.Expression);
                writer.Write(";");
                break;
            case ImportEqualsDeclaration n:
                writer.Write(file.GetName(n.Name) + " = ");
                Emit(n.Reference);
                writer.Write(";");
                break;
            default:
                Emit(statement);
                break;
        }
    }
}
