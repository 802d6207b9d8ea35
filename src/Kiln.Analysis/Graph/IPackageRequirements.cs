using System.Diagnostics.CodeAnalysis;

namespace Kiln.Analysis.Graph;

/// <summary>What the graph must know about names and versions, which are another layer's business. May be called from several threads at once.</summary>
public interface IPackageRequirements
{
    /// <summary>Reads <c>jsr:[/]name[@constraint][/sub]</c> or the same with <c>npm:</c>. On false <paramref name="reason"/> is a sentence for the user.</summary>
    bool TryParse(string specifier, [NotNullWhen(true)] out PackageDependency? dependency, [NotNullWhen(false)] out string? reason);

    /// <summary>A <c>jsr:</c> name is a well-formed <c>@scope/name</c>.</summary>
    bool IsScopedName(string name);

    /// <summary>The dependency names the very package and version that is being analysed.</summary>
    bool IsSelf(PackageDependency dependency);
}
