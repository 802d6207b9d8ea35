using Microsoft.Win32.SafeHandles;

namespace Kiln.Registry.Storage;

/// <summary>Errors of the medium must surface, and must leave nothing that looks finished (security.md F06–F08, F34).</summary>
public sealed class DiskFailureTests : IDisposable
{
    private const int IoError = 5;
    private const int NotPermitted = 1;

    private static readonly ObjectKey Key = ObjectKey.Create(Bucket.Modules, "@s/p/1.0.0/mod.ts");

    private readonly TemporaryDirectory place = new();

    public void Dispose() => place.Dispose();

    private sealed class FailingCalls : PosixCalls
    {
        public int FailSyncs { get; set; }

        public int LinkError { get; set; }

        public bool NoReplaceForbidden { get; set; }

        public override int Sync(SafeFileHandle file) => FailSyncs-- > 0 ? IoError : base.Sync(file);

        public override int Link(string source, string target) => LinkError != 0 ? LinkError : base.Link(source, target);

        public override int RenameNoReplace(string source, string target) => NoReplaceForbidden ? NotPermitted : base.RenameNoReplace(source, target);
    }

    [Fact]
    public async Task A_failed_fsync_is_an_error_and_the_object_does_not_exist()
    {
        var calls = new FailingCalls();
        using var store = DirectoryObjectStore.Open(place.Path, calls);
        calls.FailSyncs = 1;
        await Assert.ThrowsAsync<IOException>(async () => await store.CreateAsync(Key, new byte[] { 1 }, default));
        Assert.Null(await store.StatAsync(Key, default));
        Assert.Equal(CreateOutcome.Created, await store.CreateAsync(Key, new byte[] { 1 }, default));
    }

    [Fact]
    public async Task A_failed_fsync_while_replacing_keeps_the_old_bytes()
    {
        var calls = new FailingCalls();
        using var store = DirectoryObjectStore.Open(place.Path, calls);
        await store.ReplaceAsync(Key, "old"u8.ToArray(), default);
        calls.FailSyncs = 1;
        await Assert.ThrowsAsync<IOException>(async () => await store.ReplaceAsync(Key, "new"u8.ToArray(), default));
        await using var stored = await store.OpenAsync(Key, default);
        Assert.Equal("old"u8.ToArray(), await stored!.ReadAllAsync(default));
    }

    [Fact]
    public async Task A_failed_link_is_an_error_and_leaves_no_temporary_file()
    {
        var calls = new FailingCalls();
        using var store = DirectoryObjectStore.Open(place.Path, calls);
        calls.LinkError = IoError;
        await Assert.ThrowsAsync<IOException>(async () => await store.CreateAsync(Key, new byte[] { 1 }, default));
        Assert.DoesNotContain(Directory.EnumerateFiles(place.Path + "/tmp", "*", SearchOption.AllDirectories), f => !f.EndsWith(".lock", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_hard_links_it_renames_without_replacing()
    {
        using var store = DirectoryObjectStore.Open(place.Path, new FailingCalls { LinkError = NotPermitted });
        Assert.Equal(CreateOutcome.Created, await store.CreateAsync(Key, "one"u8.ToArray(), default));
        Assert.Equal(CreateOutcome.Conflict, await store.CreateAsync(Key, "two"u8.ToArray(), default));
        await using var stored = await store.OpenAsync(Key, default);
        Assert.Equal("one"u8.ToArray(), await stored!.ReadAllAsync(default));
    }

    [Fact]
    public void A_file_system_with_neither_is_refused()
    {
        var refused = Assert.Throws<IOException>(() => DirectoryObjectStore.Open(place.Path, new FailingCalls { LinkError = NotPermitted, NoReplaceForbidden = true }));
        Assert.Contains("hard links", refused.Message, StringComparison.Ordinal);
    }
}
