using Nabij.HostCore.Rendezvous;
using Nabij.Protocol.Rendezvous;

namespace Nabij.HostCore.Tests.Session;

/// <summary>The right code is not enough: the certificate is looked at behind it (docs/protocol/02, step 4; security.md 3.8).</summary>
public sealed class RefusedTechnicianTests
{
    [Fact]
    public async Task A_revoked_technician_with_the_right_code_is_refused_and_the_customer_is_told()
    {
        await using var fixture = new SessionFixture(amend: document => document with { DeniedTechnicians = [new byte[16]] });
        await RefusedAsync(fixture, CodeNews.Revoked);
    }

    [Fact]
    public async Task A_technician_whose_certificate_has_ended_is_refused_and_the_customer_is_told()
    {
        await using var fixture = new SessionFixture();
        fixture.Clock.Sleep(TimeSpan.FromHours(9)); // the certificate is good for eight
        await RefusedAsync(fixture, CodeNews.Uncertified);
    }

    private static async Task RefusedAsync(SessionFixture fixture, CodeNews news)
    {
        fixture.Connection.Start();
        var peer = await fixture.NextSocketAsync();
        await peer.GiveNameplateAsync("417");
        var first = await fixture.HearAsync<CustomerEvent.CodeReady>();
        Assert.False(await peer.ConnectAsync(first.Digits));
        await fixture.HearAsync<CustomerEvent.Joined>();
        Assert.Equal(news == CodeNews.Revoked, (await fixture.HearAsync<CustomerEvent.TechnicianRefused>()).IsRevoked);
        var again = await fixture.NextSocketAsync();
        await again.GiveNameplateAsync("417");
        Assert.Equal(RunOutcome.BrokenOff, again.Registration.Outcome);
        var second = await fixture.HearAsync<CustomerEvent.CodeReady>();
        Assert.Equal(news, second.News);
        Assert.NotEqual(first.Digits, second.Digits);
    }
}
