using Kiln.TypeScript.Diagnostics;
using Kiln.TypeScript.Tree;

namespace Kiln.TypeScript;

/// <content>Imports and exports (ECMA-262 §16.2).</content>
internal sealed partial class EarlyErrorChecker
{
    /// <summary>Names that the module exports, with what exports them.</summary>
    private readonly Dictionary<string, Node> exports = new(StringComparer.Ordinal);

    /// <summary>Local names that <c>export { … }</c> speaks of; declared anywhere in the module, before or after.</summary>
    private readonly List<ExportSpecifier> localExports = [];

    private bool IsTopLevelOfModule => isModule && (context & CheckContext.TopLevel) != 0 && bindings.Current == 0;

    private void CheckModulePlace(Statement statement, int keywordLength, int notTopCode)
    {
        if (bindings.Current != 0 || (context & CheckContext.TopLevel) == 0)
        {
            Report(notTopCode, statement.Start, statement.Start + keywordLength);
        }
        else if (!isModule)
        {
            Report(DiagnosticCodes.ModuleSyntaxInScript, statement.Start, statement.Start + keywordLength);
        }
    }

    private void VisitImport(ImportDeclaration declaration)
    {
        CheckModulePlace(declaration, "import".Length, DiagnosticCodes.ImportPlace);
        CheckAttributes(declaration.Attributes);
        if (declaration.Has(NodeFlags.TypeOnly) || declaration.Clause is not { } clause)
        {
            return;
        }

        CheckPhase(declaration.Phase, clause);
        if (clause.Name is { } defaultName)
        {
            DeclareLexical(defaultName, BindingKind.Import);
        }

        switch (clause.NamedBindings)
        {
            case NamespaceImport all:
                DeclareLexical(all.Name, BindingKind.Import);
                break;
            case NamedImports named:
                foreach (var specifier in named.Elements)
                {
                    if (!specifier.Has(NodeFlags.TypeOnly))
                    {
                        CheckModuleExportName(specifier.PropertyName);
                        DeclareLexical(specifier.Name, BindingKind.Import);
                    }
                }

                break;
        }
    }

    /// <summary><c>import defer</c> takes a namespace and nothing else, <c>import source</c> a default name and nothing else.</summary>
    private void CheckPhase(ImportPhase phase, ImportClause clause)
    {
        if (phase == ImportPhase.Defer)
        {
            if (clause.Name is { } name)
            {
                Report(DiagnosticCodes.DeferredDefaultImport, name);
            }
            else if (clause.NamedBindings is NamedImports named)
            {
                Report(DiagnosticCodes.DeferredNamedImport, named);
            }
        }
        else if (phase == ImportPhase.Source && clause.NamedBindings is { } bindings)
        {
            Report(DiagnosticCodes.SourceImportBindings, bindings);
        }
    }

    private void VisitImportEquals(ImportEqualsDeclaration declaration)
    {
        // An alias of a namespace's member may be only a type.
        if (!declaration.Has(NodeFlags.TypeOnly) && declaration.Reference is ExternalModuleReference)
        {
            DeclareLexical(declaration.Name, BindingKind.Import);
        }
    }

    private void VisitExport(ExportDeclaration declaration)
    {
        CheckModulePlace(declaration, "export".Length, DiagnosticCodes.ExportPlace);
        CheckAttributes(declaration.Attributes);
        if (declaration.Has(NodeFlags.TypeOnly) || !IsTopLevelOfModule)
        {
            return;
        }

        switch (declaration.Clause)
        {
            case NamespaceExport all:
                CheckModuleExportName(all.Name);
                AddExport(all.Name, all);
                break;
            case NamedExports named:
                foreach (var specifier in named.Elements)
                {
                    if (specifier.Has(NodeFlags.TypeOnly))
                    {
                        continue;
                    }

                    CheckModuleExportName(specifier.PropertyName);
                    CheckModuleExportName(specifier.Name);
                    AddExport(specifier.Name, specifier);
                    if (declaration.ModuleSpecifier is null)
                    {
                        var local = specifier.PropertyName ?? specifier.Name;
                        if (local is StringLiteral)
                        {
                            Report(DiagnosticCodes.LocalExportString, local);
                        }
                        else
                        {
                            CheckExportedReference(local);
                            localExports.Add(specifier);
                        }
                    }
                }

                break;
        }
    }

    /// <summary>A local name must be one that could be referred to.</summary>
    private void CheckExportedReference(Expression local)
    {
        if (TokenFacts.IsReservedWord(Lexing.Keywords.Find(NameOf(local))))
        {
            Report(DiagnosticCodes.ReservedWord, local, NameOf(local).ToString());
        }
        else
        {
            CheckName(local, NameUse.Reference);
        }
    }

    private void VisitExportAssignment(ExportAssignment assignment)
    {
        if (!assignment.IsExportEquals)
        {
            CheckModulePlace(assignment, "export".Length, DiagnosticCodes.ExportPlace);
            if (IsTopLevelOfModule)
            {
                AddExport("default", assignment, assignment.Start, assignment.Start + "export default".Length);
            }
        }

        VisitExpression(assignment.Expression);
    }

