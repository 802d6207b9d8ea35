using System.Buffers.Binary;
using System.Text;
using Kiln.Registry.Storage;

namespace Kiln.Registry.Docs;

/// <summary>Packs as they are written, and as nobody should ever find them.</summary>
public sealed class DocPackTests : IDisposable
{
    private readonly TemporaryDirectory place = new();
    private readonly DirectoryObjectStore store;
    private int packs;

    public DocPackTests() => store = DirectoryObjectStore.Open(place.Path);

    public void Dispose()
    {
        store.Dispose();
        place.Dispose();
    }

    [Fact]
    public async Task Every_piece_comes_back_and_others_are_not_there()
    {
        var pieces = Enumerable.Range(0, 500).ToDictionary(i => $"s\nentry{i % 7}\nName{i}", i => Encoding.UTF8.GetBytes(new string((char)('a' + (i % 26)), i * 31)));
        var pack = await OpenAsync(Pack(pieces));
        foreach (var (name, content) in pieces)
        {
            Assert.Equal(content, await pack!.ReadAsync(name, default));
        }

        foreach (var name in new[] { "", "s", "s\nentry0\nName", "s\nentry0\nName00", "zzz" })
        {
            Assert.Null(await pack!.ReadAsync(name, default));
        }

        Assert.Equal(pieces.Keys.Order(StringComparer.Ordinal), pack!.Pieces.Select(p => p.Key));
    }

    [Fact]
    public void The_order_of_the_pieces_does_not_show()
    {
        var pieces = Enumerable.Range(0, 50).ToDictionary(i => $"piece {i}", i => Encoding.UTF8.GetBytes($"content {i}"));
        Assert.Equal(Pack(pieces), Pack(pieces.Reverse()));
    }

    [Fact]
    public async Task A_pack_may_be_empty_and_so_may_a_piece()
    {
        Assert.Empty((await OpenAsync(Pack([])))!.Pieces);
        var nothing = await (await OpenAsync(Pack([new("nothing", [])])))!.ReadAsync("nothing", default);
        Assert.Empty(nothing!);
    }

    [Fact]
    public async Task A_pack_that_does_not_exist_is_not_there()
    {
        Assert.Null(await DocPack.OpenAsync(store, ObjectKeys.DocPages("s", "p", "1.0.0", "none"), default));
        var key = await PutAsync(Pack([new("one", [1])]));
        var pack = await DocPack.OpenAsync(store, key, default);
        await store.DeleteAsync(key, default);
        Assert.Null(await pack!.ReadAsync("one", default));
    }

    [Fact]
    public void Bounds_are_told_before_they_are_passed()
    {
        using var writer = new DocPackWriter();
        Assert.False(writer.TryAdd("large", new byte[DocPackFormat.LargestPiece + 1]));
        Assert.False(writer.TryAdd(new string('k', DocPackFormat.LongestKey + 1), [1]));
        Assert.True(writer.TryAdd("large", new byte[DocPackFormat.LargestPiece]));
    }

    [Fact]
    public async Task A_pack_without_its_end_is_refused_wherever_it_was_cut()
    {
        var whole = Pack([new("a", "first"u8.ToArray()), new("b", "second"u8.ToArray())]);
        for (var length = 0; length < whole.Length; length++)
        {
            await RefusesAsync(whole[..length], $"cut at {length}");
        }

        await RefusesAsync([.. whole, 0], "one byte more");
    }

    [Fact]
    public async Task No_changed_byte_gives_other_text()
    {
        var whole = Pack([new("a", "first"u8.ToArray()), new("b", "second, which is a little longer"u8.ToArray())]);
        for (var i = DocPackFormat.Magic.Length; i < whole.Length; i++)
        {
            foreach (var bit in new[] { 1, 128 })
            {
                var damaged = whole.ToArray();
                damaged[i] ^= (byte)bit;
                try
                {
                    var pack = await OpenAsync(damaged);
                    foreach (var (name, text) in new[] { ("a", "first"), ("b", "second, which is a little longer") })
                    {
                        Assert.Equal(text, Encoding.UTF8.GetString((await pack!.ReadAsync(name, default))!));
                    }

                    Assert.Fail($"Nobody noticed the change at {i}.");
                }
                catch (InvalidDataException)
                {
                    // As it should be.
                }
            }
        }
    }

