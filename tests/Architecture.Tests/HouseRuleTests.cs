namespace Kiln.Architecture;

public sealed class HouseRuleTests
{
    [Fact]
    public void No_source_file_outgrows_a_room()
    {
        var tooLong = Repository.TrackedFiles()
            .Where(f => f.EndsWith(".cs", StringComparison.Ordinal))
            .Select(f => (File: f, Lines: File.ReadLines(Path.Combine(Repository.Root, f)).Count()))
            .Where(f => f.Lines > 800)
            .Select(f => $"{f.File}: {f.Lines} lines");
        Assert.Empty(tooLong);
    }

    [Fact]
    public void Committed_text_names_no_package_registry_host_and_no_machine_path()
    {
        // Spelled in two halves so that this file does not offend itself.
        string[] forbidden = ["registry." + "npmjs.org", "api." + "nuget.org", "deb." + "debian.org", "/work" + "/main", "/work" + "/shared", "/tmp" + "/kiln"];
        var offending =
            from file in Repository.TrackedFiles()
            let path = Path.Combine(Repository.Root, file)
            where File.Exists(path) && new FileInfo(path).Length < 4_000_000
            let text = File.ReadAllText(path)
            from word in forbidden
            where text.Contains(word, StringComparison.OrdinalIgnoreCase)
            select $"{file}: {word}";
        Assert.Empty(offending);
    }

    [Fact]
    public void Every_project_has_a_lock_file()
    {
        var tracked = Repository.TrackedFiles().ToHashSet(StringComparer.Ordinal);
        var missing = tracked.Where(f => f.EndsWith(".csproj", StringComparison.Ordinal))
            .Select(f => Path.GetDirectoryName(f)!.Replace('\\', '/') + "/packages.lock.json")
            .Where(f => !tracked.Contains(f));
        Assert.Empty(missing);
    }

    [Fact]
    public void The_map_stays_a_map()
    {
        Assert.InRange(File.ReadLines(Path.Combine(Repository.Root, "ARCHITECTURE.md")).Count(), 20, 150);
    }
}
