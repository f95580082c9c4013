using System.Net;

namespace Nabij.Server.Tests.Web;

public sealed class ErrorPageTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_error_page_is_of_the_organization_whose_address_was_asked_or_whose_people_ask()
    {
        await using var server = await RunningServer.StartAsync();
        await EndpointTableTests.AddOrganizationAsync(server);
        const string second = EndpointTableTests.SecondSlug;
        using var visitor = server.Visit();

        Assert.DoesNotContain("Second shop", await ReadAsync(visitor, "/no/such/page"), StringComparison.Ordinal);
        foreach (var path in (string[])[$"/o/{second}/no-such", $"/sign-in/no-such?shop={second}"])
            Assert.Contains("· Second shop</title>", await ReadAsync(visitor, path), StringComparison.Ordinal);
        (await visitor.SubmitAsync(
            $"/sign-in?shop={second}", $"/sign-in?shop={second}", ("email", EndpointTableTests.SecondEmail), ("password", RunningServer.Password), ("return", "/people"))).Dispose();
        Assert.Contains("· Second shop</title>", await ReadAsync(visitor, $"/people/{Guid.NewGuid()}"), StringComparison.Ordinal);
    }

    private static async Task<string> ReadAsync(Visitor visitor, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("text/html");
        using var answer = await visitor.Client.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancel));
    }
}
