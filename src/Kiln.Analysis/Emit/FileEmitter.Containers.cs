using Kiln.Analysis.Binding;
using Kiln.TypeScript.Tree;
using static Kiln.Analysis.Emit.JavaScriptText;

namespace Kiln.Analysis.Emit;

/// <summary>Enums, namespaces and import aliases.</summary>
internal sealed partial class FileEmitter
{
    /// <summary>The parameter stands in front of every exported name, so a very long one would multiply.</summary>
    private const int MaxParameterName = 100;

    private EnumEvaluator? evaluator;

    private string ParameterOf(ContainerBlock block) =>
        block.Parameter ??= block.Symbol.Name.Length > MaxParameterName ? Fresh("_container")
            : block.IsShadowed ? Fresh(block.Symbol.Name)
            : block.Symbol.Name;

    private static string Member(string container, string name) => IsIdentifierName(name) ? $"{container}.{name}" : $"{container}[{Quote(name)}]";

    /// <summary><c>var E;</c>, once for all blocks of a name.</summary>
    /// <param name="block">Its first block does it.</param>
    /// <param name="inTopLevelChain">A later name of a top-level <c>namespace A.B</c>, which TypeScript declares with <c>var</c> too.</param>
    private void EmitVariable(ContainerBlock block, bool inTopLevelChain = false)
    {
        if (!block.DeclaresVariable)
        {
            return;
        }

        var exported = block.IsTopLevel && block.Node.Modifiers.Has(ModifierFlags.Export);
        writer.Write(exported ? "export var " : block.IsTopLevel || inTopLevelChain ? "var " : "let ");
        writer.Write(block.Symbol.Name);
        writer.Write("; ");
    }

    /// <summary><c>(E || (E = {}))</c>, or through the namespace that exports the name.</summary>
    private void EmitArgument(ContainerBlock block)
    {
        var name = block.Symbol.Name;
        if (block.Parent is { } parent)
        {
            var property = Member(ParameterOf(parent), name);
            writer.Write($"({name} = {property} || ({property} = {{}}));");
        }
        else
        {
            writer.Write($"({name} || ({name} = {{}}));");
        }
    }

    // Enums.

    private void EmitEnum(EnumDeclaration n)
    {
        var block = bindings.Blocks[n];
        var parameter = ParameterOf(block);
        evaluator ??= new EnumEvaluator(file, bindings, guard);
        EmitVariable(block);
        writer.Write("(function (");
        writer.Write(parameter);
        writer.Write(") {");
        double? next = 0;
        foreach (var member in n.Members)
        {
            if (writer.Overflowed)
            {
                return;
            }

            var name = Bindings.MemberName(file, member.Name) ?? Slice(member.Name);
            var key = $"{parameter}[{Quote(name)}]";
            var value = member.Initializer is { } initializer ? evaluator.Evaluate(initializer) : next is { } number ? (object)number : null;
            if (value is not null)
            {
                block.Symbol.Values[name] = value;
            }

            ContinueAt(member.Start);
            switch (value)
            {
                case string text:
                    writer.Write($"{key} = {Quote(text)};");
                    break;
                case double constant:
                    writer.Write($"{parameter}[{key} = {Number(constant)}] = {Quote(name)};");
                    break;
                default:
                    var isText = member.Initializer is not null && EnumEvaluator.IsSyntacticallyString(member.Initializer);
                    writer.Write(isText ? $"{key} = " : $"{parameter}[{key} = ");
                    if (member.Initializer is not null)
                    {
                        Emit(member.Initializer);
                    }
                    else
                    {
                        writer.Write("void 0");
                    }

                    writer.Write(isText ? ";" : $"] = {Quote(name)};");
                    break;
            }

            next = value is double current ? current + 1 : null;
        }

        ContinueAt(n.End - 1);
        writer.Write("})");
        EmitArgument(block);
    }

    /// <summary>On the line of the place in the source, or behind what the line has already.</summary>
    private void ContinueAt(int position)
    {
        writer.Reach(position);
        if (!char.IsWhiteSpace(writer.Last))
        {
            writer.Write(" ");
        }

        writer.Mark(position);
    }

    // Namespaces.

    private void EmitModule(ModuleDeclaration n)
    {
        // One function for each name of `A.B.C`, the inner ones inside the outer.
        var blocks = new List<ContainerBlock>();
        var topLevel = false;
        while (true)
        {
            var block = bindings.Blocks[n];
            EmitVariable(block, inTopLevelChain: topLevel);
            topLevel |= block.IsTopLevel;
            blocks.Add(block);
            writer.Write("(function (");
            writer.Write(ParameterOf(block));
            writer.Write(") ");
            if (n.Body is not ModuleDeclaration inner)
            {
                break;
            }

            writer.Write("{ ");
            n = inner;
        }

        Emit(n.Body!);
        for (var i = blocks.Count - 1; i >= 0; i--)
        {
            writer.Write(")");
            EmitArgument(blocks[i]);
            writer.Write(i > 0 ? " }" : "");
        }
    }

