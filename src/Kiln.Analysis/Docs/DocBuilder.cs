using System.Collections.Immutable;
using Kiln.Analysis.Docs.Collection;
using Kiln.Analysis.Docs.Model;
using Kiln.Analysis.Graph;

namespace Kiln.Analysis.Docs;

/// <summary>Documents modules from their syntax (docs.md). No type is checked; what a module means comes from its own text and from the names that modules give each other.</summary>
public static class DocBuilder
{
    /// <summary>Linear in the size of the modules and of the result, which has an upper limit.</summary>
    public static DocSet Build(DocRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, request.MaxParallelism), CancellationToken = cancellationToken };

        // 1. What each module declares and exports.
        var modules = Open(request, parallel);
        var roots = request.Roots.Distinct(StringComparer.Ordinal).ToList();
        var rootModules = roots.Where(modules.ContainsKey).Select(root => modules[root]).ToList();

        // 2. What each entry point shows under which names.
        var collector = new ModuleCollector(request, modules);
        collector.Reach(rootModules);
        var resolver = new ReferenceResolver();
        foreach (var root in rootModules)
        {
            cancellationToken.ThrowIfCancellationRequested();
            resolver.AddShown(collector.EntriesOf(root));
        }

        // 3. What of it is a reference.
        var resolved = new Dictionary<CollectedModule, List<ResolvedEntry>>();
        foreach (var root in rootModules)
        {
            cancellationToken.ThrowIfCancellationRequested();
            resolved.Add(root, resolver.Resolve(root, collector.EntriesOf(root)));
        }

        // 4. The definitions that are shown; those of one module one after the other.
        Parallel.ForEach(resolver.Definitions.GroupBy(d => d.Module).Select(g => g.ToList()).OrderByDescending(g => g.Count), parallel, group =>
        {
            foreach (var definition in group)
            {
                definition.Build();
            }
        });

        var documented = ImmutableArray.CreateBuilder<DocModule>(roots.Count);
        foreach (var path in roots)
        {
            if (modules.TryGetValue(path, out var root))
            {
                var comment = root.File.ModuleComment();
                var isIgnored = comment?.Has(TypeScript.JsDoc.JsDocTagKind.Ignore) == true;
                documented.Add(new DocModule
                {
                    Specifier = root.File.Specifier,
                    Comment = isIgnored ? null : comment,
                    Imports = isIgnored ? [] : ImportList.Read(root, request.Specifier),
                    Symbols = ResolvedEntry.ToSymbols(resolved[root]),
                });
            }
            else if (request.Graph.Find(path) is { MediaType: MediaType.Json })
            {
                documented.Add(new DocModule
                {
                    Specifier = request.Specifier(path),
                    Symbols = collector.Data(path) is { } data
                        ? [new DocSymbol { Name = "default", IsDefault = true, Declarations = [new DocDeclaration { Location = data.Location, Visibility = data.Visibility, Definition = data.Definition }] }]
                        : [],
                });
            }
        }

        return new DocSet { Modules = documented.DrainToImmutable() };
    }

    /// <summary>Every module that was parsed, by path.</summary>
    internal static Dictionary<string, CollectedModule> Open(DocRequest request, ParallelOptions parallel)
    {
        var roots = request.Roots.ToHashSet(StringComparer.Ordinal);
        var entries = request.Graph.Modules.Where(m => m.IsParsed).ToArray();
        var opened = new CollectedModule[entries.Length];
        Parallel.For(0, entries.Length, parallel, i =>
        {
            opened[i] = new CollectedModule(entries[i], request.Specifier(entries[i].Path), roots.Contains(entries[i].Path));

            // What is asked of every module later on is made here, where it can be made at once.
            opened[i].File.Locate(0);
        });
        var modules = opened.ToDictionary(m => m.Entry.Path, StringComparer.Ordinal);
        var targets = new TargetFinder(request.Graph, modules);
        foreach (var module in opened)
        {
            module.File.Import = specifier => targets.Open(module, specifier)?.File;
        }

        return modules;
    }
}
