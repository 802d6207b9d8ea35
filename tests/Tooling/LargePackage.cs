using System.Text.Json;

namespace Kiln.Tooling;

/// <summary><c>effect</c> as a package: more than four hundred entry points over six hundred modules.</summary>
internal static class LargePackage
{
    public static void Write(string folder)
    {
        var package = Path.Combine(ToolPaths.PackageModules, "effect");
        TemporaryFolder.Copy(Path.Combine(package, "src"), Path.Combine(folder, "src"));
        File.Copy(Path.Combine(package, "README.md"), Path.Combine(folder, "README.md"));
        var exports = Directory.EnumerateFiles(Path.Combine(folder, "src"), "*.ts", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(folder, f).Replace('\\', '/'))
            .Where(f => !f.Contains("/internal/", StringComparison.Ordinal))
            .ToDictionary(f => f == "src/index.ts" ? "." : "./" + f["src/".Length..^".ts".Length], f => "./" + f);
        File.WriteAllText(Path.Combine(folder, "deno.json"), JsonSerializer.Serialize(new { name = "@kiln/effect", version = "1.0.0", exports }));
    }
}
