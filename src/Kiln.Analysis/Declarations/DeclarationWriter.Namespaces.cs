using Kiln.Analysis.FastCheck;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Declarations;

/// <summary>Namespaces, and the properties that are assigned to functions, which become namespaces.</summary>
internal sealed partial class DeclarationWriter
{
    private void WriteModule(ModuleDeclaration n, StatementList list)
    {
        if (n.IsGlobal || n.Name is not Identifier)
        {
            // An augmentation speaks to every module, so nothing of it is private.
            list.HasModuleSyntax |= n.Modifiers.Has(ModifierFlags.Export);
            CopyAmbient(n, list);
            return;
        }

        WriteModifiers(n, list, declares: true);
        if (n.Modifiers.Has(ModifierFlags.Declare) || n.Has(NodeFlags.Ambient))
        {
            Write("namespace ");
            CopyRange(n.Name.Start, n.End);
            return;
        }

        // `module A {}` is an old spelling that newer compilers refuse.
        Write("namespace ");
        Copy(n.Name);
        var body = n.Body;
        while (body is ModuleDeclaration inner)
        {
            Write(".");
            Copy(inner.Name);
            body = inner.Body;
        }

        if (body is not ModuleBlock block || !guard.HasRoom())
        {
            Write(" {}");
            return;
        }

        Write(" {");
        var written = writer.Length;
        depth++;
        WriteStatements(block.Statements, new StatementList(block.Statements, isTopLevel: false) { DropsExport = AllExported(block.Statements) }, block.Start + 1, block.End - 1);
        depth--;
        if (writer.Length > written)
        {
            EndLine();
            Indent();
        }

        Write("}");
    }

    private void CopyAmbient(ModuleDeclaration n, StatementList list)
    {
        if (n.Modifiers.Has(ModifierFlags.Declare) || list.IsAmbient)
        {
            Copy(n);
        }
        else
        {
            Write("declare ");
            CopyRange(Head(n), n.End);
        }
    }

    private bool AllExported(Statement[] statements)
    {
        foreach (var statement in statements)
        {
            if (statement is ExportDeclaration or ExportAssignment)
            {
                return false;
            }

            if (IsWritten(statement, isTopLevel: false) && statement is DeclarationStatement n && !n.Modifiers.Has(ModifierFlags.Export) && n is not ImportEqualsDeclaration)
            {
                return false;
            }
        }

        return true;
    }

    // Expandos.

    private readonly record struct Expando(Expression Name, Expression Value);

    private Dictionary<string, List<Expando>>? expandos;

    private void CollectExpandos(Statement[] statements)
    {
        if (!isTyped)
        {
            return;
        }

        foreach (var statement in statements)
        {
            if (statement is ExpressionStatement { Expression: BinaryExpression { Operator: TokenKind.Equals } n } && ExpandoTarget(n.Left, out var function, out var property)
                && publicDeclarations.Contains(statement))
            {
                expandos ??= new Dictionary<string, List<Expando>>(StringComparer.Ordinal);
                var name = file.GetName(function!);
                if (!expandos.TryGetValue(name, out var list))
                {
                    expandos[name] = list = [];
                }

                list.Add(new Expando(property!, n.Right));
            }
        }
    }

    private static bool ExpandoTarget(Expression left, out Identifier? function, out Expression? property)
    {
        (function, property) = left switch
        {
            PropertyAccessExpression { Expression: Identifier f, Name: Identifier p } => (f, (Expression?)p),
            ElementAccessExpression { Expression: Identifier f, Argument: StringLiteral p } => (f, p),
            _ => ((Identifier?)null, null),
        };
        return function is not null;
    }

    private bool HasExpandos(FunctionDeclaration n) => expandos is not null && n.Name is not null && expandos.ContainsKey(file.GetName(n.Name));

    /// <summary>Behind the function, as a namespace that merges with it (publishing.md §4.3).</summary>
    private void WriteExpandos(FunctionDeclaration n, StatementList list)
    {
        if (expandos is null || n.Name is null || !expandos.Remove(file.GetName(n.Name), out var found))
        {
            return;
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var one in found)
        {
            names.Add(ExpandoName(one.Name));
        }

        var written = NamesIn(list.Statements, n.Name);
        var any = false;
        var exports = names.Any(name => PatternWriter.IsReserved(name));
        foreach (var one in found)
        {
            var name = ExpandoName(one.Name);
            if (!Emit.JavaScriptText.IsIdentifierName(name) || !written.Add(name))
            {
                continue;
            }

            var isAccepted = rules.Accepts(one.Value, null);
            if (isAccepted && rules.FindNameIn(one.Value, names) is { } conflict)
            {
                var reference = file.GetName(conflict);
                Report(FastCheckMessages.UnsupportedExpandoProperty(conflict.Start, conflict.End, reference, file.GetName(n.Name) + "." + reference));
            }

            if (!any)
            {
                any = true;
                EndLine();
                Indent();
                var isExported = n.Modifiers.Has(ModifierFlags.Export);
                Write(isExported && !list.DropsExport && !n.Modifiers.Has(ModifierFlags.Default) ? "export " : "");
                Write(list.IsAmbient ? "namespace " : "declare namespace ");
                Copy(n.Name);
                Write(" {");
                depth++;
            }

            EndLine();
            Indent();
            var reserved = PatternWriter.IsReserved(name);
            Write(exports && !reserved ? "export var " : "var ");
            if (one.Name is Identifier && !reserved)
            {
                Copy(one.Name);
            }
            else
            {
                Write(reserved ? "_" + name : name);
            }

            Write(": ");
            WriteType(names.Count > 0 && rules.FindNameIn(one.Value, names) is not null ? InferredType.Any : inference.Widen(inference.TypeOf(one.Value)));
            Write(";");
            if (reserved)
            {
                // A namespace may export a reserved word, but nothing may be called so.
                EndLine();
                Indent();
                Write($"export {{ _{name} as {name} }};");
            }
        }

        if (any)
        {
            depth--;
            EndLine();
            Indent();
            Write("}");
        }

        if (n.Modifiers.Has(ModifierFlags.Default))
        {
            list.HasModuleSyntax = true;
            list.HasMarker = true;
            EndLine();
            Indent();
            Write("export default ");
            Copy(n.Name);
            Write(";");
        }
    }

    /// <summary>What namespaces of the same name declare already.</summary>
    private HashSet<string> NamesIn(Statement[] statements, Identifier name)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var statement in statements)
        {
            if (statement is ModuleDeclaration { Name: Identifier id, Body: ModuleBlock block } && Slice(id).SequenceEqual(Slice(name)))
            {
                foreach (var inner in block.Statements)
                {
                    switch (inner)
                    {
                        case VariableStatement n:
                            foreach (var declaration in n.DeclarationList.Declarations)
                            {
                                Binding.PatternNames.Collect(file, declaration.Name, names);
                            }

                            break;
                        case FunctionDeclaration { Name: { } own }: names.Add(file.GetName(own)); break;
                        case ClassDeclaration { Name: { } own }: names.Add(file.GetName(own)); break;
                    }
                }
            }
        }

        return names;
    }

    private string ExpandoName(Expression name) => name is StringLiteral literal ? file.GetStringValue(literal) : file.GetName((Identifier)name);
}