    /// <summary>Footers and indexes that were written on purpose, with the right hashes.</summary>
    [Fact]
    public async Task Lengths_and_places_that_cannot_be_are_refused_before_anything_is_allocated()
    {
        byte[] Entry(string key, long offset, int compressed, int length)
        {
            var name = Encoding.UTF8.GetBytes(key);
            var entry = new byte[DocPackFormat.EntryLength + name.Length];
            BinaryPrimitives.WriteUInt16LittleEndian(entry, (ushort)name.Length);
            name.CopyTo(entry, 2);
            BinaryPrimitives.WriteInt64LittleEndian(entry.AsSpan(2 + name.Length), offset);
            BinaryPrimitives.WriteInt32LittleEndian(entry.AsSpan(10 + name.Length), compressed);
            BinaryPrimitives.WriteInt32LittleEndian(entry.AsSpan(14 + name.Length), length);
            return entry;
        }

        byte[][] hostile =
        [
            Index(int.MaxValue),
            Index(-1),
            Index(2, Entry("a", 8, 1, 1)),
            Index(1, Entry("a", 8, 1, int.MaxValue)),
            Index(1, Entry("a", 8, 1, -1)),
            Index(1, Entry("a", 8, int.MaxValue, 1)),
            Index(1, Entry("a", 8, 0, 1)),
            Index(1, Entry("a", long.MaxValue, 1, 1)),
            Index(1, Entry("a", -1, 1, 1)),
            Index(1, Entry("a", 0, 1, 1)),
            Index(2, Entry("b", 8, 1, 1), Entry("a", 8, 1, 1)),
            Index(2, Entry("a", 8, 1, 1), Entry("a", 8, 1, 1)),
            Index(1, Entry("a", 8, 1, 1), [0]),
            Index(1, [255, 255, .. Entry("a", 8, 1, 1)[2..]]),
            Index(1, [1, 0, 0xFF, .. Entry("", 8, 1, 1)[2..]]),
        ];
        foreach (var (index, i) in hostile.Select((h, i) => (h, i)))
        {
            await RefusesAsync(DocPackForgery.Around(index), $"index {i}");
        }

        await RefusesAsync(DocPackForgery.Around(Index(0), lengthSaid: DocPackFormat.LargestIndex + 1), "too long an index");
        await RefusesAsync(DocPackForgery.Around(Index(0), lengthSaid: -1), "a negative length");
        await RefusesAsync(DocPackForgery.Around(Index(0), lengthSaid: 5), "an index that is shorter than it says");
        await RefusesAsync(DocPackForgery.Around(Index(0), offsetSaid: long.MaxValue), "an index that is nowhere");
        await RefusesAsync(DocPackForgery.Around(Index(0), offsetSaid: -8), "an index before the start");
        Assert.Empty((await OpenAsync(DocPackForgery.Around(Index(0))))!.Pieces); // The forgery itself is sound.
    }

    private static byte[] Index(int count, params byte[][] entries)
    {
        var head = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(head, count);
        return [.. head, .. entries.SelectMany(e => e)];
    }

    private static byte[] Pack(IEnumerable<KeyValuePair<string, byte[]>> pieces)
    {
        using var writer = new DocPackWriter();
        foreach (var (name, content) in pieces)
        {
            Assert.True(writer.TryAdd(name, content));
        }

        return writer.Finish();
    }

    private async Task<ObjectKey> PutAsync(byte[] bytes)
    {
        var key = ObjectKeys.DocPages("s", "p", "1.0.0", $"pack{packs++}");
        await store.ReplaceAsync(key, bytes, default);
        return key;
    }

    private async Task<DocPack?> OpenAsync(byte[] bytes) => await DocPack.OpenAsync(store, await PutAsync(bytes), default);

    private async Task RefusesAsync(byte[] bytes, string what)
    {
        try
        {
            await OpenAsync(bytes);
        }
        catch (InvalidDataException)
        {
            return;
        }

        Assert.Fail($"Accepted: {what}.");
    }
}
