using System.Net;

namespace Nabij.Server.Tests.Web;

public sealed class HeadRequestTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_may_be_read_answers_a_HEAD_like_a_GET_without_a_body()
    {
        await using var server = await RunningServer.StartAsync();
        using var visitor = server.Visit();
        string[] paths =
        [
            "/", "/o/test", "/o/test?lang=nl", "/o/none", "/o/test/accept", "/o/test/terms", "/o/test/terms/1/nl", "/o/test/licence/1/en", "/o/test/terms/9/nl", "/o/test/download",
            "/o/test/download/linux-x64", "/download/linux-x64", "/organization.json", "/o/test/organization.json", "/o/test/brand.css", "/sign-in", "/sign-in/second-factor",
            "/desk", "/site.css", "/healthz", "/readyz", "/no/such/page",
        ];

        foreach (var path in paths)
        {
            using var request = new HttpRequestMessage(HttpMethod.Head, path);
            using var head = await visitor.Client.SendAsync(request, Cancel);
            using var get = await visitor.GetAsync(path);

            Assert.True(get.StatusCode == head.StatusCode, $"{path}: GET {get.StatusCode}, HEAD {head.StatusCode}");
            Assert.Equal(get.Headers.Location, head.Headers.Location);
            Assert.Empty(await head.Content.ReadAsByteArrayAsync(Cancel));
            if (get.StatusCode is HttpStatusCode.OK)
                Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
        }
    }

    [Theory]
    [InlineData("/ws/host")]
    [InlineData("/ws/viewer")]
    [InlineData("/desk/events")]
    public async Task Sockets_and_streams_take_no_HEAD(string path)
    {
        await using var server = await RunningServer.StartAsync();
        using var visitor = server.Visit();
        using var request = new HttpRequestMessage(HttpMethod.Head, path);

        using var answer = await visitor.Client.SendAsync(request, Cancel);

        Assert.True((int)answer.StatusCode is >= 300 and < 500, $"{answer.StatusCode}");
    }
}
