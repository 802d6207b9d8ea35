namespace Kiln.Registry.Storage;

public sealed class ObjectPoliciesTests
{
    [Theory]
    [InlineData("mod.js", "text/javascript")]
    [InlineData("mod.mjs", "text/javascript")]
    [InlineData("mod.cjs", "text/javascript")]
    [InlineData("mod.jsx", "text/jsx")]
    [InlineData("mod.ts", "text/typescript")]
    [InlineData("mod.d.mts", "text/typescript")]
    [InlineData("MOD.TS", "text/typescript")]
    [InlineData("mod.tsx", "text/tsx")]
    [InlineData("style.css", "text/css")]
    [InlineData("data.json", "application/json")]
    [InlineData("mod.js.map", "application/json")]
    [InlineData("deno.jsonc", "application/jsonc")]
    [InlineData("data.json5", "application/json5")]
    [InlineData("x.wasm", "application/wasm")]
    [InlineData("logo.svg", "image/svg+xml")]
    [InlineData("README.md", "text/plain; charset=utf-8")]
    [InlineData("LICENSE", "application/octet-stream")]
    [InlineData(".ts", "text/typescript")]
    [InlineData("a.ts.", "application/octet-stream")]
    [InlineData("a.unheardof", "application/octet-stream")]
    [InlineData("a.averylongextension", "application/octet-stream")]
    public void A_module_has_the_type_of_its_name_for_ever(string file, string type)
    {
        var policy = ObjectPolicies.For(ObjectKey.Create(Bucket.Modules, "@s/p/1.0.0/" + file));
        Assert.Equal(new ObjectPolicy(type, "public, max-age=31536000, immutable", null, true), policy);
    }

    [Theory]
    [InlineData("html")]
    [InlineData("HTM")]
    [InlineData("xhtml")]
    [InlineData("xml")]
    [InlineData("xsl")]
    [InlineData("mht")]
    [InlineData("swf")]
    [InlineData("pdf")]
    public void What_a_browser_would_run_is_plain_text(string extension) =>
        Assert.Equal("text/plain; charset=utf-8", ObjectPolicies.ContentTypeOf("/a/index." + extension));

    [Fact]
    public void Metadata_lives_a_minute_and_a_file_of_the_same_name_for_ever()
    {
        Assert.Equal("public, max-age=60, s-maxage=60", ObjectPolicies.For(ObjectKeys.PackageMeta("s", "p")).CacheControl);
        Assert.Equal(ObjectPolicies.Immutable, ObjectPolicies.For(ObjectKeys.Module("s", "p", "1.0.0", "/meta.json")).CacheControl);
        Assert.Equal(ObjectPolicies.Immutable, ObjectPolicies.For(ObjectKeys.VersionMeta("s", "p", "1.0.0")).CacheControl);
    }

    [Fact]
    public void Npm_documents_and_tarballs_have_theirs()
    {
        var packument = ObjectKeys.Packument("s", "p");
        var install = ObjectKeys.InstallPackument("s", "p");
        Assert.Equal(new ObjectPolicy("application/json", ObjectPolicies.Manifest, null, true), ObjectPolicies.For(packument));
        Assert.Equal(new ObjectPolicy("application/json", ObjectPolicies.Manifest, "gzip", true), ObjectPolicies.For(ObjectKeys.Gzip(packument)));
        Assert.Equal(new ObjectPolicy("application/vnd.npm.install-v1+json", ObjectPolicies.Manifest, null, true), ObjectPolicies.For(install));
        Assert.Equal(new ObjectPolicy("application/vnd.npm.install-v1+json", ObjectPolicies.Manifest, "gzip", true), ObjectPolicies.For(ObjectKeys.Gzip(install)));
        Assert.Equal(new ObjectPolicy("application/octet-stream", ObjectPolicies.Immutable, null, true), ObjectPolicies.For(ObjectKeys.NpmTarball("s", "p", "1.0.0")));
        Assert.Equal("@jsr/s__p/-/s__p-1.0.0.tgz", ObjectKeys.NpmTarball("s", "p", "1.0.0").Path);
    }

    [Fact]
    public void Uploads_and_documentation_are_private()
    {
        Assert.False(ObjectPolicies.For(ObjectKeys.Staged("t")).IsPublic);
        Assert.False(ObjectPolicies.For(ObjectKey.Create(Bucket.Docs, "@s/p/1.0.0/nodes.json")).IsPublic);
    }
}
