using Kiln.Analysis.Docs.Model;

namespace Kiln.Registry.Docs;

public sealed class RegistryAddressesTests
{
    private readonly RegistryAddresses addresses = new("scope", "pkg", "1.0.0", ["/mod.ts", "/docs/a b.md", "/docs/img/logo.svg", "/README.md"]);

    [Theory]
    [InlineData("file:///mod.ts", 0, "/@scope/pkg/1.0.0/mod.ts#L1")]
    [InlineData("file:///mod.ts", 41, "/@scope/pkg/1.0.0/mod.ts#L42")]
    [InlineData("file:///none.ts", 0, null)]
    [InlineData("https://elsewhere.example/mod.ts", 0, null)]
    public void Sources_are_files_of_the_version(string file, int line, string? address) => Assert.Equal(address, addresses.Source(default, new DocLocation(file, line, 0, 0)));

    [Theory]
    [InlineData("/mod.ts", false, "/@scope/pkg/1.0.0/mod.ts")]
    [InlineData("/docs/a b.md", false, "/@scope/pkg/1.0.0/docs/a%20b.md")]
    [InlineData("/docs/img/logo.svg", true, "/@scope/pkg/1.0.0/docs/img/logo.svg")]
    [InlineData("/docs", false, "/@scope/pkg/1.0.0/docs")]
    [InlineData("/docs/img/", false, "/@scope/pkg/1.0.0/docs/img")]
    [InlineData("/", false, "/@scope/pkg/1.0.0")]
    [InlineData("/docs", true, null)]
    [InlineData("/none.md", false, null)]
    [InlineData("/MOD.ts", false, null)]
    public void Files_are_those_that_are_there(string path, bool isImage, string? address) => Assert.Equal(address, addresses.File(default, path, isImage));

    [Theory]
    [InlineData("node:fs", null, "https://nodejs.org/api/fs.html")]
    [InlineData("node:fs/promises", "readFile", "https://nodejs.org/api/fs.html")]
    [InlineData("node:\"><script>", null, null)]
    [InlineData("npm:chalk@^5", null, "https://www.npmjs.com/package/chalk")]
    [InlineData("npm:@types/node@20/fs", null, "https://www.npmjs.com/package/@types/node")]
    [InlineData("jsr:@std/assert@^1", null, "/@std/assert")]
    [InlineData("jsr:@std/assert@1.0.0", null, "/@std/assert@1.0.0")]
    [InlineData("jsr:@std/assert@^1/equals", "assertEquals", "/@std/assert/doc/equals/~/assertEquals")]
    [InlineData("jsr:@std/assert@^1/equals", null, "/@std/assert/doc/equals")]
    [InlineData("bun:test", null, null)]
    [InlineData("javascript:alert(1)", null, null)]
    [InlineData("jsr:@Not/A Package", null, null)]
    public void Other_packages_are_where_they_are(string specifier, string? name, string? address) => Assert.Equal(address, addresses.External(specifier, name));
}
