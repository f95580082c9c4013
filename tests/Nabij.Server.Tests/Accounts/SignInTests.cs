using System.Net;

namespace Nabij.Server.Tests.Accounts;

public sealed class SignInTests
{
    [Fact]
    public async Task The_owner_signs_in_and_reaches_the_desk()
    {
        await using var server = await RunningServer.StartAsync();
        using var visitor = server.Visit();

        using var signedIn = await visitor.SignInAsync();
        using var desk = await visitor.GetAsync("/desk");

        Assert.Equal((HttpStatusCode.SeeOther, "/desk"), (signedIn.StatusCode, signedIn.Headers.Location?.ToString()));
        Assert.Equal(HttpStatusCode.OK, desk.StatusCode);
        Assert.Contains("/viewer/desk.js", await desk.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_desk_leads_to_the_sign_in_and_back()
    {
        await using var server = await RunningServer.StartAsync();
        using var visitor = server.Visit();

        using var desk = await visitor.GetAsync("/desk");

        Assert.Equal((HttpStatusCode.Redirect, "/sign-in?return=%2Fdesk"), (desk.StatusCode, desk.Headers.Location?.ToString()));
        Assert.Contains("name=\"return\" value=\"/desk\"", await visitor.ReadAsync("/sign-in?return=%2Fdesk"), StringComparison.Ordinal);
    }
}
