using Kiln.TypeScript.Diagnostics;
using Kiln.TypeScript.Tree;

namespace Kiln.TypeScript;

/// <content>Namespaces, ambient modules, imports and exports.</content>
internal sealed partial class GrammarVisitor
{
    /// <summary><c>declare module "x"</c> or <c>declare global</c>.</summary>
    private static bool IsAmbientModule(ModuleDeclaration declaration) => declaration.IsGlobal || declaration.Name is StringLiteral;

    /// <summary>The statement stands in the braces of an ambient module.</summary>
    private bool IsInAmbientModule => place == StatementPlace.Module && IsAmbientModule(module!);

    /// <summary>
    /// The file is a module. Null when nothing in it tells: whether such a file counts as one is an option of TypeScript's, except that a declaration
    /// file never does.
    /// </summary>
    private readonly bool? isModule = file.Goal switch
    {
        SourceGoal.Module => true,
        SourceGoal.Detect => file.IsModule ? true : file.Language == Language.Declaration ? false : null,
        _ => false,
    };

    /// <summary>An ambient module that adds to a module instead of declaring one; null when that depends on whether the file is a module.</summary>
    /// <param name="inner">Where the declaration stands.</param>
    /// <param name="outer">Where that stands.</param>
    private bool? IsAugmentation(StatementPlace where, ModuleDeclaration? inner, ModuleDeclaration? outer)
    {
        if (where == StatementPlace.File)
        {
            return isModule;
        }

        return where == StatementPlace.Module && inner is not null && IsAmbientModule(inner) && outer is null ? !isModule : false;
    }

    /// <summary>The first declaration of a declaration file that starts with neither <c>declare</c> nor <c>export</c>.</summary>
    private bool CheckTopLevelModifiers()
    {
        foreach (var statement in file.Statements)
        {
            if (statement is FunctionDeclaration or ClassDeclaration or EnumDeclaration or ModuleDeclaration or VariableStatement
                && !((DeclarationStatement)statement).Modifiers.Has(ModifierFlags.Declare | ModifierFlags.Export | ModifierFlags.Default))
            {
                return ReportToken(DiagnosticCodes.TopLevelNeedsDeclare, statement.Start);
            }
        }

        return false;
    }

    // Namespaces.

    private void VisitModule(ModuleDeclaration declaration)
    {
        var isAmbientModule = IsAmbientModule(declaration);
        if (isAmbientModule)
        {
            CheckAmbientModuleName(declaration);
        }

        if (declaration.IsGlobal && !ambient && !declaration.Modifiers.Has(ModifierFlags.Declare))
        {
            Report(DiagnosticCodes.GlobalAugmentationDeclare, declaration.Name);
        }

        if (place is not (StatementPlace.File or StatementPlace.Module))
        {
            ReportToken(isAmbientModule ? DiagnosticCodes.AmbientModuleNotTopLevel : DiagnosticCodes.NamespaceNotTopLevel, declaration.Start);
        }
        else
        {
            if (!CheckModifiers(declaration.Modifiers, new ModifierSite(declaration, declaration.Name, SyntaxKind.ModuleDeclaration))
                && !ambient && !declaration.Modifiers.Has(ModifierFlags.Declare) && declaration.Name is StringLiteral)
            {
                Report(DiagnosticCodes.QuotedNamespaceName, declaration.Name);
            }

            if (isAmbientModule)
            {
                CheckAmbientModule(declaration);
            }
        }

        VisitModuleBody(declaration);
    }

    private void VisitModuleBody(ModuleDeclaration declaration)
    {
        var savedAmbient = ambient;
        var savedModule = module;
        var savedOuter = outerModule;
        var savedThis = thisTypeAllowed;
        thisTypeAllowed = false;
        ambient |= declaration.Modifiers.Has(ModifierFlags.Declare);
        outerModule = module;
        module = declaration;
        while (declaration.Body is ModuleDeclaration inner)
        {
            outerModule = declaration;
            module = declaration = inner;
        }

        if (declaration.Body is ModuleBlock block)
        {
            VisitStatements(block.Statements, StatementPlace.Module, reported: false);
            if (IsAmbientModule(declaration) && IsAugmentation(place, savedModule, savedOuter) == false)
            {
                CheckExportEquals(block.Statements);
            }
        }

        ambient = savedAmbient;
        module = savedModule;
        outerModule = savedOuter;
        thisTypeAllowed = savedThis;
    }

