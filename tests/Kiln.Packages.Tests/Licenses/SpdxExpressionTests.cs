using Kiln.Packages.Licenses;

namespace Kiln.Packages.Tests.Licenses;

public sealed class SpdxExpressionTests
{
    [Theory]
    [InlineData("MIT", "MIT")]
    [InlineData("mit", "MIT")]
    [InlineData("Apache-2.0", "Apache-2.0")]
    [InlineData("GPL-2.0", "GPL-2.0")]
    [InlineData("GPL-2.0+", "GPL-2.0+")]
    [InlineData("GPL-3.0-or-later", "GPL-3.0-or-later")]
    [InlineData("BlueOak-1.0.0", "BlueOak-1.0.0")]
    [InlineData("MIT OR Apache-2.0", "MIT OR Apache-2.0")]
    [InlineData("mit  or\tapache-2.0", "MIT OR Apache-2.0")]
    [InlineData("( MIT AND Zlib ) OR ISC", "(MIT AND Zlib) OR ISC")]
    [InlineData("GPL-2.0-only WITH Classpath-exception-2.0", "GPL-2.0-only WITH Classpath-exception-2.0")]
    [InlineData("LicenseRef-Our-Terms", "LicenseRef-Our-Terms")]
    [InlineData("DocumentRef-a.b:LicenseRef-c", "DocumentRef-a.b:LicenseRef-c")]
    public void Reads_expressions_and_spells_them_officially(string text, string expected)
    {
        Assert.True(SpdxExpression.TryNormalize(text, out var normalized, out var reason), reason);
        Assert.Equal(expected, normalized);
    }

    [Theory]
    [InlineData("", "ends where")]
    [InlineData("MIT OR", "ends where")]
    [InlineData("OR MIT", "'OR' is not an SPDX")]
    [InlineData("MIT Apache-2.0", "'Apache-2.0' is not expected")]
    [InlineData("MIT/Apache-2.0", "'MIT/Apache-2.0' is not an SPDX")]
    [InlineData("(MIT", "')' is missing")]
    [InlineData("MIT)", "')' is not expected")]
    [InlineData("()", "missing before ')'")]
    [InlineData("MIT WITH", "exception")]
    [InlineData("MIT WITH Nothing-exception", "exception")]
    [InlineData("LicenseRef-", "not an SPDX")]
    [InlineData("LicenseRef-a_b", "not an SPDX")]
    [InlineData("UNLICENSED", "not an SPDX")]
    [InlineData("SEE LICENSE IN LICENSE", "not an SPDX")]
    [InlineData("Apache 2.0", "not an SPDX")]
    [InlineData("apache2", "Did you mean 'Apache-2.0'?")]
    [InlineData("GPLv3", "Did you mean 'GPL-3.0'?")]
    public void Refuses_what_is_no_expression_and_says_why(string text, string words)
    {
        Assert.False(SpdxExpression.TryNormalize(text, out _, out var reason));
        Assert.Contains(words, reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_deep_nesting_and_long_text()
    {
        Assert.False(SpdxExpression.TryNormalize(new string('(', 100) + "MIT" + new string(')', 100), out _, out var deep));
        Assert.Contains("deeply", deep, StringComparison.Ordinal);
        Assert.False(SpdxExpression.TryNormalize(string.Join(" OR ", Enumerable.Repeat("MIT", 100)), out _, out var tooLong));
        Assert.Contains("longer", tooLong, StringComparison.Ordinal);
    }

    [Fact]
    public void Knows_the_whole_list()
    {
        // The list of 2024 has more than 600 identifiers and only grows.
        Assert.InRange(SpdxIds.LicenseCount, 600, 5000);
    }
}
