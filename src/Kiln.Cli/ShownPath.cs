using Kiln.Packages.Files;

namespace Kiln.Cli;

/// <summary>Shows absolute paths as the user would write them: below the folder that was named, else relative to where he is.</summary>
/// <param name="argument">The folder as it was named.</param>
/// <param name="folder">The same, absolute.</param>
internal sealed class ShownPath(string argument, string folder)
{
    public string Of(string path) =>
        TreePath.IsWithin(path, folder) ? Path.Combine(argument, TreePath.Below(path, folder))
        : Path.IsPathRooted(argument) ? path
        : Path.GetRelativePath(Directory.GetCurrentDirectory(), path);
}
