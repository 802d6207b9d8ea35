using Kiln.Packages.Tar;
using Kiln.Packages.Tests.Support;
using static Kiln.Packages.PublishErrorCodes;

namespace Kiln.Packages.Tests.Tar;

/// <summary>One crooked archive per rule. Each differs in one thing from an archive that is accepted.</summary>
public sealed class PackageTarReaderRejectTests
{
    private static TarForge Forge => new TarForge().File("first.ts");

    [Theory]
    [InlineData("../x")]
    [InlineData("a/../../x")]
    [InlineData("./../x")]
    [InlineData("/../x")]
    [InlineData("a/./b")]
    [InlineData("././b")]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("")]
    [InlineData("a//b")]
    [InlineData("//b")]
    [InlineData("a/")]
    [InlineData("C:\\x")]
    [InlineData("a\\..\\b")]
    [InlineData("\\\\srv\\x")]
    [InlineData("a%2f..")]
    [InlineData("a b")]
    [InlineData("a ")]
    [InlineData("a.")]
    [InlineData("con.ts")]
    [InlineData("NUL")]
    [InlineData("aux.d.ts")]
    [InlineData("_dist/x.js")]
    [InlineData("é")]
    [InlineData("e\u0301")]
    [InlineData("\u202ea")]
    [InlineData("\u212a")]
    [InlineData("a\u0001b")]
    public async Task Rejects_a_path(string name)
    {
        await TarAssert.RejectsAsync(InvalidPath, Forge.File(name));
        if (name.Length > 0)
        {
            await TarAssert.RejectsAsync(InvalidPath, Forge.Pax(("path", name)).File("ok"));
            await TarAssert.RejectsAsync(InvalidPath, Forge.LongName(name).File("ok"));
        }
    }

    [Fact]
    public async Task Rejects_a_path_that_climbs_out_over_the_ustar_prefix()
    {
        await TarAssert.RejectsAsync(InvalidPath, Forge.File("x", prefix: ".."));
        await TarAssert.RejectsAsync(InvalidPath, Forge.File("../x", prefix: "a"));
        await TarAssert.RejectsAsync(InvalidPath, Forge.File("/x", prefix: "a"));
    }

    [Fact]
    public async Task Rejects_a_name_in_another_encoding_than_UTF_8() =>
        await TarAssert.RejectsAsync(InvalidPath, Forge.File("abc", twist: h => h[1] = 0xe9));

    [Fact]
    public async Task Rejects_a_NUL_in_a_PAX_path() => await TarAssert.RejectsAsync(InvalidPath, Forge.Pax(("path", "a\0b")).File("ok"));

    [Theory]
    [InlineData('1', TarForge.Ustar)]
    [InlineData('2', TarForge.Ustar)]
    [InlineData('1', TarForge.V7)]
    [InlineData('2', TarForge.Gnu)]
    public async Task Rejects_a_link_entry(char type, string magic) =>
        await TarAssert.RejectsAsync(LinkInTarball, Forge.File("link", "", type, magic, twist: h => TarForge.Put(h, 157, "/etc/passwd")).File("link/x"));

    [Fact]
    public async Task Rejects_a_link_target_on_a_regular_file()
    {
        await TarAssert.RejectsAsync(LinkInTarball, Forge.Pax(("linkpath", "/etc/passwd")).File("a"));
        await TarAssert.RejectsAsync(LinkInTarball, Forge.LongName("/etc/passwd", 'K').File("a"));
    }

    [Fact]
    public async Task A_link_is_reported_before_its_bad_path() => await TarAssert.RejectsAsync(LinkInTarball, Forge.File("../x", "", '2'));

    [Theory]
    [InlineData('3')]
    [InlineData('4')]
    [InlineData('6')]
    [InlineData('7')]
    [InlineData('S')]
    [InlineData('Z')]
    [InlineData('D')]
    [InlineData('M')]
    [InlineData('V')]
    [InlineData('X')]
    [InlineData(' ')]
    [InlineData('\u0001')]
    [InlineData('\u00ff')]
    public async Task Rejects_an_entry_type(char type) => await TarAssert.RejectsAsync(InvalidEntryType, Forge.File("../a", "", type));

    [Fact]
    public async Task Rejects_a_sparse_file_in_PAX_clothes() =>
        await TarAssert.RejectsAsync(InvalidEntryType, Forge.Pax(("GNU.sparse.major", "1"), ("GNU.sparse.minor", "0")).File("a"));

    [Theory]
    [InlineData(".git/config")]
    [InlineData("./.git/config")]
    [InlineData("/.GIT/config")]
    [InlineData(".git/hooks/x")]
    public async Task Rejects_files_of_git(string name) => await TarAssert.RejectsAsync(InvalidGitPath, Forge.File(name));

    [Fact]
    public async Task A_folder_named_like_git_elsewhere_is_a_folder() =>
        await TarAssert.AcceptsAsync(new TarForge().File(".github/x").File("a/.git/x").File(".gitignore").Gzip(), ("/.github/x", "x"), ("/a/.git/x", "x"), ("/.gitignore", "x"));

    [Fact]
    public async Task Rejects_a_file_over_20_MiB_by_its_header_alone()
    {
        const long Limit = 20 * 1024 * 1024;
        await TarAssert.RejectsAsync(FileTooLarge, new TarForge().Header("a", Limit + 1).Gzip());
        await TarAssert.RejectsAsync(FileTooLarge, new TarForge().Header("a", 0, twist: h => { h.AsSpan(124, 12).Clear(); h[124] = 0x80; h[128] = 0x7f; }).Gzip());

        // Exactly the limit is no error of size, so what is reported is that the contents are missing.
        await TarAssert.RejectsAsync(InvalidTarball, TarForge.Gzip(new TarForge().Header("a", Limit).Unended()));
    }

    [Fact]
    public async Task Rejects_files_of_more_than_20_MiB_together()
    {
        var forge = new TarForge().Entry("a", new byte[10 * 1024 * 1024]).Entry("b", new byte[10 * 1024 * 1024]);
        await TarAssert.RejectsAsync(PackageTooLarge, forge.File("c"));
    }

    [Theory]
    [InlineData("a.ts", "a.ts")]
    [InlineData("A.ts", "a.ts")]
    [InlineData("./a.ts", "/a.ts")]
    [InlineData("Dir/a.ts", "dir/A.ts")]
    [InlineData("a", "a/b.ts")]
    [InlineData("a/b/c.ts", "A")]
    [InlineData("a/b/c.ts", "a/B")]
    public async Task Rejects_two_files_that_one_file_system_cannot_hold(string one, string two) =>
        await TarAssert.RejectsAsync(CaseInsensitiveDuplicatePath, Forge.File(one).File(two));

    [Fact]
    public async Task Rejects_more_than_10_000_files()
    {
        static byte[] Files(int count) => Enumerable.Range(0, count).Aggregate(new TarForge(), (f, i) => f.File($"f{i}", "")).Gzip();
        var result = await TarAssert.ReadAsync(Files(10_000));
        Assert.Equal(10_000, result.Files?.Count);
        await TarAssert.RejectsAsync(TooManyFiles, Files(10_001));
        await TarAssert.RejectsAsync(TooManyFiles, Files(20_001));
    }

    [Fact]
    public async Task Rejects_more_than_20_000_entries_of_any_kind()
    {
        var folders = Enumerable.Range(0, 20_001).Aggregate(new TarForge(), (f, i) => f.File("d/", "", '5')).Gzip();
        await TarAssert.RejectsAsync(TooManyFiles, folders);
    }

    [Theory]
    [InlineData("2048")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("abc")]
    [InlineData("9e9")]
    [InlineData("")]
    [InlineData(" 3")]
    [InlineData("3 ")]
    [InlineData("0x3")]
    [InlineData("99999999999999999999")]
    public async Task Rejects_a_PAX_size_that_differs_from_the_header(string size) =>
        await TarAssert.RejectsAsync(InvalidTarball, new TarForge().Pax(("size", size)).File("a", "xyz").File("link", "", '2').Zeros(4));

    [Theory]
    [InlineData("")]
    [InlineData("00000000009\0")]
    [InlineData("-0000000001\0")]
    [InlineData("0000000 003\0")]
    [InlineData("3abc\0\0\0\0\0\0\0\0")]
    [InlineData("            ")]
    public async Task Rejects_a_size_that_is_no_octal_number(string field) =>
        await TarAssert.RejectsAsync(InvalidTarball, Forge.File("a", "xyz", twist: h => { h.AsSpan(124, 12).Clear(); TarForge.Put(h, 124, field); }));

    [Theory]
    [InlineData(0xff, 0xff)]
    [InlineData(0x80, 0xff)]
    [InlineData(0x81, 0x00)]
    [InlineData(0xc0, 0x00)]
    public async Task Rejects_a_base_256_size_that_is_negative_or_beyond_64_bits(byte first, byte rest) =>
        await TarAssert.RejectsAsync(InvalidTarball, Forge.File("a", twist: h => { h.AsSpan(125, 11).Fill(rest); h[124] = first; }));

    [Theory]
    [InlineData("path=evil")]
    [InlineData("12 path=evil")]
    [InlineData("13 path=evil\nx")]
    [InlineData("999 path=evil\n")]
    [InlineData("4 a=\n")]
    [InlineData("6 =ab\n")]
    [InlineData("7 abcd\n")]
    [InlineData(" 8 a=bcd\n")]
    [InlineData("-8 a=bcd\n")]
    [InlineData("0 a=bcd\n")]
    [InlineData("\0\0\0\0")]
    public async Task Rejects_a_malformed_PAX_record(string content) => await TarAssert.RejectsAsync(InvalidTarball, Forge.PaxRaw('x', content).File("a"));

    [Fact]
    public async Task Rejects_what_two_tools_would_name_differently()
    {
        await TarAssert.RejectsAsync(InvalidTarball, Forge.Pax(("path", "a"), ("path", "b")).File("c"));
        await TarAssert.RejectsAsync(InvalidTarball, Forge.Pax(("path", "")).File("c"));
        await TarAssert.RejectsAsync(InvalidTarball, Forge.Pax(("path", "a")).Pax(("path", "b")).File("c"));
        await TarAssert.RejectsAsync(InvalidTarball, Forge.Pax(("path", "a")).LongName("b").File("c"));
        await TarAssert.RejectsAsync(InvalidTarball, Forge.LongName("a").LongName("b").File("c"));
        await TarAssert.RejectsAsync(InvalidTarball, Forge.LongName("a\0b").File("c"));
        await TarAssert.RejectsAsync(InvalidTarball, Forge.LongName("").File("c"));
        await TarAssert.RejectsAsync(InvalidTarball, Forge.Pax(("size", "1"), ("size", "1")).File("c"));
    }

    [Theory]
    [InlineData("path", "evil")]
    [InlineData("size", "1")]
    [InlineData("linkpath", "x")]
    [InlineData("uid", "0")]
    [InlineData("GNU.sparse.major", "1")]
    public async Task Rejects_a_global_header_that_changes_entries(string key, string value) =>
        await TarAssert.RejectsAsync(InvalidTarball, Forge.GlobalPax(("comment", "c"), (key, value)).File("a"));

    [Fact]
    public async Task Rejects_a_folder_with_contents() => await TarAssert.RejectsAsync(InvalidTarball, Forge.File("d/", "x", '5'));

    [Fact]
    public async Task Rejects_metadata_over_64_KiB_before_reading_it()
    {
        await TarAssert.RejectsAsync(PackageTooLarge, Forge.Header("x", 65_537, 'x').Gzip());
        await TarAssert.RejectsAsync(PackageTooLarge, Forge.Header("x", 65_537, 'L', TarForge.Gnu).Gzip());
        await TarAssert.RejectsAsync(PackageTooLarge, Forge.Header("x", 65_537, 'g').Gzip());
        await TarAssert.AcceptsAsync(Forge.Pax(("comment", new string('c', 60_000))).File("a").Gzip(), ("/first.ts", "x"), ("/a", "x"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(99)]
    [InlineData(124)]
    [InlineData(150)]
    [InlineData(156)]
    [InlineData(500)]
    public async Task Rejects_a_header_with_a_wrong_checksum(int position)
    {
        var tar = Forge.Tar();
        tar[position] ^= 1;
        await TarAssert.RejectsAsync(InvalidTarball, TarForge.Gzip(tar));
    }

    [Fact]
    public async Task Rejects_an_archive_without_its_two_end_blocks()
    {
        await TarAssert.RejectsAsync(InvalidTarball, TarForge.Gzip(Forge.Unended()));
        await TarAssert.RejectsAsync(InvalidTarball, TarForge.Gzip(Forge.Zeros(1).Unended()));
        await TarAssert.RejectsAsync(InvalidTarball, TarForge.Gzip([.. Forge.Zeros(1).Unended(), .. new byte[511]]));
        await TarAssert.RejectsAsync(InvalidTarball, TarForge.Gzip([]));
    }

    [Fact]
    public async Task Rejects_entries_after_the_end()
    {
        await TarAssert.RejectsAsync(InvalidTarball, Forge.Zeros(1).File("a"));
        await TarAssert.RejectsAsync(InvalidTarball, Forge.Zeros(2).File("a"));
        await TarAssert.RejectsAsync(InvalidTarball, TarForge.Gzip([.. Forge.Tar(), .. new byte[300], 1]));
    }

    [Fact]
    public async Task Rejects_metadata_without_an_entry()
    {
        await TarAssert.RejectsAsync(InvalidTarball, Forge.Pax(("path", "a")));
        await TarAssert.RejectsAsync(InvalidTarball, Forge.LongName("a"));
    }

    [Fact]
    public async Task Rejects_contents_that_are_cut_off() =>
        await TarAssert.RejectsAsync(InvalidTarball, TarForge.Gzip(new TarForge().Header("a", 2000).Raw(new byte[1000]).Unended()));

    [Fact]
    public async Task Rejects_a_second_gzip_member_and_other_bytes_after_the_first()
    {
        var good = Forge.Gzip();
        await TarAssert.RejectsAsync(InvalidTarball, [.. good, .. good]);
        await TarAssert.RejectsAsync(InvalidTarball, [.. good, .. TarForge.Gzip([])]);
        await TarAssert.RejectsAsync(InvalidTarball, [.. good, 0]);
        await TarAssert.RejectsAsync(InvalidTarball, [.. good, .. "garbage"u8]);
        await TarAssert.RejectsAsync(InvalidTarball, [.. good, .. good[^8..]]);
        await TarAssert.RejectsAsync(InvalidTarball, [.. good, .. new byte[100_000]]);
        await TarAssert.RejectsAsync(InvalidTarball, [.. TarForge.Gzip(Forge.Unended()), .. TarForge.Gzip(new byte[1024])]);
    }

    [Fact]
    public async Task Rejects_what_is_no_gzip()
    {
        await TarAssert.RejectsAsync(InvalidTarball, []);
        await TarAssert.RejectsAsync(InvalidTarball, Forge.Tar());
        await TarAssert.RejectsAsync(InvalidTarball, "hello"u8.ToArray());
        foreach (var (position, value) in new[] { (0, 0), (1, 0), (2, 7), (3, 0x20), (3, 0x80) })
        {
            var bad = Forge.Gzip();
            bad[position] = (byte)value;
            await TarAssert.RejectsAsync(InvalidTarball, bad);
        }
    }

    [Fact]
    public async Task Rejects_a_wrong_gzip_checksum_or_length()
    {
        for (var i = 1; i <= 8; i++)
        {
            var bad = Forge.Gzip();
            bad[^i] ^= 0x10;
            await TarAssert.RejectsAsync(InvalidTarball, bad);
        }
    }

    [Fact]
    public async Task A_message_shows_a_hostile_name_in_printable_form()
    {
        var error = await TarAssert.RejectsAsync(InvalidPath, Forge.File("\u202egpj\u001b[2J").Gzip());
        Assert.Contains("\\u{202e}gpj\\u{1b}[2J", error.Message, StringComparison.Ordinal);
        error = await TarAssert.RejectsAsync(InvalidPath, Forge.Pax(("path", new string('a', 50_000))).File("a").Gzip());
        Assert.InRange(error.Message.Length, 1, 400);
    }
}
