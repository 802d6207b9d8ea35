
namespace Kiln.Server.Tests.Api;

/// <summary>Tickets of registry.md §2.2 and §2.3.</summary>
public sealed class TicketTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task A_ticket_goes_back_and_forth_until_it_is_closed()
    {
        var user = await ApiClient.PersonalAsync(fixture.Server, "asker");
        var staff = await ApiClient.PersonalAsync(fixture.Server, "helper", staff: true);
        var others = await NewsAsync(staff);
        var created = (await user.PostAsync("tickets", new { kind = "scope_claim", meta = new { scope = "clay", n = 1 }, message = "It was mine" })).Json;
        Assert.Equal("scope_claim", created["kind"]!.GetValue<string>());
        Assert.Equal("""{"scope":"clay","n":1}""", created["meta"]!.ToJsonString());
        Assert.Equal("It was mine", created["messages"]![0]!["message"]!.GetValue<string>());
        Assert.Equal("asker", created["messages"]![0]!["author"]!["name"]!.GetValue<string>());
        var id = created["id"]!.GetValue<string>();

        // What is new is counted for whoever has to answer (registry.md §2.2, FullUser).
        Assert.Equal((0, 1), (await NewsAsync(user), await NewsAsync(staff) - others));
        Assert.Equal(200, (await staff.PostAsync($"tickets/{id}", new { message = "Prove it" })).Status);
        Assert.Equal((1, 0), (await NewsAsync(user), await NewsAsync(staff) - others));
        var closed = await staff.PatchAsync($"admin/tickets/{id}", new { closed = true });
        Assert.True(closed.Json["closed"]!.GetValue<bool>());
        Assert.Equal((0, 0), (await NewsAsync(user), await NewsAsync(staff) - others));
        Assert.Equal(200, (await user.PostAsync($"tickets/{id}", new { message = "I cannot" })).Status);

        var events = (await user.GetAsync($"tickets/{id}")).Json["events"]!.AsArray();
        Assert.Equal(["message asker", "message helper", "auditLog helper", "message asker"], events.Select(e => $"{e!["kind"]!.GetValue<string>()} {e["user"]!["name"]!.GetValue<string>()}"));
        Assert.Equal("update_ticket_status", events[2]!["auditLog"]!["action"]!.GetValue<string>());
        Assert.Equal(id, events[0]!["message"]!["ticketId"]!.GetValue<string>());
        Assert.Equal(["kind", "message", "user"], events[0]!.AsObject().Select(m => m.Key).Order(StringComparer.Ordinal));
        Assert.Single((await user.GetAsync("user/tickets")).Json.AsArray());

        // Somebody else's ticket is answered like none at all (security.md I10).
        var stranger = await ApiClient.PersonalAsync(fixture.Server, "stranger");
        var hidden = await stranger.GetAsync($"tickets/{id}");
        var missing = await stranger.GetAsync($"tickets/{Guid.NewGuid():D}");
        Assert.Equal((404, "ticketNotFound"), (hidden.Status, hidden.Code));
        Assert.Equal((missing.Status, missing.Json["message"]!.GetValue<string>()), (hidden.Status, hidden.Json["message"]!.GetValue<string>()));
        Assert.Equal(missing.Header("Cache-Control"), hidden.Header("Cache-Control"));
    }

    [Theory]
    [InlineData("""{"kind":"other","meta":[],"message":"x"}""", "ticketMetaNotValid")]
    [InlineData("""{"kind":"other","meta":null,"message":"x"}""", "ticketMetaNotValid")]
    [InlineData("""{"kind":"other","message":"x"}""", "ticketMetaNotValid")]
    [InlineData("""{"kind":"other","meta":{},"message":" "}""", "ticketMessageEmpty")]
    [InlineData("""{"kind":"other","meta":{}}""", "ticketMessageEmpty")]
    [InlineData("""{"kind":"Other","meta":{},"message":"x"}""", "malformedRequest")]
    [InlineData("""{"kind":"1","meta":{},"message":"x"}""", "malformedRequest")]
    [InlineData("""{"meta":{},"message":"x"}""", "malformedRequest")]
    [InlineData("""{"kind":"other","meta":{},"message":"a\u0000b"}""", "malformedRequest")]
    [InlineData("""{"kind":"other","meta":{},"message":"a\ud800b"}""", "malformedRequest")]
    [InlineData("""{"kind":"other","meta":{"a":["\ud800"]},"message":"x"}""", "malformedRequest")]
    [InlineData("""{"kind":"other","meta":{"\udc00":1},"message":"x"}""", "malformedRequest")]
    [InlineData("""{"kind":"other","meta":"\ud800","message":"x"}""", "malformedRequest")]
    public async Task A_ticket_needs_a_kind_details_and_a_text(string body, string code)
    {
        var user = await ApiClient.PersonalAsync(fixture.Server, "refused");
        var reply = await user.PostAsync("tickets", body);
        Assert.Equal((400, code), (reply.Status, reply.Code));
        Assert.Equal("malformedRequest", (await user.PostAsync("tickets", new { kind = "other", meta = new { a = new string('x', 20_000) }, message = "x" })).Code);
        Assert.Equal("malformedRequest", (await user.PostAsync("tickets", new { kind = "other", meta = new { }, message = new string('x', 20_001) })).Code);
    }

    [Fact]
    public async Task A_user_has_twenty_open_tickets_at_most()
    {
        var user = await ApiClient.PersonalAsync(fixture.Server, "asks-a-lot");
        var staff = await ApiClient.PersonalAsync(fixture.Server, "closer", staff: true);
        var last = "";
        for (var i = 0; i < 20; i++)
        {
            last = (await user.PostAsync("tickets", Ticket)).Json["id"]!.GetValue<string>();
        }

        var refused = await user.PostAsync("tickets", Ticket);
        Assert.Equal((400, "malformedRequest"), (refused.Status, refused.Code));
        Assert.Contains("20 open tickets", refused.Json["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(20, (await user.GetAsync("user/tickets")).Json.AsArray().Count);
        Assert.Equal(200, (await staff.PatchAsync($"admin/tickets/{last}", new { closed = true })).Status);
        Assert.Equal(200, (await user.PostAsync("tickets", Ticket)).Status);
        Assert.Equal(400, (await user.PostAsync("tickets", Ticket)).Status);
    }

    [Fact]
    public async Task A_ticket_has_a_hundred_messages_at_most()
    {
        var user = await ApiClient.PersonalAsync(fixture.Server, "writes-a-lot");
        var id = (await user.PostAsync("tickets", Ticket)).Json["id"]!.GetValue<string>(); // the first message
        for (var i = 1; i < 100; i++)
        {
            Assert.Equal(200, (await user.PostAsync($"tickets/{id}", new { message = $"and {i}" })).Status);
        }

        var refused = await user.PostAsync($"tickets/{id}", new { message = "one more" });
        Assert.Equal((400, "malformedRequest"), (refused.Status, refused.Code));
        Assert.Contains("100 messages", refused.Json["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(100, (await user.GetAsync($"tickets/{id}")).Json["events"]!.AsArray().Count);
    }

    [Fact]
    public async Task Staff_finds_tickets_by_what_was_written_open_ones_first()
    {
        var user = await ApiClient.PersonalAsync(fixture.Server, "writer");
        var staff = await ApiClient.PersonalAsync(fixture.Server, "reader", staff: true);
        var first = (await user.PostAsync("tickets", new { kind = "other", meta = new { }, message = "about 100% zebras" })).Json["id"]!.GetValue<string>();
        var second = (await user.PostAsync("tickets", new { kind = "package_report", meta = new { }, message = "About ZEBRAS again" })).Json["id"]!.GetValue<string>();
        await staff.PatchAsync($"admin/tickets/{second}", new { closed = true });
        Assert.Equal([first, second], await IdsAsync("query=zebras"));
        Assert.Equal([first], await IdsAsync("query=100%25%20z"));
        Assert.Equal([second, first], await IdsAsync("query=zebras&sortBy=!kind"));
        Assert.Equal([second, first], await IdsAsync("query=zebras&sortBy=created_at"));
        Assert.Equal([first, second], await IdsAsync("query=zebras&sortBy=!created_at"));
        Assert.Equal([second], await IdsAsync("query=zebras&limit=1&page=2"));
        Assert.Equal([first, second], await IdsAsync("query=zebras&sortBy=nonsense"));
        Assert.Equal("malformedRequest", (await staff.GetAsync("admin/tickets?query=" + new string('%', 10_000).Replace("%", "%25", StringComparison.Ordinal)[..3000])).Code);

        async Task<string[]> IdsAsync(string query)
        {
            var reply = (await staff.GetAsync("admin/tickets?" + query)).Json;
            return [.. reply["items"]!.AsArray().Select(t => t!["id"]!.GetValue<string>())];
        }
    }

    private static object Ticket => new { kind = "other", meta = new { }, message = "x" };

    private static async Task<int> NewsAsync(ApiClient client) => (await client.GetAsync("user")).Json["newerTicketMessagesCount"]!.GetValue<int>();
}
