using System.Text.RegularExpressions;
using Kiln.Faults.Harness;

namespace Kiln.Faults;

/// <summary>
/// security.md §3.9.3: kill -9 keeps the page cache, so only the order of system calls shows that what was acknowledged is on the disk. For every object that a publish makes: write,
/// fsync of the file, link or rename, fsync of its folder; and only then what depends on it.
/// </summary>
public sealed partial class DurabilityTests(ReferenceRun reference)
{
    [Fact]
    public async Task Every_object_is_on_the_disk_before_anything_says_so()
    {
        await using var installation = reference.NewInstallation();
        await installation.StartAsync();
        await installation.SettleAsync();
        IReadOnlyList<SystemCall> calls;
        Guid task;
        await using (var strace = await Strace.AttachAsync(installation, "-y", "-s", "4000", "-e", "trace=pwrite64,pwritev,fsync,fdatasync,link,rename,sendto,sendmsg,write"))
        {
            task = await installation.MustSubmitAsync(reference.Target);
            await installation.MustSucceedAsync(task);
            await strace.DetachAsync();
            calls = SystemCalls.Read(strace.Log);
        }

        var objects = Path.Combine(installation.Data, "objects") + "/";
        var placed = calls.Where(c => c.Name is "link" or "rename" && c.Result == 0).Select(c => (Call: c, Paths: Quoted().Matches(c.Arguments).Select(m => m.Groups[1].Value).ToArray()))
            .Where(p => p.Paths.Length == 2 && p.Paths[1].StartsWith(objects, StringComparison.Ordinal)).ToArray();

        // 1. The upload, ten modules, the npm tarball and the manifest are linked; documents are renamed.
        string[] linked = [.. placed.Where(p => p.Call.Name == "link").Select(p => p.Paths[1][objects.Length..])];
        foreach (var url in reference.Target.Files.Keys.Select(f => $"modules/@{SamplePackage.Scope}/{SamplePackage.Name}/{reference.Target.Version}{f}"))
        {
            Assert.Contains(url, linked);
        }

        Assert.Contains($"staging/{task}.tar.gz", linked);
        Assert.Contains($"modules/{reference.Target.VersionMetaUrl}", linked);
        var documents = placed.Where(p => p.Call.Name == "rename").ToArray();
        Assert.Contains(documents, d => d.Paths[1] == $"{objects}modules/{SamplePackage.MetaUrl}");

        foreach (var (call, paths) in placed)
        {
            // 2. Its bytes were written and synced under the temporary name before it got its own.
            var writes = calls.Where(c => c.Name is "pwrite64" or "pwritev" or "write" && c.Arguments.Contains($"<{paths[0]}>", StringComparison.Ordinal)).ToArray();
            Assert.NotEmpty(writes);
            Assert.All(writes, w => Assert.True(w.Result > 0));
            var sync = calls.FirstOrDefault(c => c.Name == "fsync" && c.Result == 0 && c.Begin > writes[^1].End && c.End < call.Begin && c.Arguments.Contains($"<{paths[0]}>", StringComparison.Ordinal));
            Assert.True(sync is not null, $"{paths[1]} was given its name before its bytes were on the disk");

            // 3. And the folder was synced afterwards.
            Assert.True(SyncOfFolder(calls, call, paths[1]) is not null, $"the name of {paths[1]} was never put on the disk");
        }

        // 4. The upload is acknowledged after its name is on the disk, and after a commit was: the log of the database is synced in between.
        var upload = placed.Single(p => p.Paths[1].EndsWith($"staging/{task}.tar.gz", StringComparison.Ordinal));
        var uploadSync = SyncOfFolder(calls, upload.Call, upload.Paths[1])!;
        var acknowledgement = calls.First(c => c.Name is "sendto" or "sendmsg" && c.Begin > upload.Call.Begin && c.Arguments.Contains(task.ToString(), StringComparison.Ordinal));
        Assert.True(uploadSync.End < acknowledgement.Begin, "the upload was acknowledged too early");
        Assert.Contains(calls, c => IsCommit(c) && c.Begin > uploadSync.End && c.End < acknowledgement.Begin);

        // 5. Modules, tarball and manifest are there before the commit that makes the version; the package's document comes after it.
        var names = placed.Where(p => p.Call.Name == "link" && p != upload).Select(p => SyncOfFolder(calls, p.Call, p.Paths[1])!.End).Max();
        var meta = documents.First(d => d.Paths[1] == $"{objects}modules/{SamplePackage.MetaUrl}").Call;
        Assert.True(names < meta.Begin);
        Assert.Contains(calls, c => IsCommit(c) && c.Begin > names && c.End < meta.Begin);

        // 6. Nobody is told of success before the last of the documents is there.
        var last = documents.Select(d => SyncOfFolder(calls, d.Call, d.Paths[1])!.End).Max();
        var success = calls.First(c => c.Name is "sendto" or "sendmsg" && c.Arguments.Contains("\\\"success\\\"", StringComparison.Ordinal));
        Assert.True(last < success.Begin, "success was told too early");
    }

    private static bool IsCommit(SystemCall call) => call.Name is "fsync" or "fdatasync" && call.Result == 0 && call.Arguments.Contains("kiln.db-wal>", StringComparison.Ordinal);

    private static SystemCall? SyncOfFolder(IReadOnlyList<SystemCall> calls, SystemCall placed, string path) =>
        calls.FirstOrDefault(c => c.Name == "fsync" && c.Result == 0 && c.Begin > placed.End && c.Arguments.EndsWith($"<{Path.GetDirectoryName(path)}>", StringComparison.Ordinal));

    [GeneratedRegex("\"([^\"]*)\"", RegexOptions.None, 1000)]
    private static partial Regex Quoted();
}
