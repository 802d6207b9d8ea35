namespace Kiln.Registry.Search;

public sealed class SymbolWordsTests
{
    [Theory]
    [InlineData("assertAlmostEquals", "assert almost equals")]
    [InlineData("parseJSONValue", "parse json value")]
    [InlineData("XMLHttpRequest", "xml http request")]
    [InlineData("Class.prototype.method", "class prototype method")]
    [InlineData("snake_case_name", "snake case name")]
    [InlineData("SCREAMING_CASE", "screaming case")]
    [InlineData("base64Encode", "base 64 encode")]
    [InlineData("$effect", "effect")]
    [InlineData("a", "a")]
    [InlineData("[Symbol.iterator]", "symbol iterator")]
    [InlineData("größeÄndern", "größe ändern")]
    [InlineData("", "")]
    [InlineData("<img src=x>", "img src x")]
    public void Names_are_split_as_people_read_them(string name, string words) => Assert.Equal(words, string.Join(' ', SymbolWords.Split(name)));

    [Fact]
    public void A_name_without_end_has_an_end()
    {
        Assert.InRange(SymbolWords.Split(string.Concat(Enumerable.Repeat("aB", 100_000))).Count, 1, 24);
        Assert.InRange(SymbolWords.Index(new string('a', 1_000_000)).Length, 1, 300);
    }

    [Theory]
    [InlineData("equals", "equasl", 1)]
    [InlineData("equals", "equal", 1)]
    [InlineData("equals", "equals", 0)]
    [InlineData("equals", "eqals", 1)]
    [InlineData("equals", "strictly", null)]
    [InlineData("", "ab", 2)]
    [InlineData("kitten", "sitting", null)]
    public void Distances_count_slips_of_the_finger(string one, string other, int? distance) => Assert.Equal(distance, SymbolRanking.Distance(one, other, 2));
}
