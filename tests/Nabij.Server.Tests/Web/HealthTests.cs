using System.Net;
using Microsoft.Data.Sqlite;
using Nabij.Server.Storage;
using Nabij.Server.Tests.Storage;

namespace Nabij.Server.Tests.Web;

public sealed class HealthTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ready_means_that_the_database_can_be_written()
    {
        await using var server = await RunningServer.StartAsync();
        using var visitor = server.Visit();
        (HttpStatusCode Status, string Words) live, held;
        await using (await TestDatabase.HoldAsync(server.Services.GetRequiredService<DatabaseSource>()))
        {
            live = await AskAsync(visitor, "/healthz");
            held = await AskAsync(visitor, "/readyz");
        }

        var free = await AskAsync(visitor, "/readyz");

        Assert.Equal((HttpStatusCode.OK, "ready"), live);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "database locked"), held);
        Assert.Equal((HttpStatusCode.OK, "ready"), free);
        Assert.Contains("Not ready", server.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_gone_is_not_ready_and_is_not_made_anew()
    {
        await using var server = await RunningServer.StartAsync();
        using var visitor = server.Visit();
        SqliteConnection.ClearAllPools();
        await TestDatabase.DropAsync(server.Folder);
        foreach (var file in Directory.GetFiles(server.Folder, "nabij.db*"))
            File.Delete(file);

        var answer = await AskAsync(visitor, "/readyz");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "database cannot-open"), answer);
        Assert.False(File.Exists(Path.Combine(server.Folder, "nabij.db")));
    }

    [Theory]
    [InlineData("/healthz")]
    [InlineData("/readyz")]
    [InlineData("/READYZ/")]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Health_does_not_exist_for_callers_from_elsewhere(string path)
    {
        await using var server = await RunningServer.StartAsync(new ServerChoices
        {
            Arguments = ["--urls", "http://127.0.0.1:0", "--behind-proxy", "127.0.0.1", "--origin", "https://help.example.nl"],
        });
        using var visitor = server.Visit();
        var local = await AskAsync(visitor, path);
        visitor.Client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        visitor.Client.DefaultRequestHeaders.Add("X-Forwarded-For", "198.51.100.1");

        using var answer = await visitor.GetAsync(path);

        Assert.NotEqual(HttpStatusCode.NotFound, local.Status);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static async Task<(HttpStatusCode Status, string Words)> AskAsync(Visitor visitor, string path)
    {
        using var answer = await visitor.GetAsync(path);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancel));
    }
}
