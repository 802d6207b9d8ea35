using System.Text;
using Kiln.Packages.Licenses;

namespace Kiln.Packages.Tests.Licenses;

public sealed class LicenseDetectorTests
{
    // As people write it into a LICENSE file; wording of the Open Source Initiative.
    private const string Mit = """
        The MIT License (MIT)

        Copyright (c) 2019-2026 Jane Doe <jane@example.com>
        Copyright 2020 Example Ltd.

        Permission is hereby granted, free of charge, to any person obtaining a copy
        of this software and associated documentation files (the "Software"), to deal
        in the Software without restriction, including without limitation the rights
        to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
        copies of the Software, and to permit persons to whom the Software is
        furnished to do so, subject to the following conditions:

        The above copyright notice and this permission notice shall be included in all
        copies or substantial portions of the Software.

        THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
        IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
        FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
        AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
        LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
        OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
        SOFTWARE.
        """;

    private const string Isc = """
        ISC License

        Copyright (c) 2021, Somebody

        Permission to use, copy, modify, and/or distribute this software for any
        purpose with or without fee is hereby granted, provided that the above
        copyright notice and this permission notice appear in all copies.

        THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES
        WITH REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED WARRANTIES OF
        MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR
        ANY SPECIAL, DIRECT, INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES
        WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN
        ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF
        OR IN CONNECTION WITH THE USE OR PERFORMANCE OF THIS SOFTWARE.
        """;

    [Fact]
    public void The_configuration_file_has_the_first_word()
    {
        Assert.Equal("MIT OR Apache-2.0", Detect(" MIT OR Apache-2.0 ", ("/LICENSE", Isc)));
    }

    [Fact]
    public void An_unknown_license_in_the_configuration_file_is_not_replaced_by_a_file()
    {
        var error = Fail("My-Own", ("/LICENSE", Mit));

        Assert.Equal("invalidLicense", error.Code);
        Assert.Contains("'My-Own'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("  ")]
    public void Without_a_member_the_file_decides(string? field)
    {
        Assert.Equal("MIT", Detect(field, ("/LICENSE", Mit)));
        Assert.Equal("ISC", Detect(field, ("/LICENSE", Isc)));
    }

    [Fact]
    public void Wrapping_case_and_comment_marks_do_not_matter()
    {
        var oneLine = string.Join(' ', Mit.Split('\n').Where(l => !l.StartsWith("Copyright", StringComparison.Ordinal)));
        var comment = string.Join('\n', Mit.Split('\n').Select(l => " * " + l));

        Assert.Equal("MIT", Detect(null, ("/LICENSE", oneLine.ToUpperInvariant())));
        Assert.Equal("MIT", Detect(null, ("/LICENSE", "/*\n" + comment + "\n */")));
    }

    [Fact]
    public void The_first_name_in_the_order_decides_and_no_other_file_is_tried()
    {
        Assert.Equal("MIT", Detect(null, ("/COPYING", Isc), ("/LICENSE.md", Mit)));
        Assert.Equal("ISC", Detect(null, ("/LICENCE.txt", Isc), ("/COPYING", Mit)));

        var error = Fail(null, ("/LICENSE", "All yours."), ("/LICENSE.md", Mit));
        Assert.Equal("invalidLicense", error.Code);
        Assert.Contains("'/LICENSE'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_exact_names_at_the_root_count()
    {
        var error = Fail(null, ("/license", Mit), ("/sub/LICENSE", Mit), ("/License.md", Mit));

        Assert.Equal("missingLicense", error.Code);
        Assert.Contains("\"license\": \"MIT\"", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Copyright 2024 Somebody. All rights reserved.")]
    [InlineData("Permission is hereby granted, free of charge, to any person obtaining a copy of this software.")]
    [InlineData("You may use this program on Tuesdays if you send the author a postcard, and not otherwise, under any circumstances at all.")]
    public void Other_texts_are_invalidLicense(string text) => Assert.Equal("invalidLicense", Fail(null, ("/LICENSE", text)).Code);

    [Fact]
    public void A_huge_file_is_refused_without_being_compared()
    {
        Assert.Equal("invalidLicense", Fail(null, ("/LICENSE", string.Concat(Enumerable.Repeat(Mit, 1000)))).Code);
    }

    [Fact]
    public void A_license_with_half_of_its_text_gone_does_not_count()
    {
        Assert.Equal("invalidLicense", Fail(null, ("/LICENSE", Mit[..(Mit.Length / 2)])).Code);
    }

    [Theory]
    [InlineData("MIT")]
    [InlineData("Apache-2.0")]
    [InlineData("BSD-2-Clause")]
    [InlineData("BSD-3-Clause")]
    [InlineData("ISC")]
    [InlineData("MPL-2.0")]
    [InlineData("GPL-2.0-only")]
    [InlineData("GPL-3.0-only")]
    [InlineData("LGPL-2.1-only")]
    [InlineData("LGPL-3.0-only")]
    [InlineData("AGPL-3.0-only")]
    [InlineData("Unlicense")]
    [InlineData("CC0-1.0")]
    [InlineData("BSL-1.0")]
    [InlineData("0BSD")]
    [InlineData("Zlib")]
    [InlineData("BlueOak-1.0.0")]
    [InlineData("EPL-2.0")]
    [InlineData("EUPL-1.2")]
    [InlineData("MulanPSL-2.0")]
    [InlineData("WTFPL")]
    [InlineData("CC-BY-4.0")]
    [InlineData("Artistic-2.0")]
    [InlineData("UPL-1.0")]
    [InlineData("MIT-0")]
    public void Common_licenses_survive_what_people_do_to_them(string id)
    {
        // Filled-in names, a title, dropped closing instructions, typographic quotes.
        var text = LicenseTexts.ReadAll().Single(t => t.Id == id).Text
            .Replace("<year>", "2024", StringComparison.OrdinalIgnoreCase).Replace("<copyright holders>", "Jane Doe", StringComparison.OrdinalIgnoreCase)
            .Replace("\"", "”", StringComparison.Ordinal);
        var end = text.IndexOf("How to Apply", StringComparison.OrdinalIgnoreCase);
        var edited = "# License\n\nCopyright © 2024 Jane Doe\nAll rights reserved.\n\n" + (end < 0 ? text : text[..end]);

        Assert.Equal(id, Detect(null, ("/LICENSE", edited)));
    }

    [Fact]
    public void Every_text_of_the_list_is_recognised_as_itself_or_as_its_equal()
    {
        var wrong = new List<string>();
        foreach (var (id, text) in LicenseTexts.ReadAll())
        {
            var (found, score) = LicenseTexts.FindBest(text);
            if (found != id && score < 1)
            {
                wrong.Add($"{id} -> {found} {score:F3}");
            }
        }

        Assert.InRange(LicenseTexts.ReadAll().Count(), 600, 5000);
        Assert.Empty(wrong);
    }

    private static string Detect(string? field, params (string Path, string Text)[] files)
    {
        Assert.True(LicenseDetector.TryDetect(field, Files(files), out var license, out var error), error?.Message);
        return license;
    }

    private static PublishError Fail(string? field, params (string Path, string Text)[] files)
    {
        Assert.False(LicenseDetector.TryDetect(field, Files(files), out _, out var error));
        return error;
    }

    private static Dictionary<string, ReadOnlyMemory<byte>> Files((string Path, string Text)[] files) =>
        files.ToDictionary(f => f.Path, f => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(f.Text), StringComparer.Ordinal);
}
