using Kiln.Analysis.Symbols;

namespace Kiln.Analysis.Docs.Definitions;

/// <summary>Follows a dotted name to the interfaces that it stands for, through imports and re-exports.</summary>
internal sealed class InterfaceResolver
{
    /// <summary>Modules and names looked at for one question. A name that is further away is not found.</summary>
    private const int MaxSteps = 4096;

    private readonly HashSet<(DocFile, string)> seen = [];
    private int steps;

    public List<(DocFile File, Declaration Declaration)> Find(DocFile file, SymbolScope scope, string name)
    {
        var parts = name.Split('.');
        for (var at = scope; at is not null; at = at.Parent)
        {
            if (at.FindOwn(parts[0]) is { } symbol)
            {
                var found = new List<(DocFile, Declaration)>();
                Follow(file, symbol, parts.AsSpan(1), found);
                return found;
            }
        }

        return [];
    }

    private void Follow(DocFile file, Symbol symbol, ReadOnlySpan<string> rest, List<(DocFile, Declaration)> found)
    {
        // Aliases nest as deep as somebody chains them.
        if (++steps > MaxSteps || !System.Runtime.CompilerServices.RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            return;
        }

        foreach (var declaration in symbol.Declarations)
        {
            switch (declaration)
            {
                case { Kind: DeclarationKind.Interface } when rest.IsEmpty: found.Add((file, declaration)); break;
                case { Source: { Name: null } source } when !rest.IsEmpty: FollowExport(file.Import?.Invoke(source.Specifier), rest[0], rest[1..], found); break;
                case { Source: { Name: { } name } source }: FollowExport(file.Import?.Invoke(source.Specifier), name, rest, found); break;
                case { LocalName: { } local }:
                    if (declaration.Scope.Find(local) is { } target && target != symbol)
                    {
                        Follow(file, target, rest, found);
                    }

                    break;
            }
        }

        if (!rest.IsEmpty && symbol.Exports is { } exports && exports.TryGetValue(rest[0], out var inner))
        {
            Follow(file, inner, rest[1..], found);
        }
    }

    private void FollowExport(DocFile? file, string name, ReadOnlySpan<string> rest, List<(DocFile, Declaration)> found)
    {
        if (file is null || ++steps > MaxSteps || !seen.Add((file, name)))
        {
            return;
        }

        if (file.Symbols.Exports.TryGetValue(name, out var symbol))
        {
            Follow(file, symbol, rest, found);
            return;
        }

        if (name == "default")
        {
            return;
        }

        foreach (var star in file.Symbols.Stars)
        {
            FollowExport(file.Import?.Invoke(star.Source!.Specifier), name, rest, found);
            if (found.Count > 0)
            {
                return;
            }
        }
    }
}
