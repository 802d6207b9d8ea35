namespace Kiln.Analysis.Graph;

[Flags]
internal enum ExportMeaning : byte
{
    None = 0,

    /// <summary>Exists when the program runs.</summary>
    Value = 1,

    /// <summary>Known to the type checker only.</summary>
    Type = 2,
}

/// <summary>What a name stands for: something of this module, or <paramref name="ImportedName"/> of the module <paramref name="Specifier"/>.</summary>
internal readonly record struct ExportedName(ExportMeaning Meaning, string? Specifier = null, string? ImportedName = null);

/// <summary>What one module exports. Keeps nothing of its tree.</summary>
/// <param name="Names">Exports by name, <c>default</c> included.</param>
/// <param name="Stars">Specifiers of <c>export * from</c>, each once.</param>
internal sealed record ModuleExports(IReadOnlyDictionary<string, ExportedName> Names, IReadOnlyList<string> Stars)
{
    public static readonly ModuleExports None = new(new Dictionary<string, ExportedName>(), []);
}
