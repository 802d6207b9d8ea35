using System.Text;

namespace Kiln.Packages.Files;

/// <summary>Arithmetic with the paths of an <see cref="IFileTree"/>.</summary>
public static class TreePath
{
    /// <summary>The last component; "" for the root.</summary>
    public static string NameOf(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path[(path.LastIndexOf('/') + 1)..];
    }

    /// <summary>The folder that holds it, or null for the root.</summary>
    public static string? ParentOf(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var slash = path.LastIndexOf('/');
        return path.Length <= 1 ? null : slash == 0 ? "/" : path[..slash];
    }

    public static string Join(string folder, string name)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return folder.EndsWith('/') ? folder + name : folder + "/" + name;
    }

    /// <summary>The path itself, or something below it.</summary>
    public static bool IsWithin(string path, string folder)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(folder);
        return folder == "/" || (path.StartsWith(folder, StringComparison.Ordinal) && (path.Length == folder.Length || path[folder.Length] == '/'));
    }

    /// <summary>Without the folder and its slash; "" for the folder itself. The path must lie within it.</summary>
    public static string Below(string path, string folder)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(folder);
        return folder == "/" ? path[1..] : path.Length == folder.Length ? "" : path[(folder.Length + 1)..];
    }

    /// <summary>As in a package: <c>/mod.ts</c>. The path must lie within the folder.</summary>
    public static string InPackage(string path, string folder) => "/" + Below(path, folder);

    /// <summary>Resolves <c>.</c>, <c>..</c> and repeated slashes; an absolute <paramref name="relative"/> stands for itself. More <c>..</c> than folders stay at the root.</summary>
    public static string Resolve(string folder, string relative)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(relative);
        var segments = new List<string>();
        if (!relative.StartsWith('/'))
        {
            segments.AddRange(folder.Split('/', StringSplitOptions.RemoveEmptyEntries));
        }

        foreach (var segment in relative.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (segment == "..")
            {
                if (segments.Count > 0)
                {
                    segments.RemoveAt(segments.Count - 1);
                }
            }
            else if (segment != ".")
            {
                segments.Add(segment);
            }
        }

        var result = new StringBuilder();
        foreach (var segment in segments)
        {
            result.Append('/').Append(segment);
        }

        return result.Length == 0 ? "/" : result.ToString();
    }
}
