using Kiln.TypeScript;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Binding;

/// <content>Imports and exports: what they bind and what they use.</content>
internal sealed partial class Binder
{
    private void VisitImport(ImportDeclaration n)
    {
        if (n.Clause is not { } clause)
        {
            return;
        }

        DeclareImport(clause.Name);
        switch (clause.NamedBindings)
        {
            case NamespaceImport all:
                DeclareImport(all.Name);
                break;
            case NamedImports named:
                foreach (var element in named.Elements)
                {
                    DeclareImport(element.Name);
                }

                break;
        }
    }

    private void DeclareImport(Identifier? name)
    {
        if (name is not null && NameOf(name) is { } text)
        {
            // A local of the same name is an error of the program; the local wins so that the import goes.
            scope.Declared.TryAdd(text, new ImportBinding(name, null));
        }
    }

    private void VisitImportEquals(ImportEqualsDeclaration n)
    {
        if (n.Has(NodeFlags.TypeOnly) || NameOf(n.Name) is not { } name)
        {
            return;
        }

        var root = n.Reference is ExternalModuleReference ? null : Bindings.Root(n.Reference);
        MarkShadowed(name);
        if (IsNamespaceExport(n))
        {
            ReferRoot(root);
            return;
        }

        scope.Declared[name] = new ImportBinding(n.Name, root);
        if (n.Modifiers.Has(ModifierFlags.Export) || (scope.Parent is null && !file.IsModule))
        {
            result.UsedImports.Add(n.Name);
            ReferRoot(root);
        }
    }

    private void ReferRoot(Identifier? root)
    {
        if (root is not null)
        {
            Refer(root);
        }
    }

    private void VisitExport(ExportDeclaration n)
    {
        if (n.ModuleSpecifier is null && n.Clause is NamedExports named && !n.Has(NodeFlags.TypeOnly))
        {
            foreach (var element in named.Elements)
            {
                if (!element.Has(NodeFlags.TypeOnly) && (element.PropertyName ?? element.Name) is Identifier id)
                {
                    Refer(id, reexport: true);
                }
            }
        }
    }
}
