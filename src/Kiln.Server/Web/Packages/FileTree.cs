using Kiln.Registry.Catalog;

namespace Kiln.Server.Web.Packages;

/// <summary>One folder of a version.</summary>
internal static class FileTree
{
    /// <summary>What lies in a folder: folders first, then files, each by name. Null when there is no such folder.</summary>
    /// <param name="folder">Absolute, without a slash at its end; empty for the root.</param>
    public static IReadOnlyList<FileTreeEntry>? List(IReadOnlyList<PublishedFile> files, string folder)
    {
        var prefix = folder + "/";
        var folders = new SortedDictionary<string, long>(StringComparer.Ordinal);
        var own = new List<FileTreeEntry>();
        foreach (var file in files)
        {
            if (!file.Path.StartsWith(prefix, StringComparison.Ordinal))
            {
                continue;
            }

            var rest = file.Path[prefix.Length..];
            var slash = rest.IndexOf('/', StringComparison.Ordinal);
            if (slash < 0)
            {
                own.Add(new FileTreeEntry(rest, IsFolder: false, file.Size));
            }
            else
            {
                folders[rest[..slash]] = folders.GetValueOrDefault(rest[..slash]) + file.Size;
            }
        }

        return folders.Count == 0 && own.Count == 0
            ? null
            : [.. folders.Select(f => new FileTreeEntry(f.Key, IsFolder: true, f.Value)), .. own.OrderBy(f => f.Name, StringComparer.Ordinal)];
    }
}
