using System.Net;
using Nabij.Server.Accounts;

namespace Nabij.Server.Tests.People;

public sealed class WorkingHoursTests
{
    /// <summary>2026-11-23 is a Monday.</summary>
    [Theory]
    [InlineData("1 09:00-17:30", "2026-11-23 08:59", false)]
    [InlineData("1 09:00-17:30", "2026-11-23 09:00", true)]
    [InlineData("1 09:00-17:30", "2026-11-23 17:29", true)]
    [InlineData("1 09:00-17:30", "2026-11-23 17:30", false)]
    [InlineData("1 09:00-17:30", "2026-11-24 12:00", false)]
    [InlineData("1 22:00-06:00", "2026-11-23 23:00", true)]
    [InlineData("1 22:00-06:00", "2026-11-24 05:59", true)]
    [InlineData("1 22:00-06:00", "2026-11-24 06:00", false)]
    [InlineData("1 22:00-06:00", "2026-11-23 05:00", false)]
    [InlineData("7 22:00-06:00", "2026-11-23 05:00", true)]
    [InlineData("1 09:00-00:00", "2026-11-23 23:59", true)]
    [InlineData("1 09:00-00:00", "2026-11-24 00:00", false)]
    [InlineData("", "2026-11-24 03:00", true)]
    public void Hours_are_by_the_clock_and_may_pass_midnight(string hours, string time, bool isWithin)
    {
        Assert.True(WorkingHours.TryParse(hours, out var parsed));
        Assert.Equal(isWithin, parsed.Contains(DateTimeOffset.Parse(time + " +01:00", System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(hours, parsed.ToString());
    }

    [Theory]
    [InlineData("0 09:00-17:30")]
    [InlineData("8 09:00-17:30")]
    [InlineData("1 9:00-17:30")]
    [InlineData("1 09:00-")]
    [InlineData("1 24:00-17:30")]
    [InlineData("1 09:00-17:30\n1 10:00-11:00")]
    public void What_are_no_hours_is_refused_and_stored_so_it_admits_nobody(string text)
    {
        Assert.False(WorkingHours.TryParse(text, out _));
        Assert.False(WorkingHours.Stored(text).Contains(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero)));
    }

    [Theory]
    [InlineData("", "203.0.113.7", true)]
    [InlineData("203.0.113.7", "203.0.113.7", true)]
    [InlineData("203.0.113.7", "203.0.113.8", false)]
    [InlineData("192.168.1.0/24", "192.168.1.200", true)]
    [InlineData("192.168.1.0/24", "::ffff:192.168.1.200", true)]
    [InlineData("192.168.1.0/24\n2001:db8::/32", "2001:db8::7", true)]
    [InlineData("2001:db8::/32", "2001:db9::7", false)]
    [InlineData("10.0.0.0/8", "::1", false)]
    [InlineData("10.0.0.1/8", "10.2.3.4", true)]
    public void Networks_hold_the_addresses_that_they_name(string networks, string address, bool isWithin)
    {
        Assert.True(AllowedNetworks.TryParse(networks, out var parsed, out _));
        Assert.Equal(isWithin, parsed.Contains(IPAddress.Parse(address)));
        Assert.True(AllowedNetworks.TryParse(parsed.ToString(), out _, out _));
    }

    [Theory]
    [InlineData("shop")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/-1")]
    public void What_is_no_network_is_named(string line)
    {
        Assert.False(AllowedNetworks.TryParse($"10.0.0.0/8\n{line}", out _, out var wrong));
        Assert.Equal(line, wrong);
        Assert.False(AllowedNetworks.Stored(line).Contains(IPAddress.Loopback));
    }
}
