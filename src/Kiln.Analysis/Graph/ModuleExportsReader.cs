using Kiln.TypeScript;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Graph;

/// <summary>Reads the exports of one file from its top-level statements.</summary>
internal sealed class ModuleExportsReader
{
    private readonly SourceFile file;
    private readonly Dictionary<string, ExportedName> locals = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ExportedName> names = new(StringComparer.Ordinal);
    private readonly List<string> stars = [];
    private readonly HashSet<string> seenStars = new(StringComparer.Ordinal);

    private ModuleExportsReader(SourceFile file) => this.file = file;

    public static ModuleExports Read(SourceFile file)
    {
        var reader = new ModuleExportsReader(file);
        reader.ReadDeclarations();
        reader.ReadExports();
        return new ModuleExports(reader.names, reader.stars);
    }

    private void ReadDeclarations()
    {
        foreach (var statement in file.Statements)
        {
            switch (statement)
            {
                case ImportDeclaration import:
                    ReadImport(import);
                    break;
                case DeclarationStatement declaration:
                    ReadDeclaration(declaration);
                    break;
            }
        }
    }

    private void ReadDeclaration(DeclarationStatement declaration)
    {
        var isExported = declaration.Modifiers.Has(ModifierFlags.Export);
        var isDefault = declaration.Modifiers.Has(ModifierFlags.Default);
        if (declaration is VariableStatement variables)
        {
            foreach (var variable in variables.DeclarationList.Declarations)
            {
                ReadBindings(variable.Name, MeaningOf(declaration), isExported);
            }

            return;
        }

        var name = NameOf(declaration);
        if (name is not null)
        {
            Merge(locals, name, MeaningOf(declaration));
        }

        if (isExported && (isDefault || name is not null))
        {
            Merge(names, isDefault ? "default" : name!, MeaningOf(declaration));
        }
    }

    private string? NameOf(DeclarationStatement declaration) => declaration switch
    {
        FunctionDeclaration { Name: { } name } => file.GetName(name),
        ClassDeclaration { Name: { } name } => file.GetName(name),
        InterfaceDeclaration { Name: var name } => file.GetName(name),
        TypeAliasDeclaration { Name: var name } => file.GetName(name),
        EnumDeclaration { Name: var name } => file.GetName(name),
        ImportEqualsDeclaration { Name: var name } => file.GetName(name),
        ModuleDeclaration { IsGlobal: false, Name: Identifier name } => file.GetName(name),
        _ => null,
    };

    private ExportMeaning MeaningOf(DeclarationStatement declaration)
    {
        // Ambient code has no JavaScript, except in a declaration file, which describes some.
        if (declaration.Modifiers.Has(ModifierFlags.Declare) && file.Language != Language.Declaration)
        {
            return ExportMeaning.Type;
        }

        return declaration switch
        {
            InterfaceDeclaration or TypeAliasDeclaration => ExportMeaning.Type,
            ImportEqualsDeclaration => declaration.Has(NodeFlags.TypeOnly) ? ExportMeaning.Type : ExportMeaning.Value,
            ModuleDeclaration module => IsInstantiated(module) ? ExportMeaning.Value : ExportMeaning.Type,
            _ => ExportMeaning.Value,
        };
    }

    /// <summary>A namespace that holds nothing but types has no JavaScript.</summary>
    private static bool IsInstantiated(ModuleDeclaration module)
    {
        var pending = new Stack<Statement?>();
        pending.Push(module.Body);
        while (pending.TryPop(out var statement))
        {
            switch (statement)
            {
                case null:
                case InterfaceDeclaration or TypeAliasDeclaration or ImportDeclaration:
                case ImportEqualsDeclaration import when !import.Modifiers.Has(ModifierFlags.Export):
                case DeclarationStatement ambient when ambient.Modifiers.Has(ModifierFlags.Declare):
                    break;
                case ModuleDeclaration inner:
                    pending.Push(inner.Body);
                    break;
                case ModuleBlock block:
                    foreach (var child in block.Statements)
                    {
                        pending.Push(child);
                    }

                    break;
                default:
                    return true;
            }
        }

        return false;
    }