    private void CheckAmbientModuleName(ModuleDeclaration declaration)
    {
        if (declaration.Modifiers.Has(ModifierFlags.Export))
        {
            ReportToken(DiagnosticCodes.ExportedAmbientModule, declaration.Start);
        }

        if (declaration.Name is StringLiteral name && IsAugmentation(place, module, outerModule) == false)
        {
            var pattern = file.GetStringValue(name);
            if (pattern.AsSpan().Count('*') > 1)
            {
                Report(DiagnosticCodes.ModulePatternAsterisks, name, pattern);
            }
        }
    }

    private void CheckAmbientModule(ModuleDeclaration declaration)
    {
        var isAugmentation = IsAugmentation(place, module, outerModule);
        if (isAugmentation == true)
        {
            if (declaration.IsGlobal && declaration.Body is ModuleBlock block)
            {
                foreach (var statement in block.Statements)
                {
                    CheckAugmentation(statement);
                }
            }
        }
        else if (isAugmentation is null)
        {
            return;
        }
        else if (declaration.IsGlobal)
        {
            Report(DiagnosticCodes.GlobalAugmentationPlace, declaration.Name);
        }
        else if (place == StatementPlace.File)
        {
            if (IsRelative((StringLiteral)declaration.Name))
            {
                Report(DiagnosticCodes.RelativeAmbientModule, declaration.Name);
            }
        }
        else
        {
            Report(DiagnosticCodes.NestedAmbientModule, declaration.Name);
        }
    }

    private void CheckAugmentation(Statement statement)
    {
        switch (statement)
        {
            case ExportDeclaration or ExportAssignment:
                ReportToken(DiagnosticCodes.ExportInAugmentation, statement.Start);
                break;
            case ImportDeclaration or ImportEqualsDeclaration { Reference: ExternalModuleReference }:
                ReportToken(DiagnosticCodes.ImportInAugmentation, statement.Start);
                break;
        }
    }

    private bool IsRelative(StringLiteral name)
    {
        var value = file.GetStringValue(name);
        return value is "." or ".." || value.StartsWith("./", StringComparison.Ordinal) || value.StartsWith("../", StringComparison.Ordinal) || value.StartsWith('/');
    }

    // Imports.

    private void VisitImport(ImportDeclaration import)
    {
        if (!IsAtModuleLevel)
        {
            ReportToken(DiagnosticCodes.ImportPlace, import.Start);
            return;
        }

        CheckLostModifiers(import, "import", DiagnosticCodes.ImportModifiers);

        if (CheckModuleSpecifier(import, import.ModuleSpecifier, import.Attributes) && import.Clause is { } clause)
        {
            CheckImportClause(import, clause);
        }

        CheckImportAttributes(import.Attributes, import.Has(NodeFlags.TypeOnly));
    }

    private bool CheckImportClause(ImportDeclaration import, ImportClause clause)
    {
        if (import.Has(NodeFlags.TypeOnly))
        {
            if (clause.Name is not null && clause.NamedBindings is not null)
            {
                return Report(DiagnosticCodes.TypeImportDefaultAndBindings, clause);
            }

            return clause.NamedBindings is NamedImports named && Array.Find(named.Elements, e => e.Has(NodeFlags.TypeOnly)) is { } specifier
                && ReportToken(DiagnosticCodes.TypeSpecifierInTypeImport, specifier.Start);
        }

        if (import.Phase != ImportPhase.Defer)
        {
            return false;
        }

        return clause.Name is not null ? Report(DiagnosticCodes.DeferredDefaultImport, clause)
            : clause.NamedBindings is NamedImports && Report(DiagnosticCodes.DeferredNamedImport, clause);
    }

    private void VisitImportEquals(ImportEqualsDeclaration import)
    {
        if (!IsAtModuleLevel)
        {
            ReportToken(DiagnosticCodes.ImportPlace, import.Start);
            return;
        }

        var modifiers = import.Modifiers != Modifiers.None ? import.Modifiers : FindLostModifiers(import.Start, "import");
        CheckModifiers(modifiers, new ModifierSite(import, import.Name, SyntaxKind.ImportEqualsDeclaration));
        if (import.Reference is ExternalModuleReference { Expression: StringLiteral specifier })
        {
            CheckModuleSpecifier(import, specifier, null);
        }
        else if (import.Reference is not ExternalModuleReference && import.Has(NodeFlags.TypeOnly))
        {
            Report(DiagnosticCodes.ImportAliasTypeOnly, import);
        }
    }

