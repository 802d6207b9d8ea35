using Kiln.Registry.Storage;

namespace Kiln.Registry.Publishing;

public sealed class TaskServiceTests
{
    private static readonly byte[] One = FakeBuilder.Tarball("/mod.ts|one");
    private static readonly byte[] Two = FakeBuilder.Tarball("/mod.ts|two");

    /// <summary>A worker has given it back, and it looks as if nobody had begun it; but its modules can be read by everybody.</summary>
    [Fact]
    public async Task A_publish_of_which_something_is_public_is_not_cancelled()
    {
        var store = new FailingStore { FailWhen = key => key == ObjectKeys.NpmTarball("scope", "pkg", "1.0.0") };
        await using var fixture = await PublishingFixture.StartAsync(wrapStore: store.Wrap);
        var task = (await fixture.SubmitAsync(One)).Value;
        await fixture.DrainAsync();
        Assert.Equal(1, await fixture.Registry.CountAsync("publishing_tasks", "status = 'pending' AND lease IS NULL AND attempt = 1"));
        Assert.Single(await fixture.ListAsync(Bucket.Modules));

        Assert.Equal(("taskNotPending", 409), await CancelAsync(fixture, task.Id));
        Assert.Equal(PublishingStatus.Pending, (await fixture.Service.GetTaskAsync(task.Id, default)).Value.Status);

        store.FailWhen = _ => false;
        fixture.Registry.Clock.Advance(TimeSpan.FromMinutes(1));
        await fixture.DrainAsync();
        Assert.Equal(PublishingStatus.Success, (await fixture.Service.GetTaskAsync(task.Id, default)).Value.Status);
    }

    [Fact]
    public async Task A_publish_that_failed_before_anything_was_written_can_still_be_cancelled()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        fixture.Builder.Before = () => throw new IOException("memory");
        var task = (await fixture.SubmitAsync(One)).Value;
        await fixture.DrainAsync();
        Assert.Equal(default, await CancelAsync(fixture, task.Id));
        Assert.Equal(0, await fixture.Registry.CountAsync("version_claims"));

        fixture.Builder.Before = () => Task.CompletedTask;
        Assert.Equal(PublishingStatus.Success, (await fixture.PublishAsync(Two)).Status);
        Assert.Equal(PublishingStatus.Failure, (await fixture.Service.GetTaskAsync(task.Id, default)).Value.Status);
    }

    private static async Task<(string? Code, int Status)> CancelAsync(PublishingFixture fixture, Guid task) =>
        (await fixture.Registry.Get<TaskService>().CancelAsync(fixture.Author, task, default)).Error is { } error ? (error.Code, error.Status) : default;
}
