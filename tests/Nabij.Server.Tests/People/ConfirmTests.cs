using System.Net;
using Nabij.Server.Accounts;
using Nabij.Server.Tests.Accounts;

namespace Nabij.Server.Tests.People;

public sealed class ConfirmTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public async Task Five_minutes_after_the_proof_a_risky_page_asks_for_it_again_and_leads_back()
    {
        await using var server = await RunningServer.StartAsync(new ServerChoices { Clock = _clock });
        using var owner = await Staff.SignInAsync(server);
        Assert.Equal(HttpStatusCode.OK, await owner.StatusAsync("/people/new"));
        _clock.Advance(TimeSpan.FromMinutes(5));

        var (asked, where) = await Staff.ReadAsync(owner.GetAsync("/people/new"));
        Assert.Equal((HttpStatusCode.SeeOther, "/confirm?return=%2Fpeople%2Fnew"), (asked, where.Trim()));
        Assert.Equal(HttpStatusCode.OK, await owner.StatusAsync("/people"));
        var (wrong, words) = await Staff.ReadAsync(owner.SubmitAsync("/confirm?return=%2Fpeople%2Fnew", "/confirm", ("return", "/people/new"), ("proof", "a wrong phrase")));
        var (right, back) = await Staff.ReadAsync(owner.SubmitAsync("/confirm?return=%2Fpeople%2Fnew", "/confirm", ("return", "/people/new"), ("proof", RunningServer.Password)));

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.SeeOther), (wrong, right));
        Assert.Contains("password is not right", words, StringComparison.Ordinal);
        Assert.Equal("/people/new", back.Trim());
        Assert.Equal(HttpStatusCode.OK, await owner.StatusAsync("/people/new"));
    }

    [Fact]
    public async Task Who_has_a_second_factor_confirms_by_it_and_not_by_the_password()
    {
        await using var server = await RunningServer.StartAsync(new ServerChoices { Clock = _clock, DemandsSecondFactor = true });
        using var owner = server.Visit();
        (await owner.SignInAsync()).Dispose();
        var (secret, codes) = await SecondFactorTests.EnrollAsync(owner, _clock);
        _clock.Advance(TimeSpan.FromMinutes(5));

        var (password, _) = await ConfirmAsync(owner, RunningServer.Password);
        var (code, _) = await ConfirmAsync(owner, Totp.Code(secret, _clock.GetUtcNow()));
        var (replay, _) = await ConfirmAsync(owner, Totp.Code(secret, _clock.GetUtcNow()));
        var (recovery, _) = await ConfirmAsync(owner, codes[0]);

        Assert.Equal(
            (HttpStatusCode.Unauthorized, HttpStatusCode.SeeOther, HttpStatusCode.Unauthorized, HttpStatusCode.SeeOther), (password, code, replay, recovery));
    }

    [Fact]
    public async Task A_form_sent_too_late_changes_nothing_and_leads_back_to_its_page()
    {
        await using var server = await RunningServer.StartAsync(new ServerChoices { Clock = _clock });
        var id = await Staff.AddAsync(server, "other@example.test", Role.Technician);
        using var owner = await Staff.SignInAsync(server);
        using var other = await Staff.SignInAsync(server, "other@example.test");
        var token = Visitor.FormToken(await owner.ReadAsync($"/people/{id}"));
        _clock.Advance(TimeSpan.FromMinutes(6));

        var (status, where) = await Staff.ReadAsync(owner.PostAsync($"/people/{id}/off?lang=nl", ("antiforgery", token)));

        Assert.Equal((HttpStatusCode.SeeOther, $"/confirm?return=%2Fpeople%2F{id}&lang=nl"), (status, where.Trim()));
        Assert.Equal(HttpStatusCode.OK, await other.StatusAsync("/desk"));
    }

    [Fact]
    public async Task Wrong_proofs_bring_the_same_pause_as_wrong_passwords()
    {
        await using var server = await RunningServer.StartAsync(new ServerChoices { Clock = _clock });
        using var owner = await Staff.SignInAsync(server);
        for (var i = 0; i < 5; i++)
            await ConfirmAsync(owner, "a wrong phrase");

        Assert.Equal(HttpStatusCode.TooManyRequests, (await ConfirmAsync(owner, RunningServer.Password)).Status);
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example/")]
    [InlineData("/confirm?return=/confirm")]
    public async Task A_confirmation_never_leads_to_another_site(string target)
    {
        await using var server = await RunningServer.StartAsync(new ServerChoices { Clock = _clock });
        using var owner = await Staff.SignInAsync(server);

        var (_, where) = await Staff.ReadAsync(owner.SubmitAsync("/confirm", "/confirm", ("return", target), ("proof", RunningServer.Password)));

        Assert.Equal("/account", where.Trim());
    }

    private static Task<(HttpStatusCode Status, string Text)> ConfirmAsync(Visitor visitor, string proof) =>
        Staff.ReadAsync(visitor.SubmitAsync("/confirm", "/confirm", ("return", "/account"), ("proof", proof)));
}
