using Kiln.Analysis.FastCheck;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Declarations;

/// <summary>Statement lists: what of them is written (publishing.md §4.3), and the marker that keeps what is not exported to the module.</summary>
internal sealed partial class DeclarationWriter
{
    private void WriteStatements(Statement[] statements, StatementList list, int start, int end)
    {
        inference.Enter(statements);
        CollectExpandos(statements);
        var previous = start;
        for (var i = 0; i < statements.Length; i++)
        {
            var statement = statements[i];
            WriteStatement(statement, list, previous, isFirst: i == 0);
            previous = statement.End;
        }

        inference.Leave();
        if (list.IsTopLevel ? !list.HasModuleSyntax || (list.HasHidden && !list.HasMarker) : list.HasHidden && !list.HasMarker)
        {
            EndLine();
            Indent();
            Write("export {};");
        }
    }

    private void WriteStatement(Statement statement, StatementList list, int from, bool isFirst)
    {
        ReportAlways(statement);
        if (!IsWritten(statement, list.IsTopLevel))
        {
            return;
        }

        if (statement is FunctionDeclaration f && IsImplementation(f, list))
        {
            // Nobody sees its signature, so nothing is asked of it.
            WriteExpandos(f, list);
            return;
        }

        list.Overload = null;
        if (statement is not VariableStatement)
        {
            Begin(from, statement.Start, isFirst);
        }

        switch (statement)
        {
            case ImportDeclaration n: WriteImport(n, list); break;
            case ImportEqualsDeclaration n: WriteImportEquals(n, list); break;
            case ExportDeclaration n: WriteExport(n, list); break;
            case ExportAssignment n: WriteExportAssignment(n, list); break;
            case NamespaceExportDeclaration n: Copy(n); break;
            case FunctionDeclaration n: WriteFunctionDeclaration(n, list); break;
            case ClassDeclaration n: WriteClassDeclaration(n, list); break;
            case InterfaceDeclaration n:
                WriteModifiers(n, list, declares: false);
                CopyRange(Head(n), n.End);
                break;
            case TypeAliasDeclaration n:
                WriteModifiers(n, list, declares: false);
                CopyRange(Head(n), n.Type.End);
                Write(";");
                break;
            case EnumDeclaration n: WriteEnum(n, list); break;
            case ModuleDeclaration n: WriteModule(n, list); break;
            case VariableStatement n: WriteVariables(n, list, from, isFirst); break;
        }
    }

    private bool IsWritten(Statement statement, bool isTopLevel) => statement switch
    {
        ImportDeclaration n => n.Clause is { } clause && HasPublicBinding(clause),
        ExportDeclaration n => n.Clause is NamedExports named ? Array.Exists(named.Elements, publicDeclarations.Contains) : publicDeclarations.Contains(n),
        ModuleDeclaration n => n.Name is not Identifier || n.IsGlobal || publicDeclarations.Contains(n),
        NamespaceExportDeclaration => isTopLevel,
        ExportAssignment { IsExportEquals: true } => true,
        VariableStatement n => Array.Exists(n.DeclarationList.Declarations, IsPublicVariable),
        DeclarationStatement or ExportAssignment => publicDeclarations.Contains(statement),
        _ => false,
    };

    private bool IsPublicVariable(VariableDeclaration declaration) => publicDeclarations.Contains(declaration);

    /// <summary>What no fast check accepts, whether something mentions it or not.</summary>
    private void ReportAlways(Statement statement)
    {
        switch (statement)
        {
            case ModuleDeclaration { IsGlobal: true }:
                Report(FastCheckMessages.UnsupportedGlobalModule(statement.Start, statement.End));
                break;
            case ModuleDeclaration n when n.Name is not Identifier || n.Body is null:
                Report(FastCheckMessages.UnsupportedAmbientModule(n.Name.Start, n.Name.End));
                break;
            case ImportEqualsDeclaration { Reference: ExternalModuleReference }:
                Report(FastCheckMessages.UnsupportedRequire(statement.Start, statement.End));
                break;
            case ExportAssignment { IsExportEquals: true }:
                Report(FastCheckMessages.UnsupportedTsExportAssignment(statement.Start, statement.End));
                break;
            case NamespaceExportDeclaration:
                Report(FastCheckMessages.UnsupportedTsNamespaceExport(statement.Start, statement.End));
                break;
        }
    }

    private void ReportAmbient(Statement[] statements)
    {
        foreach (var statement in statements)
        {
            ReportAlways(statement);
        }
    }

    // Modifiers.

    /// <summary>Where the declaration's own keyword stands.</summary>
    private static int Head(DeclarationStatement n) => n.Modifiers.Flags == ModifierFlags.None && n.Modifiers.Decorators.Length == 0 ? n.Start : n.Modifiers.End;

    /// <param name="n">The declaration.</param>
    /// <param name="list">What it stands in.</param>
    /// <param name="declares">It would be code without <c>declare</c>.</param>
    private void WriteModifiers(DeclarationStatement n, StatementList list, bool declares)
    {
        var isExported = n.Modifiers.Has(ModifierFlags.Export);
        list.HasModuleSyntax |= isExported;
        list.HasHidden |= !isExported;
        if (isExported && !list.DropsExport)
        {
            Write(n.Modifiers.Has(ModifierFlags.Default) ? "export default " : "export ");
        }

        if (declares && !list.IsAmbient && !n.Modifiers.Has(ModifierFlags.Default))
        {
            Write("declare ");
        }
    }
}
