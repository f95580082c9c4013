using Nabij.Server.Commands;
using Nabij.Server.Rendezvous;

namespace Nabij.Server.Tests.Rendezvous;

public sealed class LimitsTests
{
    [Fact]
    public void Without_settings_the_limits_are_those_of_the_security_contract()
    {
        var limits = new Limits("");

        Assert.Equal((6, 30, 60), (limits.RegistrationsPerMinute, limits.RegistrationsPerHour, limits.RegistrationsPerDay));
        Assert.Equal((5, 20), (limits.WaitingPerAddress, limits.SocketsPerAddress));
        Assert.Equal((10, 25), (limits.FirstMessage.TotalSeconds, limits.Ping.TotalSeconds));
        Assert.Equal((5, 10, 900), (limits.WrongCodesPerTenMinutes, limits.WrongCodesPerDay, limits.WrongCodePause.TotalSeconds));
        Assert.Equal((50, 20, 200), (limits.WrongCodeAlarm, limits.WrongCodesPerAddress, limits.WrongCodeStop));
        Assert.Equal((50_000_000, 200_000_000, 20_000_000_000), (limits.RelayBitsPerSecond, limits.RelayBurstBits, limits.RelaySessionBytes));
        Assert.Equal(30, limits.RelayStall.TotalSeconds);
    }

    [Fact]
    public void The_manual_lists_every_limit_with_its_normal_value_and_range()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Nabij.slnx")))
            root = root.Parent!;
        var manual = File.ReadAllLines(Path.Combine(root.FullName, "docs", "operating.md"));

        var rows = manual.SkipWhile(line => line != "## Limits").Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => string.Join('|', line.Split('|').Skip(1).Take(3).Select(cell => cell.Trim())));

        Assert.Equal(new Limits("").Table.Select(limit => $"`{limit.Name}`|{limit.Normal}|{limit.Lowest}-{limit.Highest}"), rows);
    }

    [Fact]
    public void The_command_line_goes_before_the_settings()
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Limits:registrations-per-minute"] = "7",
            ["Limits:waiting-per-address"] = "8",
        }).Build();

        var limits = Limits.Read("registrations-per-minute=9; sockets-per-address = 10", settings);

        Assert.Equal((9, 8, 10), (limits.RegistrationsPerMinute, limits.WaitingPerAddress, limits.SocketsPerAddress));
    }

    [Theory]
    [InlineData("registrations=5", "there is no limit named \"registrations\"")]
    [InlineData("registrations-per-minute", "is not understood")]
    [InlineData("registrations-per-minute=", "is not understood")]
    [InlineData("registrations-per-minute=many", "is not understood")]
    [InlineData("registrations-per-minute=-1", "is not understood")]
    [InlineData("registrations-per-minute=0", "is out of range: it may be 1 to 1000000")]
    [InlineData("first-message-seconds=61", "is out of range: it may be 1 to 60")]
    [InlineData("ping-seconds=25,ping-seconds=26", "is given twice")]
    public void A_limit_that_is_not_right_is_refused_in_words(string text, string words)
    {
        var problem = Assert.Throws<OperatorException>(() => new Limits(text));

        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, problem.ExitCode);
    }

    [Fact]
    public async Task A_limit_that_is_not_right_stops_the_server_before_it_listens() =>
        await Assert.ThrowsAsync<OperatorException>(() => RunningServer.StartAsync(new ServerChoices { Arguments = ["--limit", "ping-seconds=0"] }));
}