    /// <summary>Such a statement has no modifiers at all.</summary>
    private Modifiers CheckLostModifiers(Statement statement, string keyword, int code)
    {
        if (text[statement.Start] == '@')
        {
            ReportToken(DiagnosticCodes.DecoratorNotHere, statement.Start);
            return Modifiers.None;
        }

        var modifiers = FindLostModifiers(statement.Start, keyword);
        if (modifiers != Modifiers.None && !CheckModifiers(modifiers, new ModifierSite(statement, null, statement.Kind)))
        {
            ReportToken(code, statement.Start);
        }

        return modifiers;
    }

    /// <summary>Import and export statements keep no modifiers in the tree: reads those in front of the statement's own keyword.</summary>
    private Modifiers FindLostModifiers(int start, string keyword)
    {
        var flags = ModifierFlags.None;
        var position = start;
        while (position < text.Length)
        {
            var end = Trivia.EndOfToken(text, position);
            var word = text.AsSpan(position, end - position);
            var next = Trivia.Skip(text, end);
            var flag = ModifierReader.FlagOf(word);
            if (flag == ModifierFlags.None || (word.SequenceEqual(keyword) && !IsModifierOrImport(next)))
            {
                break;
            }

            flags |= flag;
            position = next;
        }

        return flags == ModifierFlags.None ? Modifiers.None : new Modifiers(flags, [], start, position);
    }

    /// <summary>Another modifier or <c>import</c> follows: then <c>export</c> was no statement of its own. <c>export default</c> is one.</summary>
    private bool IsModifierOrImport(int position)
    {
        var word = text.AsSpan(position, Trivia.EndOfToken(text, position) - position);
        return word is "import" || (ModifierReader.FlagOf(word) & ~ModifierFlags.Default) != 0;
    }

    /// <summary>What the name of another module must be here. True when nothing was reported and the clause may be judged.</summary>
    private bool CheckModuleSpecifier(Statement statement, StringLiteral specifier, ImportAttributes? attributes)
    {
        if (place == StatementPlace.Module && !IsAmbientModule(module!))
        {
            Report(statement is ExportDeclaration ? DiagnosticCodes.ExportInNamespace : DiagnosticCodes.ImportInNamespace, specifier);
            return false;
        }

        if (IsInAmbientModule && IsRelative(specifier) && IsAugmentation(outerModule is null ? StatementPlace.File : StatementPlace.Module, outerModule, null) == false)
        {
            Report(DiagnosticCodes.RelativeImportInAmbientModule, statement);
            return false;
        }

        var isValid = true;
        foreach (var attribute in attributes?.Elements ?? [])
        {
            if (attribute.Value is not StringLiteral)
            {
                Report(attributes!.IsAssert ? DiagnosticCodes.ImportAssertionValue : DiagnosticCodes.AttributeValue, attribute.Value);
                isValid = false;
            }
        }

        return isValid;
    }

    private void CheckImportAttributes(ImportAttributes? attributes, bool isTypeOnly)
    {
        if (attributes is null)
        {
            return;
        }

        var hasMode = FindResolutionMode(attributes, report: isTypeOnly);
        if (isTypeOnly)
        {
            if (!hasMode)
            {
                Report(attributes.IsAssert ? DiagnosticCodes.TypeOnlyImportAssertions : DiagnosticCodes.TypeOnlyImportAttributes, attributes);
            }
        }
        else if (hasMode)
        {
            Report(DiagnosticCodes.ResolutionModeNeedsTypeOnly, attributes);
        }
    }

    /// <summary><c>with { "resolution-mode": "import" }</c>, the one attribute that a type import may have.</summary>
    private bool FindResolutionMode(ImportAttributes attributes, bool report)
    {
        if (attributes.Elements is not [var attribute])
        {
            _ = report && Report(attributes.IsAssert ? DiagnosticCodes.ResolutionModeOneAssertion : DiagnosticCodes.ResolutionModeOneAttribute, attributes);
            return false;
        }

        if (attribute.Name is not StringLiteral name)
        {
            return false;
        }

        if (file.GetStringValue(name) != "resolution-mode")
        {
            _ = report && Report(attributes.IsAssert ? DiagnosticCodes.ResolutionModeOnlyAssertion : DiagnosticCodes.ResolutionModeOnlyAttribute, name);
            return false;
        }

        if (attribute.Value is not StringLiteral value)
        {
            return false;
        }

        if (file.GetStringValue(value) is not ("import" or "require"))
        {
            _ = report && Report(DiagnosticCodes.ResolutionModeValue, value);
            return false;
        }

        return true;
    }

    // Exports.

