namespace Kiln.Cli.Commands;

/// <summary><c>kiln doc</c> without another mode: for people.</summary>
internal static class DocTextMode
{
    public static int Run(IReadOnlyList<DocInput> inputs, DocSettings settings, CancellationToken cancellationToken)
    {
        foreach (var module in inputs.SelectMany(input => input.Build(settings.IncludesPrivate, cancellationToken).Modules))
        {
            Console.Out.WriteLine(module.Specifier);
        }

        return 0;
    }
}