    /// <summary>What <c>export</c> means in a namespace: the local stays, and becomes a property as well.</summary>
    private void PlanNamespaceExport(DeclarationStatement n, ContainerBlock module)
    {
        var name = n switch
        {
            FunctionDeclaration f => f.Name,
            ClassDeclaration c => c.Name,
            _ => null,
        };
        if (name is not null)
        {
            var export = n.Start;
            if (n.Modifiers.Decorators.Length > 0 && n.Modifiers.Decorators[0].Start == n.Start)
            {
                export = SkipTrivia(n.Modifiers.Decorators[^1].End);
            }

            Delete(export, SkipTrivia(export + "export".Length));
            After(n, $" {Member(ParameterOf(module), file.GetName(name))} = {file.GetName(name)};");
        }
        else if (n is VariableStatement variables)
        {
            foreach (var declaration in variables.DeclarationList.Declarations)
            {
                MarkShorthand(declaration.Name);
            }

            Transform(n);
        }
    }

    /// <summary><c>{ a }</c> in an exported pattern becomes <c>{ a: N.a }</c>.</summary>
    private void MarkShorthand(Node pattern)
    {
        var open = new Stack<Node>();
        open.Push(pattern);
        while (open.TryPop(out var node))
        {
            switch (node)
            {
                case BindingElement element:
                    open.Push(element.Name);
                    break;
                case ObjectBindingPattern n:
                    foreach (var element in n.Elements)
                    {
                        if (element is { PropertyName: null, Name: Identifier id } && !element.Has(NodeFlags.Rest))
                        {
                            bindings.Shorthand.Add(id);
                        }

                        open.Push(element);
                    }

                    break;
                case ArrayBindingPattern n:
                    foreach (var element in n.Elements)
                    {
                        open.Push(element);
                    }

                    break;
            }
        }
    }

    /// <summary><c>export const a = 1, { b } = x;</c> in a namespace: assignments to its properties.</summary>
    private void EmitExportedVariables(VariableStatement n)
    {
        var first = true;
        foreach (var declaration in n.DeclarationList.Declarations)
        {
            if (declaration.Initializer is null)
            {
                continue;
            }

            writer.Write(first ? "" : ", ");
            first = false;
            EmitAssignment(declaration, null, null);
        }

        if (!first)
        {
            writer.Write(";");
        }
    }

    /// <summary>A declaration as an assignment expression; the pattern syntax is the same.</summary>
    private void EmitAssignment(VariableDeclaration declaration, string? beforeValue, string? afterValue)
    {
        var isPattern = declaration.Name is not Identifier;
        writer.Write(isPattern ? "(" : "");
        Emit(declaration.Name);
        writer.Write(" = ");
        writer.Write(beforeValue);
        Emit(declaration.Initializer!);
        writer.Write(afterValue);
        writer.Write(isPattern ? ")" : "");
    }

    // Import aliases.

    private bool PlanImportEquals(ImportEqualsDeclaration n, ContainerBlock? module)
    {
        if (n.Has(NodeFlags.TypeOnly))
        {
            return true;
        }

        var exported = n.Modifiers.Has(ModifierFlags.Export);
        if (!(exported || options.VerbatimModuleSyntax || bindings.UsedImports.Contains(n.Name) || bindings.ReexportedImports.Contains(n.Name)))
        {
            return true;
        }

        if (n.Reference is ExternalModuleReference)
        {
            // TypeScript drops it as well.
            diagnostics.Add(EmitDiagnostic.ImportEquals(n));
            return true;
        }

        keepsModuleSyntax |= exported && module is null;

        (aliasModules ??= [])[n] = exported ? module : null;
        Transform(n);
        return false;
    }

    private Dictionary<ImportEqualsDeclaration, ContainerBlock?>? aliasModules;

    private void EmitImportEquals(ImportEqualsDeclaration n)
    {
        var name = file.GetName(n.Name);
        writer.Write(aliasModules![n] is { } module ? Member(ParameterOf(module), name)
            : n.Modifiers.Has(ModifierFlags.Export) ? "export var " + name
            : "var " + name);
        writer.Write(" = ");
        Emit(n.Reference);
        writer.Write(";");
    }
}
