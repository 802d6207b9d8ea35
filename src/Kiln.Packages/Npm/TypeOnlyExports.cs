using Kiln.TypeScript;
using Kiln.TypeScript.Tree;

namespace Kiln.Packages.Npm;

/// <summary>
/// Answers whether a name that a module exports exists only as a type, so that <c>export { T } from "./m.ts"</c> must not survive in JavaScript:
/// Node refuses a module that re-exports what is not there. The reference system keeps such names (publishing.md §5.3).
/// </summary>
/// <param name="find">The parsed module at a path; null when there is none, as for JSON and packages.</param>
/// <param name="resolve">The path of the module that a specifier names in the module at a path; null when it is not of this package.</param>
internal sealed class TypeOnlyExports(Func<string, SourceFile?> find, Func<string, string, string?> resolve)
{
    private readonly Dictionary<string, ModuleExports?> modules = new(StringComparer.Ordinal);

    private enum Meaning
    {
        /// <summary>Not declared here, or out of sight: it must be kept.</summary>
        Unknown,
        Type,
        Value,
    }

    /// <summary>False also when it cannot be known.</summary>
    public bool IsTypeOnly(string path, string name) => Find(path, name, []) == Meaning.Type;

    private Meaning Find(string path, string name, HashSet<(string, string)> visited)
    {
        if (!visited.Add((path, name)) || GetExports(path) is not { } exports)
        {
            return Meaning.Unknown;
        }

        if (exports.Names.TryGetValue(name, out var export))
        {
            if (export.Meaning != Meaning.Unknown || export.Specifier is null)
            {
                return export.Meaning;
            }

            return resolve(path, export.Specifier) is { } target ? Find(target, export.Name!, visited) : Meaning.Unknown;
        }

        // `export *` never passes on a default.
        var found = Meaning.Unknown;
        if (name != "default")
        {
            foreach (var (specifier, typeOnly) in exports.Stars)
            {
                var meaning = resolve(path, specifier) is { } target ? Find(target, name, visited) : Meaning.Unknown;
                if (meaning == Meaning.Value && !typeOnly)
                {
                    return Meaning.Value;
                }

                found = meaning == Meaning.Unknown ? found : Meaning.Type;
            }
        }

        return found;
    }

    private ModuleExports? GetExports(string path)
    {
        if (!modules.TryGetValue(path, out var exports))
        {
            modules.Add(path, exports = find(path) is { } file ? ModuleExports.Collect(file) : null);
        }

        return exports;
    }

    /// <summary>An exported name: known here, or another module's.</summary>
    private readonly record struct Export(Meaning Meaning, string? Specifier = null, string? Name = null);

    private sealed class ModuleExports
    {
        private readonly Dictionary<string, Export> locals = new(StringComparer.Ordinal);
        private readonly SourceFile file;

        private ModuleExports(SourceFile file) => this.file = file;

        public Dictionary<string, Export> Names { get; } = new(StringComparer.Ordinal);

        public List<(string Specifier, bool TypeOnly)> Stars { get; } = [];

        public static ModuleExports Collect(SourceFile file)
        {
            var exports = new ModuleExports(file);
            foreach (var statement in file.Statements)
            {
                exports.AddImport(statement);
                exports.AddDeclaration(statement);
            }

            foreach (var statement in file.Statements)
            {
                exports.AddExport(statement);
            }

            return exports;
        }

        private void AddImport(Statement statement)
        {
            if (statement is not ImportDeclaration { Clause: { } clause } import)
            {
                return;
            }

            var specifier = file.GetStringValue(import.ModuleSpecifier);
            var typeOnly = import.Has(NodeFlags.TypeOnly);
            if (clause.Name is { } name)
            {
                locals[file.GetName(name)] = Imported(typeOnly, specifier, "default");
            }

            switch (clause.NamedBindings)
            {
                case NamespaceImport all:
                    locals[file.GetName(all.Name)] = new Export(typeOnly ? Meaning.Type : Meaning.Value);
                    break;
                case NamedImports named:
                    foreach (var element in named.Elements)
                    {
                        locals[file.GetName(element.Name)] = Imported(typeOnly || element.Has(NodeFlags.TypeOnly), specifier, NameOf(element.PropertyName ?? element.Name));
                    }

                    break;
            }
        }

