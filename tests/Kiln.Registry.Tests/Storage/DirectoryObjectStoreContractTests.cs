namespace Kiln.Registry.Storage;

/// <summary>Folders.</summary>
public sealed class DirectoryObjectStoreContractTests : ObjectStoreContract
{
    private readonly TemporaryDirectory place = new();
    private readonly List<DirectoryObjectStore> opened = [];

    private protected override Task<IObjectStore> OpenAsync()
    {
        opened.Add(DirectoryObjectStore.Open(place.Path));
        return Task.FromResult<IObjectStore>(opened[^1]);
    }

    private protected override Task<IObjectStore> OpenAgainAsync() => OpenAsync();

    private protected override ValueTask CloseAsync()
    {
        opened.ForEach(s => s.Dispose());
        place.Dispose();
        return ValueTask.CompletedTask;
    }

    private protected override void AssertNothingTemporary() => Assert.DoesNotContain(
        Directory.EnumerateFiles(System.IO.Path.Combine(place.Path, "tmp"), "*", SearchOption.AllDirectories), f => !f.EndsWith(".lock", StringComparison.Ordinal));
}
