namespace Kiln.Registry.Storage;

/// <summary>Asks the file system, once at start, what the store will rely on for years (security.md F34).</summary>
internal static class StoreSelfTest
{
    /// <exception cref="IOException">Not writable, no way to create without replacing, or names that ignore case.</exception>
    public static Placement Run(PosixCalls calls, string objects, TemporaryFiles temporary)
    {
        var disk = new DurableFile(calls, Placement.Link);
        var name = $"{objects}/Probe-{Guid.NewGuid():N}";
        var placement = Choose(calls, disk, temporary, name);
        try
        {
            if (File.Exists($"{objects}/{Path.GetFileName(name).ToUpperInvariant()}"))
            {
                throw new IOException($"The file system of '{objects}' ignores case in names: two files of a package could be the same file. Choose another place.");
            }

            var second = temporary.NewPath();
            disk.WriteTemporary(second, "second"u8);
            var error = Place(calls, placement, second, name);
            disk.Delete(second);
            if (error != PosixCalls.Exists)
            {
                throw new IOException($"The file system of '{objects}' lets a new file replace an old one (errno {error} instead of EEXIST). Choose another place.");
            }

            disk.SyncDirectory(objects);
            return placement;
        }
        finally
        {
            disk.Delete(name);
        }
    }

    private static Placement Choose(PosixCalls calls, DurableFile disk, TemporaryFiles temporary, string name)
    {
        var errors = new List<int>();
        foreach (var placement in new[] { Placement.Link, Placement.RenameNoReplace })
        {
            var temp = temporary.NewPath();
            disk.WriteTemporary(temp, "first"u8);
            var error = Place(calls, placement, temp, name);
            disk.Delete(temp);
            if (error == 0)
            {
                return placement;
            }

            errors.Add(error);
        }

        throw new IOException($"No way to create '{name}' without the risk of replacing a file: link gives errno {errors[0]}, renameat2 {errors[1]}. " +
            "Temporary files and objects must lie on one file system with hard links or RENAME_NOREPLACE.");
    }

    private static int Place(PosixCalls calls, Placement placement, string source, string target) =>
        placement == Placement.Link ? calls.Link(source, target) : calls.RenameNoReplace(source, target);
}
