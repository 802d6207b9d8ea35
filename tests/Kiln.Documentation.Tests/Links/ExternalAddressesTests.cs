namespace Kiln.Documentation.Links;

public sealed class ExternalAddressesTests
{
    [Theory]
    [InlineData("node:fs", null, "https://nodejs.org/api/fs.html")]
    [InlineData("node:fs/promises", "readFile", "https://nodejs.org/api/fs.html")]
    [InlineData("node:../x", null, null)]
    [InlineData("npm:zod", "ZodType", "https://www.npmjs.com/package/zod")]
    [InlineData("npm:@scope/name@^1.2.0/sub", null, "https://www.npmjs.com/package/@scope/name")]
    [InlineData("npm:zod@3.24.1", null, "https://www.npmjs.com/package/zod/v/3.24.1")]
    [InlineData("npm:zod@next", null, "https://www.npmjs.com/package/zod/v/next")]
    [InlineData("npm:\"><script>", null, "https://www.npmjs.com/package/%22%3E%3Cscript%3E")]
    [InlineData("jsr:@std/assert", null, "https://r/@std/assert")]
    [InlineData("jsr:@std/assert@1.0.0", "assertEquals", "https://r/@std/assert@1.0.0/doc/~/assertEquals")]
    [InlineData("jsr:@std/assert@^1/equals", "equal", "https://r/@std/assert/doc/equals/~/equal")]
    [InlineData("jsr:/@std/assert@1/equals", null, "https://r/@std/assert/doc/equals")]
    [InlineData("jsr:nonsense", null, null)]
    [InlineData("bun:test", null, null)]
    [InlineData("https://deno.land/x/a.ts", "b", null)]
    [InlineData("javascript:alert(1)", null, null)]
    [InlineData("lodash", null, null)]
    public void A_specifier_leads_to_its_documentation(string specifier, string? name, string? expected) => Assert.Equal(expected, ExternalAddresses.Of(specifier, name, "https://r"));

    [Theory]
    [InlineData("Promise", "https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Promise")]
    [InlineData("Intl.NumberFormat", "https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Intl/NumberFormat")]
    [InlineData("Request", "https://developer.mozilla.org/docs/Web/API/Request")]
    [InlineData("Partial", "https://www.typescriptlang.org/docs/handbook/utility-types.html#partialtype")]
    [InlineData("Deno.Conn", "https://docs.deno.com/api/deno/~/Deno.Conn")]
    [InlineData("Deno.Nothing", null)]
    [InlineData("Whatever", null)]
    public void Globals_are_known(string name, string? expected) => Assert.Equal(expected, GlobalNames.Address(name));
}
