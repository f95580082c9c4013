using System.Net;
using Nabij.Server.Rendezvous;
using Nabij.Server.Web;

namespace Nabij.Server.Tests.Rendezvous;

public sealed class AttemptLimitTests
{
    private readonly ManualClock _clock = new();
    private readonly AttemptLimit _limit;

    public AttemptLimitTests() => _limit = new AttemptLimit(
        [new AttemptWindow(6, TimeSpan.FromMinutes(1)), new AttemptWindow(30, TimeSpan.FromHours(1)), new AttemptWindow(60, TimeSpan.FromDays(1))],
        _clock);

    [Fact]
    public void The_seventh_attempt_of_a_minute_waits_until_the_first_is_a_minute_old()
    {
        for (var attempt = 0; attempt < 6; attempt++)
        {
            Assert.True(_limit.TryCount("a", out _));
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.False(_limit.TryCount("a", out var retryAfter));
        Assert.Equal(TimeSpan.FromSeconds(54), retryAfter);
        Assert.True(_limit.TryCount("b", out _));
        _clock.Advance(retryAfter);
        Assert.True(_limit.TryCount("a", out _));
    }

    [Fact]
    public void An_hour_allows_thirty_and_a_day_sixty()
    {
        var start = _clock.GetUtcNow();
        var perHour = new Dictionary<int, int>();
        for (var minute = 0; minute < 24 * 60; minute++)
        {
            if (_limit.TryCount("a", out _))
                perHour[(int)(_clock.GetUtcNow() - start).TotalHours] = perHour.GetValueOrDefault((int)(_clock.GetUtcNow() - start).TotalHours) + 1;
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(30, perHour[0]);
        Assert.Equal(60, perHour.Values.Sum());
    }

    [Fact]
    public void A_refused_attempt_does_not_lengthen_the_wait()
    {
        for (var attempt = 0; attempt < 6; attempt++)
            _limit.TryCount("a", out _);
        for (var second = 0; second < 60; second++)
        {
            Assert.False(_limit.TryCount("a", out _));
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.True(_limit.TryCount("a", out _));
    }

    [Theory]
    [InlineData("192.0.2.7", "::ffff:192.0.2.7", true)]
    [InlineData("192.0.2.7", "192.0.2.8", false)]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2:ffff:ffff:ffff:ffff", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("127.0.0.1", "::1", false)]
    public void Addresses_of_one_line_are_one_source(string one, string other, bool same) =>
        Assert.Equal(same, RateLimits.AddressKey(IPAddress.Parse(one)) == RateLimits.AddressKey(IPAddress.Parse(other)));

    [Fact]
    [Trait("Invariant", "4")]
    public void A_source_has_at_most_as_many_open_sockets_as_the_limit_and_leaving_twice_counts_once()
    {
        var count = new SocketCount(2);
        var first = count.TryEnter("a");
        Assert.NotNull(count.TryEnter("a"));
        Assert.Null(count.TryEnter("a"));
        Assert.NotNull(count.TryEnter("b"));

        first!.Dispose();
        first.Dispose();

        Assert.NotNull(count.TryEnter("a"));
        Assert.Null(count.TryEnter("a"));
    }
}
