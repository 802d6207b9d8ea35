using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Kiln.Tooling;
using Kiln.TypeScript;

namespace Kiln.Conformance.Syntax;

/// <summary>Tokens and trivia, put together again, are the source.</summary>
public sealed class TilingTests
{
    [Fact]
    public void Token_and_trivia_slices_of_every_file_are_the_source()
    {
        var root = ToolPaths.Corpora;
        var files = Corpus.TypeScriptFiles();
        Assert.InRange(files.Count, 10_000, int.MaxValue);
        var problems = new ConcurrentBag<string>();
        var counts = new long[Enum.GetValues<TileKind>().Length];
        Parallel.ForEach(files, name =>
        {
            var file = Parser.Parse(SyntaxOracle.Read(Path.Combine(root, name)), SyntaxOracle.LanguageOf(name));
            var tiles = Tiles.Of(file, out var problem);
            var text = new StringBuilder(file.Text.Length);
            foreach (var tile in tiles)
            {
                text.Append(file.Text, tile.Start, tile.End - tile.Start);
                Interlocked.Increment(ref counts[(int)tile.Kind]);
            }

            problem ??= text.Equals(file.Text.AsSpan()) ? null : "the slices are not the source";
            if (problem is not null)
            {
                problems.Add($"{name}: {problem}");
            }
        });

        Assert.True(problems.IsEmpty, $"{problems.Count} files\n{string.Join('\n', problems.Order(StringComparer.Ordinal).Take(40))}");
        Assert.All(counts, count => Assert.InRange(count, 100_000, long.MaxValue));
        Summary.Record("tokens and trivia", string.Create(CultureInfo.InvariantCulture,
            $"{files.Count} files: {counts[(int)TileKind.Leaf]} names and literals, {counts[(int)TileKind.Keyword]} keywords, {counts[(int)TileKind.Punctuator]} punctuators, {counts[(int)TileKind.Comment]} comments and {counts[(int)TileKind.WhiteSpace]} stretches of white space; put together they are the source"));
    }

    [Theory]
    [InlineData("a = ")]
    [InlineData("const x = /re/g, y = `a${b}c`; // d\n")]
    public void A_missing_leaf_or_a_wrong_span_is_noticed(string text)
    {
        var file = Parser.Parse(text + "b;", Language.TypeScript);
        Tiles.Of(file, out var problem);
        Assert.Null(problem);
        var shifted = new SourceFile
        {
            Text = "xy" + file.Text,
            Language = file.Language,
            Statements = file.Statements,
            Diagnostics = [],
            Comments = file.Comments,
            Erasures = [],
            ModuleReferences = [],
            IsModule = false,
            NeedsTransform = false,
        };
        Tiles.Of(shifted, out problem);
        Assert.NotNull(problem);
    }
}
