using System.Net;

namespace Nabij.Server.Tests.Web;

public sealed class UnsafeVerbTests
{
    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/sign-out")]
    [InlineData("/o/test/accept")]
    [InlineData("/desk/tickets")]
    public async Task A_request_that_changes_something_needs_our_token(string path)
    {
        await using var server = await RunningServer.StartAsync();
        using var visitor = server.Visit();
        (await visitor.SignInAsync()).Dispose();

        using var answer = await visitor.PostAsync(path, ("email", RunningServer.Email), ("password", RunningServer.Password), ("terms", "yes"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    public async Task A_page_of_another_site_changes_nothing_even_with_a_token(string site)
    {
        await using var server = await RunningServer.StartAsync();
        using var visitor = server.Visit();
        visitor.Client.DefaultRequestHeaders.Add("Sec-Fetch-Site", site);

        using var answer = await visitor.SignInAsync();

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_body_over_the_limit_is_refused()
    {
        await using var server = await RunningServer.StartAsync();
        using var visitor = server.Visit();

        using var answer = await visitor.SubmitAsync("/sign-in", "/sign-in", ("email", new string('a', 70_000)), ("password", "x"));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task Too_many_requests_of_one_address_are_put_off()
    {
        await using var server = await RunningServer.StartAsync(new ServerChoices { Settings = new() { ["RateLimits:AccountsPerMinute"] = "3" } });
        using var visitor = server.Visit();

        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 4; i++)
        {
            using var answer = await visitor.GetAsync("/sign-in");
            statuses.Add(answer.StatusCode);
        }

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests], statuses);
    }
}
