using System.Net;
using Kiln.Server.Hosting.RateLimiting;
using Microsoft.AspNetCore.Http;

namespace Kiln.Server.Tests.Hosting;

public sealed class RateLimiterTests
{
    private readonly StoppedTime time = new();

    [Fact]
    public void A_minutes_worth_may_come_at_once_and_comes_back_with_the_time()
    {
        var limiter = new RateLimiter(Limits("change=60"), time);
        Assert.All(Enumerable.Range(0, 60), _ => Assert.Null(limiter.Refuse(RateClass.Change, "a", 1)));
        Assert.Equal(1, limiter.Refuse(RateClass.Change, "a", 1));
        Assert.Null(limiter.Refuse(RateClass.Change, "b", 1));
        Assert.Null(limiter.Refuse(RateClass.Read, "a", 1));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(limiter.Refuse(RateClass.Change, "a", 1));
        Assert.Equal(1, limiter.Refuse(RateClass.Change, "a", 1));
        time.Advance(TimeSpan.FromHours(1));
        Assert.All(Enumerable.Range(0, 60), _ => Assert.Null(limiter.Refuse(RateClass.Change, "a", 1)));
        Assert.NotNull(limiter.Refuse(RateClass.Change, "a", 1));
    }

    [Fact]
    public void Whoever_is_refused_hears_when_it_is_worth_another_try()
    {
        var limiter = new RateLimiter(Limits("authorize=2"), time);
        limiter.Refuse(RateClass.Authorize, "a", 1);
        limiter.Refuse(RateClass.Authorize, "a", 1);
        Assert.Equal(30, limiter.Refuse(RateClass.Authorize, "a", 1));
        time.Advance(TimeSpan.FromSeconds(30));
        Assert.Null(limiter.Refuse(RateClass.Authorize, "a", 1));
    }

    [Fact]
    public void Zero_and_off_mean_no_limit()
    {
        var limiter = new RateLimiter(Limits("off"), time);
        Assert.All(Enum.GetValues<RateClass>(), kind => Assert.All(Enumerable.Range(0, 100), _ => Assert.Null(limiter.Refuse(kind, "a", 1))));
        Assert.Equal(0, new RateLimiter(Limits("read=0"), time).Refuse(RateClass.Read, "a", 1) ?? 0);
        Assert.Equal(0, limiter.Count);
    }

    [Fact]
    public void A_flood_of_callers_does_not_fill_the_memory_and_is_limited_together()
    {
        var limiter = new RateLimiter(Limits("read=1000"), time);
        for (var i = 0; i < 100_000; i++)
        {
            limiter.Refuse(RateClass.Read, $"caller {i}", 1);
        }

        var refused = Enumerable.Range(0, 3000).Count(i => limiter.Refuse(RateClass.Read, $"newcomer {i}", 1) is not null);
        Assert.Equal(2000, refused);
        Assert.InRange(limiter.Count, 1, 100_001);
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.Null(limiter.Refuse(RateClass.Read, "later", 1)); // buckets that are full again have gone
        Assert.InRange(limiter.Count, 1, 10);
    }

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64")]
    public void A_customer_of_a_provider_is_one_caller(string address, string expected) =>
        Assert.Equal(expected, RateLimiter.AddressOf(new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(address) } }));

    [Theory]
    [InlineData("change")]
    [InlineData("change=x")]
    [InlineData("change=-1")]
    [InlineData("other=1")]
    [InlineData("0=1")]
    [InlineData("change=1=2")]
    [InlineData("change=99999999")]
    public void What_is_no_limit_is_refused(string text)
    {
        Assert.False(RateLimits.TryParse(text, out _, out var problem));
        Assert.Contains(text, problem, StringComparison.Ordinal);
    }

    private static RateLimits Limits(string text) => RateLimits.TryParse(text, out var limits, out var problem) ? limits : throw new ArgumentException(problem);

    private sealed class StoppedTime : TimeProvider
    {
        private long ticks = 1;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => ticks;

        public void Advance(TimeSpan by) => ticks += by.Ticks;
    }
}
