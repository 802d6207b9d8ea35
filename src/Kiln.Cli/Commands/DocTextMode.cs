using System.Text;
using Kiln.Analysis.Docs.Model;

namespace Kiln.Cli.Commands;

/// <summary><c>kiln doc</c> without another mode: for people.</summary>
internal static class DocTextMode
{
    public static int Run(IReadOnlyList<DocInput> inputs, DocSettings settings, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        var found = false;
        var names = new List<string>();
        var count = inputs.Sum(input => input.Sources.Roots.Count);
        foreach (var input in inputs)
        {
            var writer = new DocText(text, settings.Output, location => PlaceOf(location, input.Paths));
            foreach (var module in input.Build(settings.IncludesPrivate, cancellationToken).Modules)
            {
                if (settings.Filter is null)
                {
                    writer.WriteModule(module, withTitle: count > 1);
                    found = true;
                }
                else
                {
                    found |= writer.WriteSymbol(module, settings.Filter.Split('.'));
                    names.AddRange(module.Symbols.Select(s => s.Name));
                }
            }
        }

        using var output = Console.OpenStandardOutput();
        output.Write(Encoding.UTF8.GetBytes(text.ToString()));
        if (!found)
        {
            var similar = names.FirstOrDefault(n => string.Equals(n, settings.Filter, StringComparison.OrdinalIgnoreCase));
            Console.Error.WriteLine($"kiln: nothing is called '{settings.Filter}'{(similar is null ? "" : $"; there is '{similar}'")}");
        }

        return found ? 0 : 1;
    }

    private static string PlaceOf(DocLocation location, ShownPath paths)
    {
        const string Scheme = "file://";
        var path = location.FileName.StartsWith(Scheme, StringComparison.Ordinal) ? paths.Of(location.FileName[Scheme.Length..]) : location.FileName;
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{path}:{location.Line + 1}:{location.Column + 1}");
    }
}
