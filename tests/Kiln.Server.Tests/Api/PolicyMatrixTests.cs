using System.Text;
using System.Text.RegularExpressions;
using Kiln.Server.Api.Routes;

namespace Kiln.Server.Tests.Api;

/// <summary>
/// Every route × every caller (security.md I9), from <c>policy-matrix.txt</c>. With it goes the audit log (H11): a success of a route that changes something writes one row of an action that
/// the route declares, everything else writes none, and all declared actions are seen.
/// </summary>
public sealed partial class PolicyMatrixTests(PolicyWorld world) : IClassFixture<PolicyWorld>
{
    private static readonly IReadOnlyList<PolicyMatrixRow> Rows = PolicyMatrixRow.ReadAll();

    public static TheoryData<string> Routes => [.. ApiRoutes.All.Select(r => r.Name)];

    [Fact]
    public void Every_route_has_a_line_and_every_line_a_route()
    {
        Assert.Equal(ApiRoutes.All.Select(r => r.Name).Order(StringComparer.Ordinal), Rows.Select(r => r.Route).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Assert.All(Rows, r => Assert.Equal(8, r.Expected.Count));
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task A_caller_gets_what_the_matrix_says(string name)
    {
        var route = ApiRoutes.All.Single(r => r.Name == name);
        var wrong = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in Rows.Where(r => r.Route == name))
        {
            foreach (var (caller, expected) in row.Expected)
            {
                var values = await world.PrepareAsync(row.Preparation, caller);
                var client = caller switch
                {
                    "anonymous" => new ApiClient(world.Server),
                    "limited" => await world.LimitedAsync("admin", values["scope"]),
                    _ => world.As(caller),
                };
                var before = await world.LastAuditedAsync();
                var reply = await SendAsync(client, route, row, values, caller == "sudo");
                var audited = await world.AuditedAfterAsync(before);
                var code = reply.Status >= 400 ? reply.Code : null;
                if ((reply.Status, code) != expected)
                {
                    wrong.Add($"{name} {row.Body} as {caller}: {reply.Status} {code}, not {expected}");
                }

                var mayWrite = expected.Code is null && route.Actions.Count > 0;
                if (mayWrite ? audited.Count != 1 || !route.Actions.Contains(audited[0]) : audited.Count > 0)
                {
                    wrong.Add($"{name} {row.Body} as {caller}: audited as [{string.Join(", ", audited)}], declared are [{string.Join(", ", route.Actions)}]");
                }

                seen.UnionWith(audited);
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal(route.Actions.Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal)); // a line for each action
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task A_bad_credential_breaks_every_route_and_a_limited_token_opens_none_of_staff(string name)
    {
        var route = ApiRoutes.All.Single(r => r.Name == name);
        var row = Rows.First(r => r.Route == name);
        var values = await world.PrepareAsync(row.Preparation, "anonymous");
        var before = await world.LastAuditedAsync();
        var blocked = await SendAsync(new ApiClient(world.Server, world.BlockedToken), route, row, values, sudo: false);
        Assert.Equal((403, "blocked"), (blocked.Status, blocked.Code));
        var unknown = await SendAsync(new ApiClient(world.Server, "jsrp_" + new string('0', 35)), route, row, values, sudo: false);
        Assert.Equal((401, "invalidBearerToken"), (unknown.Status, unknown.Code));
        Assert.Empty(await world.AuditedAfterAsync(before));
        if (row.Expected["limited"] is { Code: not null } expected)
        {
            var limited = await world.LimitedAsync("staff", values["scope"]);
            before = await world.LastAuditedAsync();
            var reply = await SendAsync(limited, route, row, values, sudo: true);
            Assert.Equal(expected, (reply.Status, reply.Code));
            Assert.Empty(await world.AuditedAfterAsync(before));
        }
    }

    [Theory]
    [InlineData("UPDATE audit_log SET action = 'nothing'")]
    [InlineData("DELETE FROM audit_log")]
    public async Task The_audit_log_cannot_be_changed(string sql)
    {
        var before = await world.LastAuditedAsync();
        Assert.True(before > 0);
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => world.Database.ChangeAsync(s => s.ExecuteAsync(sql), default));
        Assert.Equal(before, await world.LastAuditedAsync());
    }

    private static Task<Reply> SendAsync(ApiClient client, ApiRoute route, PolicyMatrixRow row, Dictionary<string, string> values, bool sudo)
    {
        var path = Fill(route.Template, values) + row.Query;
        object? body = row.Body is null or "tarball" ? null : Fill(row.Body, values);
        if (row.Body == "tarball")
        {
            var configuration = $$"""{"name":"@{{values["scope"]}}/lib","version":"1.0.0","exports":"./mod.ts","license":"MIT"}""";
            var content = new ByteArrayContent(TestPackage.Pack([("/mod.ts", "export const a: number = 1;\n"u8.ToArray()), ("/deno.json", Encoding.UTF8.GetBytes(configuration))]));
            content.Headers.ContentEncoding.Add("gzip");
            body = content;
            path += "?config=/deno.json";
        }

        return client.SendAsync(route.Method, path, body, sudo ? [("x-jsr-sudo", "true")] : []);
    }

    private static string Fill(string text, Dictionary<string, string> values) => Placeholder().Replace(text, m => values[m.Groups[1].Value]);

    [GeneratedRegex(@"\{([a-zA-Z]+)\}")]
    private static partial Regex Placeholder();
}
