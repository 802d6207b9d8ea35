using System.Collections.Immutable;
using Kiln.Analysis.Docs.Model;
using Kiln.Analysis.Graph;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Docs.Collection;

/// <summary>The names that a module imports, in source order.</summary>
internal static class ImportList
{
    public static ImmutableArray<DocImport> Read(CollectedModule module, Func<string, string> specifierOf)
    {
        var file = module.File.Source;
        var imports = ImmutableArray.CreateBuilder<DocImport>();
        foreach (var statement in file.Statements)
        {
            if (statement is not ImportDeclaration { Clause: { } clause } import)
            {
                continue;
            }

            var source = SourceOf(module, file.GetStringValue(import.ModuleSpecifier), specifierOf);
            var comment = module.File.CommentAt(import.Start);
            if (clause.Name is { } name)
            {
                Add(name, "default");
            }

            switch (clause.NamedBindings)
            {
                case NamespaceImport all:
                    Add(all.Name, null);
                    break;
                case NamedImports named:
                    foreach (var element in named.Elements)
                    {
                        Add(element.Name, element.PropertyName switch { Identifier exported => file.GetName(exported), StringLiteral exported => file.GetStringValue(exported), _ => file.GetName(element.Name) });
                    }

                    break;
            }

            void Add(Identifier local, string? exported) => imports.Add(new DocImport { LocalName = file.GetName(local), ExportedName = exported, Source = source, Comment = comment });
        }

        return imports.DrainToImmutable();
    }

    private static string SourceOf(CollectedModule module, string specifier, Func<string, string> specifierOf) =>
        module.Entry.Dependencies.TryGetValue(specifier, out var dependency) && dependency.TypesOrCode is { } target
            ? target.Kind == TargetKind.File ? specifierOf(target.Text) + target.Suffix : target.Text
            : specifier;
}