    private void ReadBindings(Node name, ExportMeaning meaning, bool isExported)
    {
        var pending = new Stack<Node>();
        pending.Push(name);
        while (pending.TryPop(out var node))
        {
            switch (node)
            {
                case Identifier identifier:
                    var text = file.GetName(identifier);
                    Merge(locals, text, meaning);
                    if (isExported)
                    {
                        Merge(names, text, meaning);
                    }

                    break;
                case ObjectBindingPattern pattern:
                    PushAll(pattern.Elements);
                    break;
                case ArrayBindingPattern pattern:
                    PushAll(pattern.Elements);
                    break;
                case BindingElement element:
                    pending.Push(element.Name);
                    break;
            }
        }

        void PushAll(Node[] elements)
        {
            foreach (var element in elements)
            {
                pending.Push(element);
            }
        }
    }

    private void ReadImport(ImportDeclaration import)
    {
        if (import.Clause is not { } clause)
        {
            return;
        }

        var specifier = file.GetStringValue(import.ModuleSpecifier);
        var isTypeOnly = import.Has(NodeFlags.TypeOnly);
        if (clause.Name is { } name)
        {
            locals.TryAdd(file.GetName(name), isTypeOnly ? new ExportedName(ExportMeaning.Type) : new ExportedName(ExportMeaning.None, specifier, "default"));
        }

        switch (clause.NamedBindings)
        {
            case NamespaceImport all:
                locals.TryAdd(file.GetName(all.Name), new ExportedName(isTypeOnly ? ExportMeaning.Type : ExportMeaning.Value));
                break;
            case NamedImports named:
                foreach (var element in named.Elements)
                {
                    locals.TryAdd(
                        file.GetName(element.Name),
                        isTypeOnly || element.Has(NodeFlags.TypeOnly)
                            ? new ExportedName(ExportMeaning.Type)
                            : new ExportedName(ExportMeaning.None, specifier, TextOf(element.PropertyName ?? element.Name)));
                }

                break;
        }
    }

    private void ReadExports()
    {
        var isExplicit = false;
        foreach (var statement in file.Statements)
        {
            switch (statement)
            {
                case ExportDeclaration export:
                    isExplicit |= export.ModuleSpecifier is null;
                    ReadExport(export);
                    break;
                case ExportAssignment { IsExportEquals: false } assignment:
                    isExplicit = true;
                    names.TryAdd("default", assignment.Expression is Identifier identifier ? Local(file.GetName(identifier)) : new ExportedName(ExportMeaning.Value));
                    break;
                case ExportAssignment:
                    isExplicit = true;
                    break;
            }
        }

        // A declaration file without export lists exports all that it declares.
        if (file.Language == Language.Declaration && !isExplicit)
        {
            foreach (var (name, meaning) in locals)
            {
                if (meaning.Specifier is null)
                {
                    names.TryAdd(name, meaning);
                }
            }
        }
    }

    private void ReadExport(ExportDeclaration export)
    {
        var specifier = export.ModuleSpecifier is null ? null : file.GetStringValue(export.ModuleSpecifier);
        var isTypeOnly = export.Has(NodeFlags.TypeOnly);
        switch (export.Clause)
        {
            case NamedExports named:
                foreach (var element in named.Elements)
                {
                    var source = TextOf(element.PropertyName ?? element.Name);
                    names[TextOf(element.Name)] = isTypeOnly || element.Has(NodeFlags.TypeOnly) ? new ExportedName(ExportMeaning.Type)
                        : specifier is null ? Local(source)
                        : new ExportedName(ExportMeaning.None, specifier, source);
                }

                break;
            case NamespaceExport all:
                names[TextOf(all.Name)] = new ExportedName(isTypeOnly ? ExportMeaning.Type : ExportMeaning.Value);
                break;
            case null when specifier is not null && !isTypeOnly && seenStars.Add(specifier):
                stars.Add(specifier);
                break;
        }
    }

    /// <summary>An undeclared name may be a global: it counts as a value.</summary>
    private ExportedName Local(string name) => locals.TryGetValue(name, out var found) ? found : new ExportedName(ExportMeaning.Value);

    private string TextOf(Expression name) => name switch
    {
        Identifier identifier => file.GetName(identifier),
        StringLiteral literal => file.GetStringValue(literal),
        _ => "",
    };

    private static void Merge(Dictionary<string, ExportedName> table, string name, ExportMeaning meaning) =>
        table[name] = table.TryGetValue(name, out var known) && known.Specifier is null ? new ExportedName(known.Meaning | meaning) : new ExportedName(meaning);
}
