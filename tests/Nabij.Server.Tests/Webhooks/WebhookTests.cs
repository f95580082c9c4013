using Microsoft.EntityFrameworkCore;
using Nabij.Server.Accounts;
using Nabij.Server.Relay;
using Nabij.Server.Rendezvous;
using Nabij.Server.Storage;
using Nabij.Server.Tests.Api;
using Nabij.Server.Tests.People;
using Nabij.Server.Tests.Rendezvous;
using Nabij.Server.Webhooks;

namespace Nabij.Server.Tests.Webhooks;

public sealed class WebhookTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void A_signature_is_the_one_of_Standard_Webhooks()
    {
        // Computed with openssl: printf 'msg_1.1795000000.{}' | openssl dgst -sha256 -mac HMAC -macopt hexkey:000102...1f -binary | base64
        var secret = "whsec_" + Convert.ToBase64String([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);
        var signature = WebhookSignature.Sign(secret, ("msg_1", DateTimeOffset.FromUnixTimeSeconds(1_795_000_000)), "{}");

        Assert.Equal("v1,gvfHyW5O7YWFycGKQjU6iBCqk7WF9Sq6lBCLdan1O2M=", signature);
    }

    [Fact]
    public async Task A_message_arrives_signed_and_its_log_says_so()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var hooks = await HookServer.StartAsync();
        var (id, secret) = await hooks.MakeAsync(receiver.Address);

        await hooks.TestAsync(id);
        await hooks.SendAsync();

        var message = Assert.Single(receiver.Messages);
        Assert.Equal(("test", hooks.Clock.GetUtcNow()), (message.Type, message.Time));
        Assert.True(message.IsSignedBy(secret));
        Assert.False(message.IsSignedBy(WebhookSignature.CreateSecret()));
        Assert.Equal("application/json; charset=utf-8", message.ContentType);
        var line = Assert.Single(await hooks.LogAsync());
        Assert.Equal((WebhookDelivery.Delivered, 204, 1, message.Id, null), (line.Outcome, line.LastStatus, line.Attempts, line.MessageId, line.NextAt));
        await using var database = await hooks.Server.OpenDatabaseAsync();
        Assert.DoesNotContain(secret, (await database.Set<Webhook>().SingleAsync(Cancel)).Secret, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, hooks.Server.Log.Text, StringComparison.Ordinal);
        Assert.Equal($"test {id} done \"tickets\" {new Uri(receiver.Address).GetLeftPart(UriPartial.Authority)}", Assert.Single(await Staff.AuditAsync(hooks.Server, "webhook.tested")));
    }

    [Fact]
    public async Task A_new_secret_signs_beside_the_old_one_for_a_day()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var hooks = await HookServer.StartAsync();
        var (id, old) = await hooks.MakeAsync(receiver.Address);
        var fresh = await hooks.ActAsync(async acts => await acts.RenewAsync("test", Assert.IsType<Webhook>(await acts.FindAsync(id, Cancel)), Cancel));

        await hooks.TestAsync(id);
        await hooks.SendAsync();
        hooks.Clock.Advance(TimeSpan.FromHours(24));
        await hooks.TestAsync(id);
        await hooks.SendAsync();

        await receiver.UntilAsync(2);
        var messages = receiver.Messages.ToList();
        Assert.True(messages[0].IsSignedBy(old) && messages[0].IsSignedBy(fresh));
        Assert.True(!messages[1].IsSignedBy(old) && messages[1].IsSignedBy(fresh));

    }

    [Fact]
    public async Task A_message_that_does_not_arrive_is_tried_for_a_day_and_never_lost()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var hooks = await HookServer.StartAsync();
        var (id, _) = await hooks.MakeAsync(receiver.Address);
        receiver.Answer = context => Status(context, 500);
        await hooks.TestAsync(id);
        var begin = hooks.Clock.GetUtcNow();

        var waits = new List<double>();
        while (true)
        {
            await hooks.SendAsync();
            var line = Assert.Single(await hooks.LogAsync());
            if (line.NextAt is not { } next)
                break;
            waits.Add((next - hooks.Clock.GetUtcNow()).TotalSeconds);
            hooks.Clock.Advance(next - hooks.Clock.GetUtcNow());
        }

        Assert.InRange(waits.Count, 8, 14);
        Assert.InRange(waits[0], 8, 12);
        Assert.All(waits, wait => Assert.InRange(wait, 8, WebhookRetries.Longest.TotalSeconds * 1.2));
        Assert.True(hooks.Clock.GetUtcNow() - begin <= WebhookRetries.Until);
        Assert.True(hooks.Clock.GetUtcNow() - begin > TimeSpan.FromHours(15));
        Assert.Equal(waits.Count + 1, receiver.Messages.Count);
        Assert.Single(receiver.Messages.Select(message => message.Id).Distinct());
        Assert.Equal(("status", 500), ((await hooks.LogAsync())[0].Outcome, (await hooks.LogAsync())[0].LastStatus));

        receiver.Answer = context => Status(context, 200);
        Assert.True(await hooks.ActAsync(async acts => await acts.ResendAsync("test", await hooks.FindAsync(id), (await hooks.LogAsync())[0].Id, Cancel)));
        await hooks.SendAsync();
        Assert.Equal(WebhookDelivery.Delivered, (await hooks.LogAsync())[0].Outcome);
        Assert.Null((await hooks.FindAsync(id)).FailingSince);
    }

    [Fact]
    public async Task What_waits_survives_a_restart_and_a_crash_in_the_middle()
    {
        var folder = Directory.CreateTempSubdirectory("nabij-hooks-");
        try
        {
            await RunningServer.SetUpAsync(new DataFolder(folder.FullName));
            await using var receiver = await Receiver.StartAsync();
            var clock = new ManualClock();
            string secret;
            await using (var first = await HookServer.StartAsync(folder, clock))
            {
                (var id, secret) = await first.MakeAsync(receiver.Address);
                await first.TestAsync(id);
                // Claimed by a server that went down before it knew the answer.
                await using var database = await first.Server.OpenDatabaseAsync();
                var until = clock.GetUtcNow().AddMinutes(2);
                await database.Set<WebhookDelivery>().ExecuteUpdateAsync(set => set.SetProperty(row => row.NextAt, until).SetProperty(row => row.Attempts, 1), Cancel);
            }

            await using var second = await HookServer.StartAsync(folder, clock, sendsByItself: true);
            clock.Advance(TimeSpan.FromMinutes(2));

            await receiver.UntilAsync(1);
            Assert.True(Assert.Single(receiver.Messages).IsSignedBy(secret));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_webhook_that_fails_for_three_days_is_switched_off_and_everybody_can_see_it()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var hooks = await HookServer.StartAsync();
        var (id, _) = await hooks.MakeAsync(receiver.Address);
        receiver.Answer = context => Status(context, 503);
        for (var day = 0; day < 4 && (await hooks.FindAsync(id)).OffAt is null; day++)
        {
            await hooks.TestAsync(id);
            await hooks.SendAsync();
            hooks.Clock.Advance(TimeSpan.FromHours(24));
        }

        var hook = await hooks.FindAsync(id);
        Assert.Equal(Webhook.Failing, hook.OffReason);
        Assert.All(await hooks.LogAsync(), line => Assert.Null(line.NextAt));
        Assert.Single(await Staff.AuditAsync(hooks.Server, "webhook.switched-off"));
        using var owner = await Staff.SignInAsync(hooks.Server);
        Assert.Contains("nothing arrived for three days", await owner.ReadAsync("/integration"), StringComparison.Ordinal);

        (await owner.SubmitAsync($"/integration/webhooks/{id}", $"/integration/webhooks/{id}/on")).Dispose();
        receiver.Answer = context => Status(context, 200);
        var before = receiver.Messages.Count;
        (await owner.SubmitAsync($"/integration/webhooks/{id}", $"/integration/webhooks/{id}/test")).Dispose();
        await hooks.SendAsync();
        Assert.Equal(before + 1, receiver.Messages.Count);
    }

    [Fact]
    public async Task A_receiver_that_is_gone_for_good_is_called_no_more()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var hooks = await HookServer.StartAsync();
        var (id, _) = await hooks.MakeAsync(receiver.Address);
        receiver.Answer = context => Status(context, 410);
        await hooks.TestAsync(id);

        await hooks.SendAsync();

        Assert.Equal(Webhook.Gone, (await hooks.FindAsync(id)).OffReason);
    }

    [Fact]
    public async Task A_receiver_that_asks_to_wait_is_left_alone_so_long_and_never_longer_than_the_longest_wait()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var hooks = await HookServer.StartAsync();
        var (id, _) = await hooks.MakeAsync(receiver.Address);
        receiver.Answer = context =>
        {
            context.Response.Headers.RetryAfter = receiver.Messages.Count == 1 ? "600" : "999999999";
            return Status(context, 429);
        };
        await hooks.TestAsync(id);

        await hooks.SendAsync();
        var first = (await hooks.LogAsync())[0].NextAt - hooks.Clock.GetUtcNow();
        hooks.Clock.Advance(first ?? default);
        await hooks.SendAsync();

        Assert.Equal(TimeSpan.FromSeconds(600), first);
        Assert.Equal(WebhookRetries.Longest, (await hooks.LogAsync())[0].NextAt - hooks.Clock.GetUtcNow());
    }

    [Fact]
    public async Task A_redirect_is_not_followed_and_a_silent_receiver_is_given_up()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var other = await Receiver.StartAsync();
        await using var hooks = await HookServer.StartAsync();
        var (id, _) = await hooks.MakeAsync(receiver.Address);
        receiver.Answer = context =>
        {
            context.Response.Headers.Location = other.Address;
            return Status(context, 307);
        };
        await hooks.TestAsync(id);
        await hooks.SendAsync();
        Assert.Empty(other.Messages);
        Assert.Equal(307, (await hooks.LogAsync())[0].LastStatus);

        receiver.Answer = context => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        var count = receiver.Messages.Count;
        await hooks.TestAsync(id);
        var sending = hooks.SendAsync();
        await receiver.UntilAsync(count + 1);
        hooks.Clock.Advance(WebhookPost.Patience);
        await sending;
        Assert.Contains(await hooks.LogAsync(), line => line.Outcome == PostOutcome.Timeout);
    }

    [Fact]
    public async Task More_than_may_wait_switches_the_webhook_off_rather_than_filling_the_disk()
    {
        await using var hooks = await HookServer.StartAsync();
        using var host = await HostPeer.WaitAsync(hooks.Server, Cancel);
        var (id, _) = await hooks.MakeAsync("http://127.0.0.1:9/", WebhookEvents.SessionStarted);
        await FillAsync(hooks, id, WebhookEvents.SessionStarted, WebhookOutbox.MostWaiting);
        var (ledger, session) = await BeginAsync(hooks);

        await ledger.StartAsync(session.OrganizationId, session.TechnicianId, session.Id, Cancel);

        Assert.Equal(Webhook.Full, (await hooks.FindAsync(id)).OffReason);
        Assert.Equal(0, (await hooks.LogAsync()).Count(line => line.NextAt is not null));
    }

    [Fact]
    public async Task Strangers_who_come_to_the_waiting_room_switch_no_webhook_off()
    {
        await using var hooks = await HookServer.StartAsync();
        var (id, _) = await hooks.MakeAsync("http://127.0.0.1:9/", WebhookEvents.CustomerWaiting, WebhookEvents.SessionStarted);
        await FillAsync(hooks, id, WebhookEvents.CustomerWaiting, WebhookOutbox.MostNewcomers - 1);
        using var last = await HostPeer.WaitAsync(hooks.Server, Cancel);
        await UntilAsync(async () => (await hooks.LogAsync()).Count == WebhookOutbox.MostNewcomers);
        using var over = await HostPeer.WaitAsync(hooks.Server, Cancel);

        // Told in order: once the session's start is there, the newcomer's turn has been.
        var (ledger, session) = await BeginAsync(hooks);
        await ledger.StartAsync(session.OrganizationId, session.TechnicianId, session.Id, Cancel);

        Assert.Null((await hooks.FindAsync(id)).OffAt);
        Assert.Equal(WebhookOutbox.MostNewcomers, (await hooks.LogAsync()).Count(line => line.Event == WebhookEvents.CustomerWaiting));
        Assert.Single(await hooks.LogAsync(), line => line.Event == WebhookEvents.SessionStarted);
    }

    [Fact]
    public async Task A_session_is_told_from_waiting_to_its_end_without_a_name()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var hooks = await HookServer.StartAsync();
        await hooks.MakeAsync(receiver.Address);
        using var host = await HostPeer.WaitAsync(hooks.Server, Cancel);
        await UntilAsync(async () => (await hooks.LogAsync()).Count == 1);
        var (ledger, session) = await BeginAsync(hooks);

        Assert.True(await ledger.StartAsync(session.OrganizationId, session.TechnicianId, session.Id, Cancel));
        await ledger.ExplainAsync(session.OrganizationId, session.TechnicianId, session.Id, "technician-ended", Cancel);
        await ledger.EndAsync(session.OrganizationId, session.Id, new RelayOutcome(RelayEnd.HostClosed, 1, 2), Cancel);
        await hooks.SendAsync();

        await receiver.UntilAsync(3);
        Assert.Equal([WebhookEvents.CustomerWaiting, WebhookEvents.SessionEnded, WebhookEvents.SessionStarted], receiver.Messages.Select(message => message.Type).Order(StringComparer.Ordinal));
        var ended = receiver.Messages.Single(message => message.Type == WebhookEvents.SessionEnded).Json.GetProperty("data");
        Assert.Equal((session.Id, "technician-ended"), (ended.GetProperty("session").GetString(), ended.GetProperty("reason").GetString()));
        Assert.All(receiver.Messages, message => Assert.DoesNotContain("Jansen", message.Body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_lost_connection_is_told_as_the_end_only_when_nobody_comes_back()
    {
        await using var hooks = await HookServer.StartAsync();
        await hooks.MakeAsync("http://127.0.0.1:9/", WebhookEvents.SessionEnded);
        using var host = await HostPeer.WaitAsync(hooks.Server, Cancel);
        var (ledger, session) = await BeginAsync(hooks);
        await ledger.StartAsync(session.OrganizationId, session.TechnicianId, session.Id, Cancel);
        var lost = new RelayOutcome(RelayEnd.HostGone, 1, 2);

        await ledger.EndAsync(session.OrganizationId, session.Id, lost, Cancel);
        Assert.Equal(TimeSpan.FromMinutes(5), Assert.Single(await hooks.LogAsync()).NextAt - hooks.Clock.GetUtcNow());
        await ledger.ReopenAsync(session.OrganizationId, session.Id, Cancel);
        Assert.Empty(await hooks.LogAsync());

        await ledger.EndAsync(session.OrganizationId, session.Id, lost, Cancel);
        await ledger.ExplainAsync(session.OrganizationId, session.TechnicianId, session.Id, "customer-ended", Cancel);
        var line = Assert.Single(await hooks.LogAsync());
        Assert.Equal(hooks.Clock.GetUtcNow(), line.NextAt);
        Assert.Contains("customer-ended", line.Body, StringComparison.Ordinal);
    }

    internal static Task Status(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_session_of_several_people_is_told_once_and_ends_when_its_last_technician_has_left()
    {
        await using var hooks = await HookServer.StartAsync();
        await hooks.MakeAsync("http://127.0.0.1:9/", WebhookEvents.SessionStarted, WebhookEvents.SessionEnded);
        using var host = await HostPeer.WaitAsync(hooks.Server, Cancel);
        var (ledger, first) = await BeginAsync(hooks);
        var (colleague, relative) = (Joined(first, 2, SupportSession.TechnicianRole), Joined(first, 3, SupportSession.RelativeRole));
        var left = new RelayOutcome(RelayEnd.HostClosed, 1, 2);
        await ledger.StartAsync(first.OrganizationId, first.TechnicianId, first.Id, Cancel);
        await ledger.BeginAsync(colleague, Cancel);
        await ledger.StartAsync(first.OrganizationId, first.TechnicianId, colleague.Id, Cancel);
        await ledger.BeginAsync(relative, Cancel);
        hooks.Clock.Advance(TimeSpan.FromMinutes(1));
        await ledger.ExplainAsync(first.OrganizationId, first.TechnicianId, first.Id, "technician-ended", Cancel);
        await ledger.EndAsync(first.OrganizationId, first.Id, left, Cancel);
        Assert.Equal(WebhookEvents.SessionStarted, Assert.Single(await hooks.LogAsync()).Event);

        hooks.Clock.Advance(TimeSpan.FromMinutes(1));
        await ledger.ExplainAsync(first.OrganizationId, first.TechnicianId, colleague.Id, "customer-ended", Cancel);
        await ledger.EndAsync(first.OrganizationId, colleague.Id, left, Cancel);
        hooks.Clock.Advance(TimeSpan.FromMinutes(1));
        await ledger.EndAsync(first.OrganizationId, relative.Id, left, Cancel);

        var ended = Assert.Single((await hooks.LogAsync()), line => line.Event == WebhookEvents.SessionEnded);
        Assert.Contains($"\"session\":\"{first.Id}\"", ended.Body, StringComparison.Ordinal);
        Assert.Contains("\"seconds\":120,\"reason\":\"customer-ended\"", ended.Body, StringComparison.Ordinal);
    }

    private static SupportSession Joined(SupportSession first, int number, string role) => new()
    {
        OrganizationId = first.OrganizationId, Id = Runs.Id(number), ParentId = first.Id, Role = role, TechnicianId = first.TechnicianId, Nameplate = "418", ConsentHash = first.ConsentHash,
        CustomerName = first.CustomerName, Language = "nl", Platform = "linux-x64", Program = "nabij 0.1.0", LeaseHash = Reference.Hash($"joined {number}"), PairedAt = first.PairedAt,
    };

    private static async Task FillAsync(HookServer hooks, Guid webhook, string happened, int count)
    {
        await using var database = await hooks.Server.OpenDatabaseAsync();
        var now = hooks.Clock.GetUtcNow();
        database.AddRange(Enumerable.Range(0, count).Select(_ => new WebhookDelivery
        {
            OrganizationId = database.CurrentOrganizationId, Id = Guid.NewGuid(), WebhookId = webhook, Event = happened, Subject = "", Body = "{}", CreatedAt = now, NextAt = now.AddHours(1), Attempts = 1,
        }));
        await database.SaveChangesAsync(Cancel);
    }

    private static async Task<(SessionLedger Ledger, SupportSession Session)> BeginAsync(HookServer hooks)
    {
        await using var database = await hooks.Server.OpenDatabaseAsync();
        var consent = await database.Set<Consent>().Select(row => row.RecordHash).FirstAsync(Cancel);
        var ledger = hooks.Server.Services.GetRequiredService<SessionLedger>();
        var session = new SupportSession
        {
            OrganizationId = database.CurrentOrganizationId, Id = Runs.Id(1), TechnicianId = await Staff.IdAsync(hooks.Server, RunningServer.Email), Nameplate = "417", ConsentHash = consent,
            CustomerName = "Mrs. Jansen", Language = "nl", Platform = "linux-x64", Program = "nabij 0.1.0", LeaseHash = "lease", PairedAt = hooks.Clock.GetUtcNow(),
        };
        await ledger.BeginAsync(session, Cancel);
        return (ledger, session);
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!await condition())
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, patience.Token);
    }
}
