namespace Kiln.Analysis.Graph;

/// <summary>The files of a package.</summary>
public interface IModuleSource
{
    /// <summary>Reads a file by its absolute path (<c>/mod.ts</c>), in exact letter case. May be called from several threads at once.</summary>
    bool TryRead(string path, out ReadOnlyMemory<byte> bytes);
}
