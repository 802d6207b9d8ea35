using Kiln.Registry.Publishing;
using Microsoft.Data.Sqlite;

namespace Kiln.Registry.Storage;

/// <summary>security.md §3.5: a disk that is nearly full takes no uploads, so that what was taken can be finished.</summary>
public sealed class RoomTests
{
    [Fact]
    public async Task An_upload_is_refused_before_it_is_read_when_there_is_no_room()
    {
        var store = new FailingStore();
        await using var fixture = await PublishingFixture.StartAsync(wrapStore: store.Wrap);
        store.IsFull = true;
        var body = new UnreadStream();
        var refused = await fixture.Service.SubmitAsync(fixture.Author, new PublishUpload("scope", "pkg", "1.0.0", "/deno.json", "gzip", 100, body), default);
        Assert.Equal(("insufficientStorage", 507), (refused.Error?.Code, refused.Error?.Status));
        Assert.False(body.WasRead);
        await fixture.AssertNothingLeftAsync();

        // Room again: the same upload is taken.
        store.IsFull = false;
        Assert.Equal(PublishingStatus.Success, (await fixture.PublishAsync(FakeBuilder.Tarball("/mod.ts|x"))).Status);
    }

    /// <summary>What is asked for again needs no room.</summary>
    [Fact]
    public async Task A_repeated_upload_is_answered_on_a_full_disk()
    {
        var store = new FailingStore();
        await using var fixture = await PublishingFixture.StartAsync(wrapStore: store.Wrap);
        var body = FakeBuilder.Tarball("/mod.ts|x");
        var first = await fixture.PublishAsync(body);
        store.IsFull = true;
        Assert.Equal(first.Id, (await fixture.SubmitAsync(body)).Value.Id);
    }

    /// <summary>Twice the upload, a twentieth of a small disk, a gibibyte of a large one: what is largest, but never more than a gibibyte for the disk's sake.</summary>
    [Theory]
    [InlineData(99, 2_000, 1, false)]
    [InlineData(100, 2_000, 1, true)]
    [InlineData(100, 2_000, 50, true)]
    [InlineData(100, 2_000, 51, false)]
    [InlineData(1_073_741_823, 1_000_000_000_000, 1, false)]
    [InlineData(1_073_741_824, 1_000_000_000_000, 1, true)]
    [InlineData(1_073_741_824, 1_000_000_000_000, 536_870_912, true)]
    [InlineData(1_073_741_824, 1_000_000_000_000, 536_870_913, false)]
    public void There_is_room_while_enough_stays_free(long free, long total, long bytes, bool hasRoom) => Assert.Equal(hasRoom, DirectoryObjectStore.HasRoom(free, total, bytes));

    [Fact]
    public async Task A_directory_has_no_room_for_more_than_the_disk()
    {
        await using var registry = await TestRegistry.StartAsync();
        var disk = new DriveInfo(registry.Options.DataDirectory);
        Assert.False(registry.Get<DirectoryObjectStore>().HasRoomFor((disk.AvailableFreeSpace / 2) + 1_000_000_000));
    }

    [Fact]
    public void A_full_disk_is_told_from_other_failures()
    {
        Assert.True(OutOfSpace.Caused(PosixCalls.Failure("write", "x", 28)));
        Assert.True(OutOfSpace.Caused(new InvalidOperationException("outer", PosixCalls.Failure("write", "x", 122))));
        Assert.True(OutOfSpace.Caused(new SqliteException("full", 13)));
        Assert.False(OutOfSpace.Caused(PosixCalls.Failure("write", "x", 5)));
        Assert.False(OutOfSpace.Caused(new SqliteException("busy", 5)));
        Assert.False(OutOfSpace.Caused(null));
    }

    private sealed class UnreadStream : MemoryStream
    {
        public bool WasRead { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            WasRead = true;
            return ValueTask.FromResult(0);
        }
    }
}
