using System.Diagnostics.CodeAnalysis;
using System.Text;
using Kiln.Analysis.Graph;
using Kiln.TypeScript;

namespace Kiln.Fuzz.Hostile;

/// <summary>A package of one file, and what its graph needs to know about others: every specifier of a package is one.</summary>
internal sealed class OneFilePackage(string text, Language language) : IModuleSource, IPackageRequirements
{
    private readonly string path = language switch { Language.TypeScript => "/mod.ts", Language.Tsx => "/mod.tsx", Language.Declaration => "/mod.d.ts", Language.Jsx => "/mod.jsx", _ => "/mod.js" };

    public static ModuleGraph Build(string text, Language language)
    {
        var package = new OneFilePackage(text, language);
        return ModuleGraph.Build(new ModuleGraphInput { Exports = [new(".", "." + package.path)], Source = package, Requirements = package }, CancellationToken.None);
    }

    public bool TryRead(string path, out ReadOnlyMemory<byte> bytes)
    {
        var found = path == this.path;
        bytes = found ? Encoding.UTF8.GetBytes(text) : default;
        return found;
    }

    public bool TryParse(string specifier, [NotNullWhen(true)] out PackageDependency? dependency, [NotNullWhen(false)] out string? reason)
    {
        reason = null;
        dependency = new PackageDependency(specifier[0] is 'n' or 'N' ? PackageDependencyKind.Npm : PackageDependencyKind.Jsr, specifier[4..], "1", "");
        return true;
    }

    public bool IsScopedName(string name) => true;

    public bool IsSelf(PackageDependency dependency) => false;
}
