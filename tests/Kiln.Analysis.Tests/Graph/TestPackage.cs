using System.Diagnostics.CodeAnalysis;
using System.Text;
using Kiln.Analysis.Graph;

namespace Kiln.Analysis.Tests.Graph;

/// <summary>A package in memory, named <c>@self/pkg</c>; every constraint that starts with <c>^1</c> or is <c>1</c> means this version of it.</summary>
internal sealed class TestPackage : IModuleSource, IPackageRequirements
{
    private readonly Dictionary<string, byte[]> files = new(StringComparer.Ordinal);
    private readonly List<KeyValuePair<string, string>> exports = [];

    public int MaxModules { get; init; } = 10_000;

    public static TestPackage With(string path, string text) => new TestPackage().Export(".", path).File(path, text);

    public TestPackage Export(string key, string path)
    {
        exports.Add(new(key, "." + path));
        return this;
    }

    public TestPackage File(string path, string text) => File(path, Encoding.UTF8.GetBytes(text));

    public TestPackage File(string path, byte[] bytes)
    {
        files[path] = bytes;
        return this;
    }

    /// <summary>What an author's configuration makes of a specifier.</summary>
    public Func<string, string, SpecifierUse, MappedSpecifier>? MapSpecifier { get; init; }

    public ModuleGraph Build(bool allErrors = false, int maxParallelism = 1) => ModuleGraph.Build(
        new ModuleGraphInput { Exports = exports, Source = this, Requirements = this, MaxModules = MaxModules, MapSpecifier = MapSpecifier, AllErrors = allErrors, MaxParallelism = maxParallelism },
        TestContext.Current.CancellationToken);

    /// <summary>The error, which must be there.</summary>
    public AnalysisError Fail()
    {
        var error = Build().Error;
        Assert.NotNull(error);
        return error;
    }

    public ModuleGraph Pass()
    {
        var graph = Build();
        Assert.Null(graph.Error);
        return graph;
    }

    public bool TryRead(string path, out ReadOnlyMemory<byte> bytes)
    {
        var found = files.TryGetValue(path, out var content);
        bytes = content;
        return found;
    }

    public bool TryParse(string specifier, [NotNullWhen(true)] out PackageDependency? dependency, [NotNullWhen(false)] out string? reason)
    {
        dependency = null;
        reason = null;
        var rest = specifier[4..].TrimStart('/');
        var parts = rest.Split('/');
        var nameParts = rest.StartsWith('@') ? 2 : 1;
        if (parts.Length < nameParts)
        {
            reason = "It has no name.";
            return false;
        }

        var name = string.Join('/', parts[..nameParts]);
        var at = name.LastIndexOf('@');
        var constraint = at > 0 ? name[(at + 1)..] : "*";
        if (constraint.Length == 0 || constraint.Contains('!', StringComparison.Ordinal))
        {
            reason = "It has no valid constraint.";
            return false;
        }

        var kind = specifier.StartsWith("npm", StringComparison.OrdinalIgnoreCase) ? PackageDependencyKind.Npm : PackageDependencyKind.Jsr;
        dependency = new PackageDependency(kind, at > 0 ? name[..at] : name, constraint, string.Join('/', parts[nameParts..]));
        return true;
    }

    public bool IsScopedName(string name) => name.StartsWith('@');

    public bool IsSelf(PackageDependency dependency) => dependency.Name == "@self/pkg" && (dependency.Constraint is "1" or "*" || dependency.Constraint.StartsWith("^1", StringComparison.Ordinal));
}
