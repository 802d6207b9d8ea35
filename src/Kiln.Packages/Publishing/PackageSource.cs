using System.Collections.Frozen;
using Kiln.Analysis.Graph;

namespace Kiln.Packages.Publishing;

/// <summary>The files of a package by their paths, exact case.</summary>
internal sealed class PackageSource(IReadOnlyList<PackageFile> files) : IModuleSource
{
    public FrozenDictionary<string, ReadOnlyMemory<byte>> Contents { get; } =
        files.ToFrozenDictionary(f => f.Path.Value, f => (ReadOnlyMemory<byte>)f.Content, StringComparer.Ordinal);

    public bool TryRead(string path, out ReadOnlyMemory<byte> bytes) => Contents.TryGetValue(path, out bytes);
}
