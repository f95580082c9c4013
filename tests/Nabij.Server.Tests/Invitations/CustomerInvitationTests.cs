using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Nabij.Server.Invitations;
using Nabij.Server.Tests.People;

namespace Nabij.Server.Tests.Invitations;

public sealed partial class CustomerInvitationTests
{
    private static readonly (string, string)[] Anna = [("customer", "Anna"), ("message", "As agreed:\r\nabout your mail"), ("ticket", "T-17"), ("language", "en"), ("life", "24")];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_customer_reads_who_invites_and_the_terms_and_the_technician_sees_that_they_were_accepted()
    {
        await using var server = await RunningServer.StartAsync();
        using var technician = await Staff.SignInAsync(server);
        var (link, made) = await MakeAsync(technician, Anna);
        Assert.Contains("Help from a distance by Computer shop Test", made, StringComparison.Ordinal);
        Assert.Contains("Hulp op afstand door Computer shop Test", made, StringComparison.Ordinal);
        Assert.Contains("020 555 0123", made, StringComparison.Ordinal);

        using var customer = server.Visit();
        var page = await customer.ReadAsync($"{link}?lang=en");
        Assert.All(["Dear Anna,", "about your mail", $"{RunningServer.OwnerName} of Computer shop Test invites you", "id=\"terms-heading\""], word => Assert.Contains(word, page, StringComparison.Ordinal));
        Assert.DoesNotContain("T-17", page, StringComparison.Ordinal);
        Assert.Contains("opened", await technician.ReadAsync("/invite?lang=en"), StringComparison.Ordinal);

        using var accepted = await customer.SubmitAsync(
            $"{link}?lang=en", "/o/test/accept?lang=en", ("version", "1"), ("language", "en"), ("invitation", Path.GetFileName(link)), ("terms", "yes"), ("licence", "yes"), ("backup", "yes"));
        Assert.Equal("/o/test/download?lang=en", accepted.Headers.Location?.ToString());
        Assert.Contains("terms accepted", await technician.ReadAsync("/invite?lang=en"), StringComparison.Ordinal);
        var again = await server.Visit().ReadAsync($"{link}?lang=en");
        Assert.DoesNotContain("Anna", again, StringComparison.Ordinal);
        Assert.Contains("This invitation is over", again, StringComparison.Ordinal);
        Assert.Contains("id=\"accept\"", again, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_answer_keeps_the_invitation_on_the_page()
    {
        await using var server = await RunningServer.StartAsync();
        using var technician = await Staff.SignInAsync(server);
        var (link, _) = await MakeAsync(technician, Anna);
        using var customer = server.Visit();

        var (status, page) = await Staff.ReadAsync(customer.SubmitAsync(link, "/o/test/accept?lang=en", ("version", "1"), ("language", "en"), ("invitation", Path.GetFileName(link)), ("terms", "yes")));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("Dear Anna,", page, StringComparison.Ordinal);
        Assert.Contains($"name=\"invitation\" value=\"{Path.GetFileName(link)}\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_ends_by_itself_and_can_be_taken_back()
    {
        var clock = new ManualClock();
        await using var server = await RunningServer.StartAsync(new ServerChoices { Clock = clock });
        using var technician = await Staff.SignInAsync(server);
        var (taken, _) = await MakeAsync(technician, Anna);
        clock.Advance(TimeSpan.FromMinutes(1));
        var (old, _) = await MakeAsync(technician, [.. Anna.SkipLast(1), ("life", "4")]);
        var id = Revoke().Matches(await technician.ReadAsync("/invite")).Select(match => match.Groups[1].Value).Last();
        (await technician.SubmitAsync("/invite", $"/invite/{id}/revoke")).Dispose();
        using var visitor = server.Visit();

        var states = (await IsOverAsync(taken), await IsOverAsync(old));
        clock.Advance(TimeSpan.FromHours(4));

        Assert.Equal((true, false), states);
        Assert.True(await IsOverAsync(taken) && await IsOverAsync(old));
        Assert.True(await IsOverAsync("/o/test/i/aaaaaaaaaaaa") && await IsOverAsync("/o/test/i/x"));
        Assert.Equal(HttpStatusCode.NotFound, await visitor.StatusAsync("/o/none/i/aaaaaaaaaaaa"));
        Assert.Single(await Staff.AuditAsync(server, "customer.uninvited"));

        async Task<bool> IsOverAsync(string link) => (await visitor.ReadAsync($"{link}?lang=en")).Contains("This invitation is over", StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_two_links_are_the_same_and_none_opens_the_download()
    {
        await using var server = await RunningServer.StartAsync();
        using var technician = await Staff.SignInAsync(server);
        var links = new HashSet<string>();
        for (var i = 0; i < 20; i++)
            links.Add((await MakeAsync(technician, Anna)).Link);
        using var customer = server.Visit();
        await customer.ReadAsync(links.First());

        using var download = await customer.GetAsync("/o/test/download");

        Assert.Equal(20, links.Count);
        Assert.Equal(HttpStatusCode.SeeOther, download.StatusCode);
        Assert.DoesNotContain("nabij-accepted", customer.CookieValues().Keys);
    }

    [Theory]
    [InlineData("customer", "a\u0007b")]
    [InlineData("message", "a\u0007b")]
    [InlineData("language", "xx")]
    [InlineData("life", "9999")]
    [InlineData("ticket", "12345678901234567890123456789012345678901234567890123456789012345")]
    public async Task What_is_no_invitation_is_refused(string field, string value)
    {
        await using var server = await RunningServer.StartAsync();
        using var technician = await Staff.SignInAsync(server);

        var (status, _) = await Staff.ReadAsync(technician.SubmitAsync("/invite", "/invite", [.. Anna.Select(one => one.Item1 == field ? (field, value) : one)]));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        await using var database = await server.OpenDatabaseAsync();
        Assert.Equal(0, await database.Set<CustomerInvitation>().CountAsync(Cancel));
    }

    private static async Task<(string Link, string Page)> MakeAsync(Visitor technician, (string, string)[] fields)
    {
        using var answer = await technician.SubmitAsync("/invite?lang=en", "/invite?lang=en", fields);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        var page = WebUtility.HtmlDecode(await technician.ReadAsync(answer.Headers.Location?.ToString() ?? ""));
        return (Link().Match(page).Groups[1].Value, page);
    }

    [GeneratedRegex("(/o/test/i/[a-z0-9]{12})")]
    private static partial Regex Link();

    [GeneratedRegex("/invite/([0-9a-f-]{36})/revoke")]
    private static partial Regex Revoke();
}
