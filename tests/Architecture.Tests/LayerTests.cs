using System.Reflection;
using System.Xml.Linq;

namespace Kiln.Architecture;

/// <summary>DESIGN: <c>TypeScript ← Analysis ← Packages ← Documentation ← Registry ← Server</c> and <c>Documentation ← Cli</c>.</summary>
public sealed class LayerTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Kiln.TypeScript"] = [],
        ["Kiln.Analysis"] = ["Kiln.TypeScript"],
        ["Kiln.Packages"] = ["Kiln.Analysis"],
        ["Kiln.Documentation"] = ["Kiln.Packages"],
        ["Kiln.Registry"] = ["Kiln.Documentation"],
        ["Kiln.Server"] = ["Kiln.Registry"],
        ["Kiln.Cli"] = ["Kiln.Documentation"],
    };

    [Fact]
    public void Every_source_project_references_only_the_layer_below_it()
    {
        var projects = Directory.GetFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories);
        Assert.Equal(Allowed.Keys.Order(StringComparer.Ordinal), projects.Select(p => Path.GetFileNameWithoutExtension(p)!).Order(StringComparer.Ordinal));
        foreach (var project in projects)
        {
            var references = XDocument.Load(project).Descendants("ProjectReference")
                .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')));
            Assert.Equal(Allowed[Path.GetFileNameWithoutExtension(project)], references);
        }
    }

    [Fact]
    public void The_parser_depends_on_no_package()
    {
        var project = XDocument.Load(Path.Combine(Repository.Root, "src/Kiln.TypeScript/Kiln.TypeScript.csproj"));
        Assert.Empty(project.Descendants("PackageReference"));
    }

    [Theory]
    [InlineData("Kiln.TypeScript")]
    [InlineData("Kiln.Analysis")]
    [InlineData("Kiln.Packages")]
    [InlineData("Kiln.Documentation")]
    public void Pure_layers_touch_no_file_network_clock_or_container(string assembly)
    {
        string[] forbidden =
        [
            "System.IO.File", "System.IO.Directory", "System.IO.FileStream", "System.IO.FileInfo", "System.Net.", "System.Diagnostics.Process",
            "System.TimeProvider", "System.Environment.GetEnvironmentVariable", "System.DateTime.get_Now", "System.DateTime.get_UtcNow",
            "System.DateTimeOffset.get_Now", "System.DateTimeOffset.get_UtcNow", "Microsoft.Extensions.DependencyInjection.",
        ];
        var used = MemberUses.Of(Assembly.Load(assembly))
            .Select(m => $"{m.DeclaringType?.FullName}.{m.Name}")
            .Where(name => forbidden.Any(f => name.StartsWith(f.EndsWith('.') ? f : f + ".", StringComparison.Ordinal) || name == f))
            .Distinct(StringComparer.Ordinal);
        Assert.Empty(used);
    }

    [Theory]
    [InlineData("Kiln.TypeScript")]
    [InlineData("Kiln.Analysis")]
    [InlineData("Kiln.Packages")]
    [InlineData("Kiln.Documentation")]
    public void Pure_layers_have_no_static_that_changes(string assembly)
    {
        var changing = Assembly.Load(assembly).GetTypes()
            .SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(f => f is { IsInitOnly: false, IsLiteral: false })
            .Select(f => $"{f.DeclaringType!.FullName}.{f.Name}")
            .Where(name => !name.Contains('<', StringComparison.Ordinal)); // compiler-made caches of lambdas
        Assert.Empty(changing);
    }
}
