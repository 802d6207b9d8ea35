using Kiln.Registry.Storage.S3;
using Kiln.Tooling;

namespace Kiln.Registry.Storage;

/// <summary>The S3 store against a real server.</summary>
public abstract class S3ObjectStoreContract : ObjectStoreContract
{
    private readonly TemporaryDirectory spool = new();
    private readonly List<S3ObjectStore> opened = [];
    private readonly StoreTurns turns = new();
    private string? storage;

    private protected override int Rounds => 5;

    private protected StorageAddress Address =>
        StorageAddress.TryParse(storage ?? throw new InvalidOperationException("No store is open."), out var address, out var problem) ? address : throw new InvalidOperationException(problem);

    private protected abstract Task<S3Server> ServerAsync();

    private protected override async Task<IObjectStore> OpenAsync()
    {
        storage ??= await (await ServerAsync()).NewStorageAsync();
        opened.Add(S3ObjectStore.Open(Address, spool.Path, turns.RunAsync));
        return opened[^1];
    }

    private protected override Task<IObjectStore> OpenAgainAsync() => OpenAsync();

    private protected override ValueTask CloseAsync()
    {
        opened.ForEach(s => s.Dispose());
        spool.Dispose();
        return ValueTask.CompletedTask;
    }

    private protected override void AssertNothingTemporary() => Assert.Empty(Directory.EnumerateFileSystemEntries(spool.Path));

    private protected async Task<S3Conditions> ConditionsAsync() => await ((S3ObjectStore)Store).PrepareAsync(None);
}