    /// <summary>The names that <c>export const …</c>, <c>export function …</c> and the like export.</summary>
    private void NoteExports(DeclarationStatement statement)
    {
        if (!statement.Modifiers.Has(ModifierFlags.Export))
        {
            return;
        }

        if (!IsTopLevelOfModule)
        {
            // Members of namespaces are exported too, in their own way.
            if (!isTypeScript || !bindings.IsFunctionScope || bindings.Current == 0)
            {
                CheckModulePlace(statement, "export".Length, DiagnosticCodes.ModifierNotAllowedHere);
            }

            return;
        }

        if (statement.Modifiers.Has(ModifierFlags.Default))
        {
            if (statement is not FunctionDeclaration { Body: null })
            {
                AddExport("default", statement, statement.Modifiers.Start, statement.Modifiers.End);
            }

            return;
        }

        switch (statement)
        {
            case VariableStatement variables:
                foreach (var declaration in variables.DeclarationList.Declarations)
                {
                    AddBindingExports(declaration.Name, statement);
                }

                break;
            case FunctionDeclaration { Body: not null, Name: { } name }:
                AddExport(name, statement);
                break;
            case ClassDeclaration { Name: { } name }:
                AddExport(name, statement);
                break;
            case EnumDeclaration declaration:
                AddExport(declaration.Name, statement);
                break;
            case ModuleDeclaration { Name: Identifier name }:
                AddExport(name, statement);
                break;
        }
    }

    private void AddBindingExports(Node target, Node exporter)
    {
        var pending = new Stack<Node>();
        pending.Push(target);
        while (pending.TryPop(out var current))
        {
            switch (current)
            {
                case Identifier name:
                    AddExport(name, exporter);
                    break;
                case BindingElement element:
                    pending.Push(element.Name);
                    break;
                case ArrayBindingPattern array:
                    foreach (var element in array.Elements)
                    {
                        pending.Push(element);
                    }

                    break;
                case ObjectBindingPattern pattern:
                    foreach (var element in pattern.Elements)
                    {
                        pending.Push(element);
                    }

                    break;
            }
        }
    }

    private void AddExport(Expression name, Node exporter) => AddExport(ExportedName(name), exporter, name.Start, name.End);

    private void AddExport(string name, Node exporter, int start, int end)
    {
        if (exports.TryAdd(name, exporter))
        {
            return;
        }

        // Two declarations of one name collide in their scope or TypeScript merges them; only `var` may be repeated there, but not be exported twice.
        if (exporter is DeclarationStatement and not VariableStatement && exports[name] is DeclarationStatement && name != "default")
        {
            return;
        }

        Report(name == "default" ? DiagnosticCodes.MultipleDefaultExports : DiagnosticCodes.DuplicateIdentifier, start, end, name);
    }

    private string ExportedName(Expression name) => name is StringLiteral literal ? file.GetStringValue(literal) : NameOf(name).ToString();

    private void CheckModuleExportName(Expression? name)
    {
        if (name is StringLiteral literal && !IsWellFormed(file.GetStringValue(literal)))
        {
            Report(DiagnosticCodes.IllFormedExportName, literal);
        }
    }

    /// <summary>Without halves of surrogate pairs (ECMA-262 §16.2.1).</summary>
    private static bool IsWellFormed(ReadOnlySpan<char> value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (char.IsSurrogate(value[i]))
            {
                if (!char.IsHighSurrogate(value[i]) || i + 1 == value.Length || !char.IsLowSurrogate(value[i + 1]))
                {
                    return false;
                }

                i++;
            }
        }

        return true;
    }

    private void CheckAttributes(ImportAttributes? attributes)
    {
        if (attributes is not { Elements.Length: > 0 } list)
        {
            return;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var attribute in list.Elements)
        {
            if (!seen.Add(ExportedName(attribute.Name)))
            {
                Report(DiagnosticCodes.DuplicateAttribute, attribute.Name);
            }

            if (attribute.Value is not StringLiteral)
            {
                Report(DiagnosticCodes.AttributeValue, attribute.Value);
            }
        }
    }

    /// <summary>What is exported must be declared in the module (ECMA-262 §16.2.1.1); in TypeScript a type or an ambient declaration will do.</summary>
    private void CheckExports()
    {
        if (localExports.Count == 0)
        {
            return;
        }

        var types = isTypeScript ? NamesOfTypes() : null;
        foreach (var specifier in localExports)
        {
            var local = specifier.PropertyName ?? specifier.Name;
            if (!bindings.IsDeclared(NameOf(local)) && types?.Contains(NameOf(local).ToString()) != true)
            {
                Report(DiagnosticCodes.ExportUndeclared, local, NameOf(local).ToString());
            }
        }
    }

    /// <summary>What TypeScript declares at the top level without an engine's knowledge.</summary>
    private HashSet<string> NamesOfTypes()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var statement in file.Statements)
        {
            switch (statement)
            {
                case InterfaceDeclaration n: Add(n.Name); break;
                case TypeAliasDeclaration n: Add(n.Name); break;
                case ModuleDeclaration { Name: Identifier name }: Add(name); break;
                case ImportEqualsDeclaration n: Add(n.Name); break;
                case FunctionDeclaration { Name: { } name }: Add(name); break;
                case ClassDeclaration { Name: { } name }: Add(name); break;
                case EnumDeclaration n: Add(n.Name); break;
                case ImportDeclaration { Clause: { } clause }:
                    Add(clause.Name);
                    if (clause.NamedBindings is NamespaceImport all)
                    {
                        Add(all.Name);
                    }
                    else if (clause.NamedBindings is NamedImports named)
                    {
                        foreach (var element in named.Elements)
                        {
                            Add(element.Name);
                        }
                    }

                    break;
                case VariableStatement n when n.Has(NodeFlags.Ambient):
                    foreach (var declaration in n.DeclarationList.Declarations)
                    {
                        Add(declaration.Name as Identifier);
                    }

                    break;
            }
        }

        return names;

        void Add(Identifier? name)
        {
            if (name is not null)
            {
                names.Add(NameOf(name).ToString());
            }
        }
    }
}
