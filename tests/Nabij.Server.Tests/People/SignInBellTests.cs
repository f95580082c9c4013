using System.Net;
using Nabij.Server.Accounts;
using Nabij.Server.Commands;

namespace Nabij.Server.Tests.People;

/// <summary>
/// What ends a sign-in closes its sockets by itself, not at the watch's next look: the clock stands still in these tests, so
/// that look never comes.
/// </summary>
public sealed class SignInBellTests
{
    private readonly ManualClock _clock = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Acts() => ["sign-ins", "off", "role", "password", "passkey", "networks", "command reset-owner", "command revoke"];

    [Theory]
    [MemberData(nameof(Acts))]
    public async Task While_the_clock_stands_still_an_ended_sign_in_closes_its_stream(string act)
    {
        await using var server = await PasskeyTests.StartAsync(_clock);
        var id = await Staff.AddAsync(server, "anna@example.test", Role.Technician);
        using var boss = await Staff.SignInAsync(server);
        using var anna = await Staff.SignInAsync(server, "anna@example.test");
        using var key = PasskeyTests.NewKey();
        if (act == "passkey")
            await PasskeyTests.AddAsync(anna, key);
        using var stays = await OpenAsync(boss);
        using var ends = await OpenAsync(anna);

        await ActAsync(server, (boss, anna), (id, act, key));

        await using var stream = await ends.Content.ReadAsStreamAsync(Cancel);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        var buffer = new byte[4096];
        while (await stream.ReadAsync(buffer, patience.Token) > 0)
        {
        }

        Assert.Equal(HttpStatusCode.OK, await boss.StatusAsync("/desk"));
    }

    [Fact]
    public async Task A_ring_that_nobody_has_heard_yet_is_one_and_none_is_lost()
    {
        var folder = Directory.CreateTempSubdirectory("nabij-bell-");
        using var bell = new SignInBell(new Nabij.Server.Storage.DataFolder(folder.FullName));
        bell.Ring();
        bell.Ring();
        await bell.WaitAsync(Cancel);
        var second = bell.WaitAsync(Cancel);
        Assert.False(second.IsCompleted);
        bell.Ring();
        await second;
        folder.Delete(recursive: true);
    }

    private static async Task ActAsync(RunningServer server, (Visitor Boss, Visitor Anna) who, (Guid Id, string Act, SoftAuthenticator Key) what)
    {
        if (what.Act.StartsWith("command", StringComparison.Ordinal))
        {
            using var words = new StringWriter();
            string[] command = what.Act == "command revoke"
                ? ["revoke", "anna@example.test", "--data", server.Folder]
                : ["reset-owner", "--data", server.Folder, "--email", "anna@example.test"];
            Assert.Equal(ExitCode.Done, await CommandLine.RunAsync(command, new Terminal(words, words), Cancel));
            return;
        }

        if (what.Act is "password" or "passkey")
        {
            using var own = what.Act == "passkey" ? server.Visit() : await Staff.SignInAsync(server, "anna@example.test");
            if (what.Act == "passkey")
                Assert.Equal(HttpStatusCode.SeeOther, (await PasskeyTests.SignInAsync(own, what.Key)).Status);
            var (done, text) = what.Act == "passkey"
                ? await PasskeyTests.RemoveAsync(own, what.Key)
                : await Staff.ReadAsync(own.SubmitAsync("/account", "/account/password", ("password", "seven quiet lamps 31")));
            Assert.True(done == HttpStatusCode.SeeOther, text);
            return;
        }

        var path = what.Act switch { "sign-ins" => "/sign-ins/end", "off" => "/off", "networks" => "/limits", _ => "" };
        var (status, page) = await Staff.ReadAsync(who.Boss.SubmitAsync($"/people/{what.Id}", $"/people/{what.Id}{path}",
            ("name", "Anna"), ("role", Role.Auditor), ("hours-choice", "always"), ("networks-choice", "own"), ("networks", "203.0.113.7")));
        Assert.True(status == HttpStatusCode.SeeOther, page);
    }

    private static async Task<HttpResponseMessage> OpenAsync(Visitor visitor)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/desk/events");
        var answer = await visitor.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return answer;
    }
}
