using System.Buffers;
using Kiln.Analysis.Docs.Model;

namespace Kiln.Analysis.Docs.Json;

/// <summary>The JSON form of documentation, version 2 of the reference's: docs.md §1 to §3.</summary>
public static class DocJson
{
    public const int Version = 2;

    /// <summary>UTF-8; with indentation it ends with a line break.</summary>
    public static void Write(IBufferWriter<byte> target, DocSet docs, bool indented)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(docs);
        var output = new JsonOutput(target, indented);
        new DocJsonWriter(output).Write(docs);
        if (indented)
        {
            output.Raw("\n"u8);
        }

        output.Flush();
    }

    public static void Write(Stream target, DocSet docs, bool indented)
    {
        ArgumentNullException.ThrowIfNull(target);
        Write(new StreamBufferWriter(target), docs, indented);
    }

    /// <summary>Reads what <see cref="Write(IBufferWriter{byte}, DocSet, bool)"/> writes, so that it is written the same again.</summary>
    /// <exception cref="FormatException">It is not JSON, not of this version, lacks a member that it needs, or nests deeper than any source can.</exception>
    public static DocSet Read(ReadOnlyMemory<byte> json) => DocJsonReader.Read(json);

    /// <summary>Passes everything on at once.</summary>
    private sealed class StreamBufferWriter(Stream stream) : IBufferWriter<byte>
    {
        private byte[] buffer = [];

        public void Advance(int count) => stream.Write(buffer, 0, count);

        public Memory<byte> GetMemory(int sizeHint = 0)
        {
            if (buffer.Length < Math.Max(sizeHint, 64 * 1024))
            {
                buffer = new byte[Math.Max(sizeHint, 64 * 1024)];
            }

            return buffer;
        }

        public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
    }
}
