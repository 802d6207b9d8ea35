namespace Kiln.Server.Tests.Gateway;

/// <summary>Targets that a proxy and a server could read differently (security.md H2, H3), sent as bytes.</summary>
public class RawTargetTests(FileServer files) : FileTestBase(files)
{
    [Theory]
    [InlineData("/@luca/flag/../flag/meta.json")]
    [InlineData("/@luca/flag/./meta.json")]
    [InlineData("/@luca/flag/1.0.0/..")]
    [InlineData("/@luca/flag/1.0.0/.")]
    [InlineData("/@luca/flag/1.0.0/%2e%2e/meta.json")]
    [InlineData("/@luca/flag/1.0.0/%2E%2E/meta.json")]
    [InlineData("/@luca/flag/1.0.0/.%2e/meta.json")]
    [InlineData("/@luca/flag/1.0.0/mod%2ets")]
    [InlineData("/@luca\\flag\\meta.json")]
    [InlineData("/@luca/flag/1.0.0%5cmod.ts")]
    [InlineData("/@luca/flag/1.0.0%5Cmod.ts")]
    [InlineData("//@luca/flag/meta.json")]
    [InlineData("/@luca//flag/meta.json")]
    [InlineData("/@luca/flag//meta.json")]
    [InlineData("/@luca/flag/1.0.0//mod.ts")]
    [InlineData("/@luca/flag/1.0.0/%252e%252e/meta.json")]
    [InlineData("/@luca/flag/1.0.0/mod%25.ts")]
    [InlineData("/%40luca/flag/1.0.0/%252e")]
    [InlineData("/npm/%252e%252e/x")]
    [InlineData("/npm/../@luca/flag/meta.json")]
    [InlineData("/npm/@jsr%252fluca__flag")]
    [InlineData("/api/../@luca/flag/meta.json")]
    [InlineData("/a/b/../../account")]
    [InlineData("/@a/b/../../account")]
    [InlineData("/..")]
    [InlineData("/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("/npm/@jsr/luca__flag/-/..%5cx.tgz")]
    [InlineData("/npm//@jsr/luca__flag")]
    [InlineData("/@luca/flag/1.0.0/mod.ts/.")]
    [InlineData("/%40luca/flag/%2E./meta.json")]
    public async Task An_ambiguous_target_is_a_bad_request_that_nobody_may_keep(string target)
    {
        var reply = await Server.GetRawAsync(target);
        Assert.StartsWith("HTTP/1.1 400", reply, StringComparison.Ordinal);
        Assert.Contains("Cache-Control: no-store", reply, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("/@luca/flag/1.0.0/mod.ts")]
    [InlineData("/%40luca/flag/1.0.0/mod.ts")]
    [InlineData("/@luca/flag/1.0.0/mod.ts?a=../../b&c=%2e%2e&d=//")]
    public async Task Clean_targets_are_served(string target)
    {
        var reply = await Server.GetRawAsync(target);
        Assert.StartsWith("HTTP/1.1 200", reply, StringComparison.Ordinal);
        Assert.EndsWith(Source, reply, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/@luca%2fflag/meta.json")]
    [InlineData("/@luca/flag/1.0.0%2fmod.ts")]
    [InlineData("/@luca/flag/1.0.0/x%2fmod.ts")]
    [InlineData("/@luca/flag/1.0.0/m%6fd.ts%3f")]
    [InlineData("/@luca/flag/1.0.0/%C3%A9.ts")]
    [InlineData("/@LUCA/flag/1.0.0/mod.ts")]
    public async Task An_address_that_no_object_can_have_is_not_found(string target)
    {
        var reply = await Server.GetRawAsync(target);
        Assert.StartsWith("HTTP/1.1 404", reply, StringComparison.Ordinal);
        Assert.DoesNotContain("answer", reply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_absolute_form_of_a_target_is_checked_too()
    {
        Assert.StartsWith("HTTP/1.1 200", await Server.GetRawAsync($"http://{Server.Address.Authority}/@luca/flag/meta.json"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 400", await Server.GetRawAsync($"http://{Server.Address.Authority}/@luca/flag/../flag/meta.json"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET /@luca/flag/1.0.0/mod.ts%00.js HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")]
    [InlineData("GET /@luca/flag/meta.json HTTP/1.1\r\nConnection: close\r\n\r\n")]
    [InlineData("GET /@luca/flag/meta.json HTTP/1.1\nHost: a\nConnection: close\n\n")]
    [InlineData("GET /@luca/flag/meta.json HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n")]
    [InlineData("POST /api/authorizations HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\nConnection: close\r\n\r\nx")]
    [InlineData("GET /@luca/flag/meta.json HTTP/1.1\r\nHost: a\r\n X: folded\r\nConnection: close\r\n\r\n")]
    public async Task A_malformed_request_is_refused(string request)
    {
        var isLenient = !Front.StrictLineEnds && !request.Contains('\r', StringComparison.Ordinal);
        Assert.StartsWith(isLenient ? "HTTP/1.1 200" : "HTTP/1.1 400", await Server.SendRawAsync(request), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_host_header_changes_no_byte_of_a_file()
    {
        var plain = await Server.GetRawAsync("/npm/@jsr/luca__flag");
        var hostile = await Server.SendRawAsync("GET /npm/@jsr/luca__flag HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\nConnection: close\r\n\r\n");
        Assert.DoesNotContain("evil.example", hostile, StringComparison.Ordinal);
        Assert.Equal(plain[plain.IndexOf("\r\n\r\n", StringComparison.Ordinal)..], hostile[hostile.IndexOf("\r\n\r\n", StringComparison.Ordinal)..]);
    }
}
