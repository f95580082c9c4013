using System.Net;
using Nabij.Server.Accounts;
using Nabij.Server.Records;
using Nabij.Server.Rendezvous;
using Nabij.Server.Tests.People;
using Nabij.Server.Tests.Rendezvous;

namespace Nabij.Server.Tests.Records;

public sealed class StatisticsTests
{
    [Fact]
    public async Task Figures_add_up_by_day_and_by_technician_and_name_no_customer()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        var tom = await Staff.AddAsync(server, "tom@example.test", Role.Technician);
        await Staff.AddAsync(server, "reports@example.test", Role.Reports);
        await RecordsStage.AddSessionsAsync(server, 4, (number, session) =>
        {
            if (number == 4)
                session.StartedAt = null;
        });
        await RecordsStage.AddSessionsAsync(server, 1, technician: tom, first: 9);
        using var reports = await Staff.SignInAsync(server, "reports@example.test");

        var html = await reports.ReadAsync("/records/statistics?lang=en&from=2026-11-01&until=2026-11-03");

        foreach (var cells in (string[][])[["2026-11-02", "4", "0:03:45", "0:09:00", "0:15:00", "0:00:03", "1"], [RunningServer.OwnerName, "3", "0:02:00", "0:03:00", "0:06:00", "0:00:02", "1"], ["tom", "1", "0:09:00", "0:09:00", "0:09:00", "0:00:09", "0"]])
            Assert.Contains(string.Concat(cells), Squeeze(html), StringComparison.Ordinal);
        Assert.DoesNotContain("Customer", html, StringComparison.Ordinal);
        Assert.Equal(4, html.Split("<svg class=\"bars\"").Length - 1);
        Assert.Equal(HttpStatusCode.Forbidden, await reports.StatusAsync("/records"));
    }

    [Fact]
    public async Task A_session_of_several_people_is_one_session_with_one_wait_and_every_technicians_own_time()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        var tom = await Staff.AddAsync(server, "tom@example.test", Role.Technician);
        var owner = await RecordsStage.AddSessionsAsync(server, 2);
        await RecordsStage.AddPartAsync(server, (tom, 7), (2, SupportSession.TechnicianRole));
        await RecordsStage.AddPartAsync(server, (owner, 8), (2, SupportSession.RelativeRole));
        using var boss = await Staff.SignInAsync(server);

        var html = Squeeze(await boss.ReadAsync("/records/statistics?lang=en&from=2026-11-01&until=2026-11-03"));

        // It lasts until Tom has left, who came when the owner was gone.
        foreach (var cells in (string[][])[["2026-11-02", "2", "0:06:30", "0:12:00", "0:13:00", "0:00:01", "0"], [RunningServer.OwnerName, "2", "0:01:30", "0:02:00", "0:03:00", "0:00:01", "0"], ["tom", "0", "0:07:00", "0:07:00", "0:07:00"]])
            Assert.Contains(string.Concat(cells), html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("from=2026-01-01&until=2026-12-31", "week")]
    [InlineData("from=2020-01-01&until=2026-12-31&step=day", "month")]
    [InlineData("from=2026-11-01&until=2026-11-30", "day")]
    public void A_long_time_is_shown_in_coarser_steps(string query, string step)
    {
        var fields = query.Split('&').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        var filter = StatisticsFilter.Read(name => fields.GetValueOrDefault(name, ""), new DateOnly(2026, 11, 22));

        Assert.Equal(step, filter.Step);
        Assert.InRange(filter.Bars().Count, 1, StatisticsFilter.MostBars + 1);
        Assert.Equal(filter.Bars(), filter.Bars().Select(filter.Begin));
    }

    [Theory]
    [InlineData(0, true, 4)]
    [InlineData(3, true, 4)]
    [InlineData(7, true, 8)]
    [InlineData(101, true, 200)]
    [InlineData(0.3, false, 0.4)]
    [InlineData(12.5, false, 20)]
    public void The_scale_ends_at_a_round_number_above_the_highest_bar(double highest, bool isWhole, double top)
    {
        var scale = new BarScale([new Bar("a", highest, ""), new Bar("b", null, "")], isWhole);

        Assert.Equal(top, scale.Most, 6);
        Assert.True(!isWhole || scale.Steps.All(step => step == Math.Round(step)));
    }

    private static string Squeeze(string html) =>
        string.Concat(System.Text.RegularExpressions.Regex.Replace(WebUtility.HtmlDecode(html), "<[^>]*>|\\s", "")).Replace("PeterTester", RunningServer.OwnerName, StringComparison.Ordinal);
}
