using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace Kiln.Clients.BadInput;

/// <summary>Uploads as another program would write them: the tar format comes from the base class library, not from Kiln.</summary>
internal static class Archive
{
    public const string Config = """{ "name": "@bad/pkg", "version": "1.0.0", "license": "MIT", "exports": "./mod.ts" }""";

    /// <summary>A package that would be accepted, with files added or replaced.</summary>
    public static byte[] Of(params (string Path, string Text)[] files) => Pack([.. Complete(files).Select(f => (f.Path, Encoding.UTF8.GetBytes(f.Text)))]);

    public static byte[] Pack(params (string Path, byte[] Content)[] files) => Gzip(Tar(files));

    /// <summary>A complete package and behind it an entry of any kind.</summary>
    public static byte[] WithEntry(TarEntryType type, string name, string? target = null)
    {
        using var buffer = new MemoryStream();
        using (var writer = new TarWriter(buffer, TarEntryFormat.Ustar, leaveOpen: true))
        {
            Write(writer, [.. Complete([]).Select(f => (f.Path, Encoding.UTF8.GetBytes(f.Text)))]);
            var entry = new UstarTarEntry(type, name);
            if (target is not null)
            {
                entry.LinkName = target;
            }

            writer.WriteEntry(entry);
        }

        return Gzip(buffer.ToArray());
    }

    public static byte[] Tar(params (string Path, byte[] Content)[] files)
    {
        using var buffer = new MemoryStream();
        using (var writer = new TarWriter(buffer, TarEntryFormat.Gnu, leaveOpen: true))
        {
            Write(writer, files);
        }

        return buffer.ToArray();
    }

    public static byte[] Gzip(ReadOnlySpan<byte> content)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(content);
        }

        return buffer.ToArray();
    }

    private static IEnumerable<(string Path, string Text)> Complete((string Path, string Text)[] files) =>
        new[] { ("deno.json", Config), ("mod.ts", "export const one: number = 1;\n") }.Where(d => files.All(f => f.Path != d.Item1)).Concat(files);

    private static void Write(TarWriter writer, (string Path, byte[] Content)[] files)
    {
        foreach (var (path, content) in files)
        {
            TarEntry entry = writer.Format == TarEntryFormat.Gnu ? new GnuTarEntry(TarEntryType.RegularFile, path) : new UstarTarEntry(TarEntryType.RegularFile, path);
            entry.DataStream = new MemoryStream(content);
            writer.WriteEntry(entry);
        }
    }
}
