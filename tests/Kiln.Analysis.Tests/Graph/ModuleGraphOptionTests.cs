using Kiln.Analysis.Graph;

namespace Kiln.Analysis.Tests.Graph;

/// <summary>What an author's client asks of the graph besides what the registry does.</summary>
public sealed class ModuleGraphOptionTests
{
    [Fact]
    public void All_errors_have_their_kinds_and_the_first_is_the_one_that_decides()
    {
        var package = TestPackage.With("/mod.ts", "import './none.ts';\nimport 'bare';\nimport './style.css';\nimport './broken.ts';\nimport 'npm:a';\nimport 'npm:b';\ndeclare global {}\ndeclare module \"x\" {}\n")
            .File("/style.css", "").File("/broken.ts", "let = = 1;\nlet b = ;\n");
        var graph = package.Build(allErrors: true);
        Assert.Equal(
            [
                (AnalysisErrorCodes.GraphError, GraphErrorKind.NotFound, "/mod.ts", 1), (AnalysisErrorCodes.GraphError, GraphErrorKind.Unresolved, "/mod.ts", 2), (AnalysisErrorCodes.GraphError, GraphErrorKind.Unsupported, "/mod.ts", 3),
                (AnalysisErrorCodes.GraphError, GraphErrorKind.Syntax, "/broken.ts", 1), (AnalysisErrorCodes.GraphError, GraphErrorKind.Syntax, "/broken.ts", 2),
                (AnalysisErrorCodes.MissingConstraint, GraphErrorKind.None, "/mod.ts", 5), (AnalysisErrorCodes.MissingConstraint, GraphErrorKind.None, "/mod.ts", 6),
                (AnalysisErrorCodes.GlobalTypeAugmentation, GraphErrorKind.None, "/mod.ts", 7), (AnalysisErrorCodes.GlobalTypeAugmentation, GraphErrorKind.None, "/mod.ts", 8),
            ],
            graph.Errors.Select(e => (e.Code, e.Kind, e.Path!, e.Line)));
        Assert.All(graph.Errors, e => Assert.DoesNotContain(" at /", e.Problem, StringComparison.Ordinal));
        Assert.Equal(graph.Errors[0].Message, package.Build().Error!.Message);
        Assert.Single(package.Build().Errors);
    }

    [Fact]
    public void A_map_speaks_first_and_knows_what_for()
    {
        var package = new TestPackage
        {
            MapSpecifier = (referrer, specifier, use) => (referrer, specifier) switch
            {
                ("/mod.ts", "lib") => new MappedSpecifier(use == SpecifierUse.Types ? "./types.d.ts" : "./lib.ts"),
                (_, "closed") => new MappedSpecifier(null, "Nobody may import it."),
                _ => default,
            },
        }.Export(".", "/mod.ts").File("/mod.ts", "import 'lib';\nimport type {} from 'lib';\nimport './b.ts';\nimport 'closed';\n").File("/lib.ts", "").File("/types.d.ts", "").File("/b.ts", "");
        var graph = package.Build();
        Assert.Equal(["/mod.ts", "/lib.ts", "/types.d.ts", "/b.ts"], graph.Modules.Select(m => m.Path));
        Assert.Equal(("/lib.ts", "/types.d.ts"), (graph.Modules[0].Dependencies["lib"].Code!.Text, graph.Modules[0].Dependencies["lib"].Types!.Text));
        Assert.Equal(("Nobody may import it.", 4), (graph.Error!.Problem, graph.Error.Line));
    }

    [Fact]
    public void Threads_do_not_change_the_order()
    {
        var package = new TestPackage().Export(".", "/mod.ts").File("/mod.ts", string.Concat(Enumerable.Range(0, 200).Select(i => $"import './{i}.ts';\n")));
        for (var i = 0; i < 200; i++)
        {
            package.File($"/{i}.ts", $"import './{(i * 7) + 1}.ts';\nexport const x: number = {i};\n");
        }

        var (one, many) = (package.Build(allErrors: true), package.Build(allErrors: true, maxParallelism: 8));
        Assert.Equal(one.Modules.Select(m => m.Path), many.Modules.Select(m => m.Path));
        Assert.Equal(one.Errors, many.Errors);
    }
}