        private void AddDeclaration(Statement statement)
        {
            switch (statement)
            {
                case InterfaceDeclaration d:
                    Declare(d, d.Name, Meaning.Type);
                    break;
                case TypeAliasDeclaration d:
                    Declare(d, d.Name, Meaning.Type);
                    break;
                case FunctionDeclaration d:
                    Declare(d, d.Name, d.Body is null ? Meaning.Type : Meaning.Value);
                    break;
                case ClassDeclaration d:
                    Declare(d, d.Name, Meaning.Value);
                    break;
                case EnumDeclaration d:
                    Declare(d, d.Name, Meaning.Value);
                    break;
                case ModuleDeclaration { Name: Identifier name } d:
                    Declare(d, name, HasValue(d) ? Meaning.Value : Meaning.Type);
                    break;
                case ImportEqualsDeclaration d:
                    Declare(d, d.Name, d.Has(NodeFlags.TypeOnly) ? Meaning.Type : Meaning.Value);
                    break;
                case VariableStatement d:
                    foreach (var declaration in d.DeclarationList.Declarations)
                    {
                        DeclarePattern(d, declaration.Name);
                    }

                    break;
            }
        }

        private void Declare(DeclarationStatement statement, Identifier? name, Meaning meaning)
        {
            meaning = IsAmbient(statement) ? Meaning.Type : meaning;
            if (name is not null)
            {
                Merge(locals, file.GetName(name), meaning);
            }

            if (statement.Modifiers.Has(ModifierFlags.Export))
            {
                Merge(Names, statement.Modifiers.Has(ModifierFlags.Default) || name is null ? "default" : file.GetName(name), meaning);
            }
        }

        private void DeclarePattern(VariableStatement statement, Node? pattern)
        {
            switch (pattern)
            {
                case Identifier name:
                    Declare(statement, name, Meaning.Value);
                    break;
                case ObjectBindingPattern objectPattern:
                    foreach (var element in objectPattern.Elements)
                    {
                        DeclarePattern(statement, element.Name);
                    }

                    break;
                case ArrayBindingPattern arrayPattern:
                    foreach (var element in arrayPattern.Elements)
                    {
                        DeclarePattern(statement, (element as BindingElement)?.Name);
                    }

                    break;
            }
        }

        private void AddExport(Statement statement)
        {
            switch (statement)
            {
                case ExportAssignment { IsExportEquals: false } assignment:
                    var named = assignment.Expression is Identifier name && locals.TryGetValue(file.GetName(name), out var local) ? local : new Export(Meaning.Value);
                    Names["default"] = named;
                    break;
                case ExportDeclaration { Clause: null, ModuleSpecifier: { } star } d:
                    Stars.Add((file.GetStringValue(star), d.Has(NodeFlags.TypeOnly)));
                    break;
                case ExportDeclaration { Clause: NamespaceExport all } d:
                    Names[NameOf(all.Name)] = new Export(d.Has(NodeFlags.TypeOnly) ? Meaning.Type : Meaning.Value);
                    break;
                case ExportDeclaration { Clause: NamedExports list } d:
                    var specifier = d.ModuleSpecifier is null ? null : file.GetStringValue(d.ModuleSpecifier);
                    foreach (var element in list.Elements)
                    {
                        var source = NameOf(element.PropertyName ?? element.Name);
                        Names[NameOf(element.Name)] = d.Has(NodeFlags.TypeOnly) || element.Has(NodeFlags.TypeOnly) ? new Export(Meaning.Type)
                            : specifier is not null ? new Export(Meaning.Unknown, specifier, source)
                            : locals.GetValueOrDefault(source);
                    }

                    break;
            }
        }

        /// <summary>A value wins over a type of the same name: the two are one export.</summary>
        private static void Merge(Dictionary<string, Export> names, string name, Meaning meaning)
        {
            if (meaning == Meaning.Value || !names.ContainsKey(name))
            {
                names[name] = new Export(meaning);
            }
        }

        private static Export Imported(bool typeOnly, string specifier, string name) =>
            typeOnly ? new Export(Meaning.Type) : new Export(Meaning.Unknown, specifier, name);

        private string NameOf(Expression name) => name switch
        {
            Identifier identifier => file.GetName(identifier),
            StringLiteral literal => file.GetStringValue(literal),
            _ => throw new InvalidOperationException($"A {name.Kind} is no export name."),
        };

        private static bool IsAmbient(DeclarationStatement statement) => statement.Has(NodeFlags.Ambient) || statement.Modifiers.Has(ModifierFlags.Declare);

        /// <summary>A namespace of types alone leaves nothing in JavaScript.</summary>
        private static bool HasValue(ModuleDeclaration declaration)
        {
            if (IsAmbient(declaration))
            {
                return false;
            }

            return declaration.Body switch
            {
                ModuleDeclaration inner => HasValue(inner),
                ModuleBlock block => block.Statements.Any(s => s switch
                {
                    InterfaceDeclaration or TypeAliasDeclaration => false,
                    ImportEqualsDeclaration import => !import.Has(NodeFlags.TypeOnly) && import.Modifiers.Has(ModifierFlags.Export),
                    ModuleDeclaration inner => HasValue(inner),
                    DeclarationStatement other => !IsAmbient(other),
                    _ => true,
                }),
                _ => false,
            };
        }
    }
}
