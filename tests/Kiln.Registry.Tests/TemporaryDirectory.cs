namespace Kiln.Registry;

public sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("kiln-test-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
