using Kiln.Documentation.Symbols;

namespace Kiln.Documentation.Pages;

/// <summary>The rest of the address grammar of docs.md §10.1.</summary>
internal static class DocRedirects
{
    public static IEnumerable<DocRedirect> Of(PackageIndex index, CancellationToken cancellationToken)
    {
        var pages = index.Symbols.Where(s => s.HasPage).Select(s => s.Key).ToHashSet();
        var given = new HashSet<DocPageKey>();
        foreach (var symbol in index.Symbols)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!symbol.HasPage)
            {
                if (symbol.Target is { } target && IsFree(symbol.Key))
                {
                    yield return new DocRedirect(symbol.Key, target.Key, null);
                }

                continue;
            }

            if (symbol.Declarations.Any(d => d.Definition is Analysis.Docs.Model.DocClass) && Key("prototype") is var prototype && IsFree(prototype))
            {
                yield return new DocRedirect(prototype, symbol.Key, null);
            }

            foreach (var member in symbol.Members.All)
            {
                if (member.Shape is MemberShape.Constructor or MemberShape.CallSignature or MemberShape.IndexSignature)
                {
                    continue;
                }

                // Members of interfaces and types are written without "prototype".
                foreach (var name in member.IsStatic || member.Shape == MemberShape.EnumMember ? [member.Name] : (string[])[$"prototype.{member.Name}", member.Name])
                {
                    if (Key(name) is var key && IsFree(key))
                    {
                        yield return new DocRedirect(key, symbol.Key, member.Anchor);
                    }
                }
            }

            DocPageKey Key(string member) => symbol.Key with { Symbol = $"{symbol.Path}.{member}" };
        }

        bool IsFree(DocPageKey key) => !pages.Contains(key) && given.Add(key);
    }
}
