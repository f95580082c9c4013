using System.Security.Cryptography;
using Nabij.HostApp.Flow;
using Nabij.HostApp.Texts;
using Nabij.HostCore.Rendezvous;

namespace Nabij.HostCore.Tests;

/// <summary>Who the shop is, whom it has revoked, and where to report what was not right: from signed documents only.</summary>
public sealed class HostAppIdentityTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_was_revoked_since_the_program_was_made_is_refused_as_well()
    {
        using var shop = new HostAppShop();
        var (before, since) = (new byte[16], RandomNumberGenerator.GetBytes(16));
        var own = shop.Organization with { Document = shop.Document with { DeniedTechnicians = [before] } };
        shop.Answers["/o/linde/organization.json"] = () => HostAppShop.Bytes(shop.Sign(shop.Document with { DeniedTechnicians = [since], DisplayName = "Other" }));
        var renewed = await Server(shop).RenewAsync(own, Cancel);
        Assert.Equal([before, since], renewed.Document.DeniedTechnicians.Select(id => id.ToArray()));
        Assert.Equal(own.Shop, renewed.Shop);
    }

    [Theory]
    [InlineData("another key")]
    [InlineData("another organization")]
    [InlineData("nothing")]
    public async Task A_document_that_is_not_the_organizations_own_changes_nothing(string what)
    {
        using var shop = new HostAppShop();
        using var other = new HostAppShop();
        var denied = new byte[16];
        shop.Answers["/o/linde/organization.json"] = () => what switch
        {
            "another key" => HostAppShop.Bytes(other.Sign(other.Document with { DeniedTechnicians = [denied] })),
            "another organization" => HostAppShop.Bytes(shop.Sign(shop.Document with { DeniedTechnicians = [denied], OrganizationId = new string('b', 32) })),
            _ => new HttpResponseMessage(System.Net.HttpStatusCode.NotFound),
        };
        Assert.Same(shop.Organization, await Server(shop).RenewAsync(shop.Organization, Cancel));
    }

    [Fact]
    public async Task The_newest_deny_list_is_there_before_there_is_a_code()
    {
        await using var run = new HostAppRun();
        var since = RandomNumberGenerator.GetBytes(16);
        run.Shop.Answers["/o/linde/organization.json"] = () => HostAppShop.Bytes(run.Shop.Sign(run.Shop.Document with { DeniedTechnicians = [since] }));
        await run.ToTermsAsync();
        Assert.Equal(since, Assert.Single(run.Flow.Organization!.Document.DeniedTechnicians).ToArray());
    }

    [Theory]
    [InlineData("en", CodeNews.Revoked, "may not help for De Linde any more")]
    [InlineData("nl", CodeNews.Revoked, "niet meer mag helpen namens De Linde")]
    [InlineData("en", CodeNews.Uncertified, "De Linde has not confirmed whoever typed the code")]
    [InlineData("nl", CodeNews.Uncertified, "De Linde heeft degene die de code invoerde niet bevestigd")]
    public async Task A_technician_who_is_refused_is_told_at_the_code(string language, CodeNews news, string words)
    {
        await using var run = new HostAppRun(language: language);
        await run.ToCodeAsync();
        run.Hear(new CustomerEvent.CodeReady("417118204", run.Clock.GetUtcNow().AddMinutes(10), news));
        Assert.Contains(run.Window.Announced, said => said.Contains(words, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("en", "melden@shop.example", true, "Report it to S: melden@shop.example")]
    [InlineData("nl", "melden@shop.example", true, "Meld het bij S: melden@shop.example")]
    [InlineData("en", null, true, "Report it to S on 030 1")]
    [InlineData("nl", null, true, "Meld het bij S op 030 1")]
    [InlineData("en", "melden@shop.example", false, "Report it to the police")]
    public void Where_to_report_abuse_comes_from_a_verified_document_or_not_at_all(string language, string? abuse, bool isVerified, string words)
    {
        var phrases = new Phrases(Wording.Of(language), new Shop("S", "030 1", "s.example", isVerified) { Abuse = abuse }).With("technician", "T");
        var end = SessionScreens.End(phrases, "customerended", [], [], new EndOffers(false) { ProgramFile = "/home/jan/nabij" });
        var texts = end.Parts.OfType<HostApp.Screens.Words>().ToDictionary(part => part.Id, part => part.Text);
        Assert.Contains(words, texts["abuse"], StringComparison.Ordinal);
        Assert.Contains("/home/jan/nabij", texts["program"], StringComparison.Ordinal);
        Assert.Contains(language == "en" ? "password" : "wachtwoord", texts["advice"], StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Invariant", "9")]
    public void The_contact_for_abuse_is_text()
    {
        using var shop = new HostAppShop();
        var organization = shop.Organization with { Document = shop.Document with { AbuseContact = "a\u202eb\u200bc" } };
        Assert.Equal("a\ufffdb\ufffdc", organization.Shop.Abuse);
    }

    private static ShopServer Server(HostAppShop shop) => new(_ => new HttpClient(shop, disposeHandler: false), TimeProvider.System);
}
