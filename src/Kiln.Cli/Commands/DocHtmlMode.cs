using System.Collections.Immutable;
using System.Text;
using Kiln.Analysis.Docs;
using Kiln.Documentation.Pages;
using Kiln.Documentation.Site;
using Kiln.Packages.Files;

namespace Kiln.Cli.Commands;

/// <summary><c>kiln doc --html DIR</c>: a static site. It is written beside DIR and takes its place when it is complete.</summary>
internal static class DocHtmlMode
{
    /// <summary>Larger files are not shown as text.</summary>
    private const int MaxText = 1024 * 1024;

    private const string DefaultRegistry = "https://jsr.io";

    public static int Run(IReadOnlyList<DocInput> inputs, string output, CancellationToken cancellationToken)
    {
        if (inputs.Count != 1)
        {
            Console.Error.WriteLine("kiln: --html shows one package: name the folder of one, not of a workspace with several, and no files beside it");
            return 2;
        }

        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(output));
        if (Obstacle(target, output) is { } obstacle)
        {
            Console.Error.WriteLine($"kiln: {obstacle}");
            return 2;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var fresh = $"{target}.kiln-{Environment.ProcessId}";
        try
        {
            var count = Write(Request(inputs[0], cancellationToken), inputs[0].Sources.Folder, fresh, cancellationToken);
            Replace(target, fresh);
            Console.Error.WriteLine($"{Counted.Of(count, "file")} written; open {Path.Combine(output, "index.html")}");
            return 0;
        }
        finally
        {
            if (Directory.Exists(fresh))
            {
                Directory.Delete(fresh, recursive: true);
            }
        }
    }

    /// <summary>Why the folder cannot be written; null when it can.</summary>
    private static string? Obstacle(string target, string shown)
    {
        if (File.Exists(target))
        {
            return $"'{shown}' is a file";
        }

        if (!Directory.Exists(target) || File.Exists(Path.Combine(target, StaticSite.Mark)) || !Directory.EnumerateFileSystemEntries(target).Any())
        {
            return null;
        }

        return $"'{shown}' holds something else than documentation written by kiln; name a new folder, or empty it";
    }

    private static SiteRequest Request(DocInput input, CancellationToken cancellationToken)
    {
        var folder = input.Sources.Folder;
        var docs = DocBuilder.Build(
            new DocRequest { Graph = input.Sources.Graph, Roots = input.Sources.Roots, Specifier = path => "file://" + InPackage(path, folder), MaxParallelism = Environment.ProcessorCount },
            cancellationToken);
        var sources = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var module in input.Sources.Graph.Modules)
        {
            if (TreePath.IsWithin(module.Path, folder) && ReadText(module.Path) is { } text)
            {
                sources.Add(InPackage(module.Path, folder), text);
            }
        }

        var (readmePath, readme) = Readme(folder);
        return new SiteRequest
        {
            Docs = new PackageDocs
            {
                Name = input.Sources.Name ?? Path.GetFileName(folder),
                Version = input.Sources.Version,
                Modules = docs,
                Entries = [.. Entries(input)],
                Readme = input.Sources.Name is null ? null : readme,
                ReadmePath = readmePath,
                IsPublished = input.Sources.Name?.StartsWith('@') == true,
            },
            Sources = sources,
            HasFile = path => new FileInfo(OnDisk(path, folder)) is { Exists: true, LinkTarget: null },
            ReadText = path => new FileInfo(OnDisk(path, folder)).LinkTarget is null ? ReadText(OnDisk(path, folder)) : null,
            Registry = Environment.GetEnvironmentVariable("JSR_URL") is { Length: > 0 } registry ? registry.TrimEnd('/') : DefaultRegistry,
        };
    }

    /// <summary>Of a package its exports; of files each is one, and a single one is the main entry.</summary>
    private static IEnumerable<DocEntryPoint> Entries(DocInput input)
    {
        var folder = input.Sources.Folder;
        foreach (var (key, path) in input.Sources.Exports)
        {
            var name = input.Sources.Name is not null ? key is "." ? "" : key.StartsWith("./", StringComparison.Ordinal) ? key[2..] : key
                : input.Sources.Exports.Count == 1 ? "" : InPackage(path, folder)[1..];
            yield return new DocEntryPoint(name, "file://" + InPackage(path, folder));
        }
    }

    /// <summary>docs.md §11: the ending is required.</summary>
    private static (string Path, string? Text) Readme(string folder)
    {
        var file = Directory.EnumerateFiles(folder).Where(f => Path.GetFileName(f).ToLowerInvariant() is "readme.md" or "readme.txt" or "readme.markdown").Order(StringComparer.Ordinal).FirstOrDefault();
        return file is null ? ("/README.md", null) : ("/" + Path.GetFileName(file), ReadText(file));
    }

    private static string InPackage(string path, string folder) => TreePath.IsWithin(path, folder) ? path[folder.TrimEnd('/').Length..] : path;

    private static string OnDisk(string path, string folder) => folder.TrimEnd('/') + path;

    /// <summary>Null for what is no text in UTF-8, or too large.</summary>
    private static string? ReadText(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists || file.Length > MaxText)
        {
            return null;
        }

        try
        {
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(File.ReadAllBytes(path));
            return text.Contains('\0', StringComparison.Ordinal) ? null : text.TrimStart('\uFEFF');
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static int Write(SiteRequest request, string folder, string fresh, CancellationToken cancellationToken)
    {
        var progress = new Progress(StaticSite.CountPages(request));
        var count = 0;
        var known = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            foreach (var file in StaticSite.Render(request, cancellationToken))
            {
                var path = Path.Combine(fresh, file.Path);
                var parent = Path.GetDirectoryName(path)!;
                if (known.Add(parent))
                {
                    Directory.CreateDirectory(parent);
                }

                if (file.Text is not null)
                {
                    File.WriteAllText(path, file.Text);
                }
                else
                {
                    File.Copy(OnDisk(file.CopyOf!, folder), path);
                }

                count++;
                progress.Advance();
            }
        }
        finally
        {
            progress.Clear();
        }

        return count;
    }

    /// <summary>Somebody who reads the old site meanwhile finds either the old or the new one.</summary>
    private static void Replace(string target, string fresh)
    {
        if (!Directory.Exists(target))
        {
            Directory.Move(fresh, target);
            return;
        }

        var old = $"{fresh}-old";
        Directory.Move(target, old);
        Directory.Move(fresh, target);
        Directory.Delete(old, recursive: true);
    }
}
