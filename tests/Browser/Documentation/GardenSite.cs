using Kiln.Browser.Harness;
using Kiln.Documentation.Site;
using Kiln.Documentation.Support;

[assembly: AssemblyFixture(typeof(Kiln.Browser.Documentation.GardenSite))]

namespace Kiln.Browser.Documentation;

/// <summary>The static site of the package that pages are tested with, on disk: it must work from there.</summary>
public sealed class GardenSite : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("kiln-garden").FullName;

    public GardenSite()
    {
        foreach (var file in StaticSite.Render(Garden.Site(), CancellationToken.None))
        {
            var path = Path.Combine(folder, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            if (file.Text is not null)
            {
                File.WriteAllText(path, file.Text);
            }
            else
            {
                File.Copy(Garden.Folder + file.CopyOf, path);
            }
        }
    }

    /// <summary>Only the site itself may be asked for.</summary>
    public PageOptions Options => new() { Allowed = [new Uri(folder + "/").AbsoluteUri] };

    public string Address(string path) => new Uri(Path.Combine(folder, path)).AbsoluteUri;

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