    private void VisitExport(ExportDeclaration export)
    {
        if (!IsAtModuleLevel)
        {
            ReportToken(DiagnosticCodes.ExportPlace, export.Start);
            return;
        }

        var modifiers = CheckLostModifiers(export, "export", DiagnosticCodes.ExportModifiers);
        var isAmbient = ambient || modifiers.Has(ModifierFlags.Declare);

        if (export.Has(NodeFlags.TypeOnly) && export.Clause is NamedExports named && Array.Find(named.Elements, e => e.Has(NodeFlags.TypeOnly)) is { } specifier)
        {
            ReportToken(DiagnosticCodes.TypeSpecifierInTypeExport, specifier.Start);
        }

        var mayJudgeClause = export.ModuleSpecifier is null || CheckModuleSpecifier(export, export.ModuleSpecifier, export.Attributes);
        if (mayJudgeClause && export.Clause is NamedExports && place == StatementPlace.Module && !IsAmbientModule(module!) && !(isAmbient && export.ModuleSpecifier is null))
        {
            Report(DiagnosticCodes.ExportInNamespace, export);
        }

        CheckImportAttributes(export.Attributes, export.Has(NodeFlags.TypeOnly));
    }

    private void VisitExportAssignment(ExportAssignment assignment)
    {
        CheckExportAssignment(assignment);
        VisitExpression(assignment.Expression);
    }

    private bool CheckExportAssignment(ExportAssignment assignment)
    {
        if (!IsAtModuleLevel)
        {
            return ReportToken(assignment.IsExportEquals ? DiagnosticCodes.ExportAssignmentNotTopLevel : DiagnosticCodes.DefaultExportNotTopLevel, assignment.Start);
        }

        if (place == StatementPlace.Module && !IsAmbientModule(module!))
        {
            return Report(assignment.IsExportEquals ? DiagnosticCodes.ExportAssignmentInNamespace : DiagnosticCodes.DefaultExportInNamespace, assignment);
        }

        var modifiers = CheckLostModifiers(assignment, "export", DiagnosticCodes.ExportAssignmentModifiers);
        return (ambient || modifiers.Has(ModifierFlags.Declare)) && !IsEntityName(assignment.Expression) && Report(DiagnosticCodes.AmbientExportExpression, assignment.Expression);
    }

    private void CheckNamespaceExport(NamespaceExportDeclaration export)
    {
        if (FindLostModifiers(export.Start, "export") != Modifiers.None)
        {
            Report(DiagnosticCodes.ModifierNotAllowedHere, export);
        }

        if (place != StatementPlace.File)
        {
            Report(DiagnosticCodes.GlobalExportNotTopLevel, export);
        }
        else if (!file.IsModule)
        {
            Report(DiagnosticCodes.GlobalExportNotInModule, export);
        }
        else if (file.Language != Language.Declaration)
        {
            Report(DiagnosticCodes.GlobalExportNotInDeclarationFile, export);
        }
    }

    /// <summary><c>export =</c> is the only export of its module.</summary>
    private void CheckExportEquals(Statement[] statements)
    {
        ExportAssignment? whole = null;
        var others = false;
        foreach (var statement in statements)
        {
            switch (statement)
            {
                case ExportAssignment { IsExportEquals: true } assignment:
                    whole ??= assignment;
                    break;
                case ExportAssignment:
                    others = true;
                    break;
                case ExportDeclaration export:
                    others |= export.Clause is not NamedExports { Elements: [] };
                    break;
                case DeclarationStatement declaration:
                    others |= declaration.Modifiers.Has(ModifierFlags.Export);
                    break;
            }
        }

        if (whole is not null && others)
        {
            Report(DiagnosticCodes.ExportEqualsWithOthers, whole);
        }
    }

    /// <summary>The namespace holds something that exists when the program runs. Null when only other files can tell.</summary>
    private bool? IsInstantiated(ModuleDeclaration declaration)
    {
        if (!Enter(declaration))
        {
            return null;
        }

        bool? result = declaration.Body is null;
        if (declaration.Body is ModuleDeclaration inner)
        {
            result = IsInstantiated(inner);
        }
        else if (declaration.Body is ModuleBlock block)
        {
            result = false;
            foreach (var statement in block.Statements)
            {
                var one = statement switch
                {
                    InterfaceDeclaration or TypeAliasDeclaration or ImportDeclaration => false,
                    EnumDeclaration type => !type.Modifiers.Has(ModifierFlags.Const),
                    ImportEqualsDeclaration import => import.Modifiers.Has(ModifierFlags.Export),
                    ExportDeclaration => null,
                    ModuleDeclaration nested => IsInstantiated(nested),
                    _ => (bool?)true,
                };
                if (one == true)
                {
                    result = true;
                    break;
                }

                result = one is null ? null : result;
            }
        }

        depth--;
        return result;
    }
}
