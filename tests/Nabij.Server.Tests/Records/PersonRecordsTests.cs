using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Nabij.Server.Audit;
using Nabij.Server.Desk.Notes;
using Nabij.Server.Records;
using Nabij.Server.Rendezvous;
using Nabij.Server.Terms;
using Nabij.Server.Tests.People;
using Nabij.Server.Tests.Rendezvous;
using Nabij.Server.Webhooks;

namespace Nabij.Server.Tests.Records;

/// <summary>What a person may ask for: a copy of what is kept, and that it is erased (GDPR 15 and 17).</summary>
public sealed class PersonRecordsTests
{
    private const string Name = "Zwaantje Überbeek";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_is_found_by_name_or_by_number_and_day()
    {
        await using var server = await StartAsync();
        using var owner = await Staff.SignInAsync(server);

        Assert.Equal(["session"], Kinds(await FindAsync(owner, ("name", "zwaantje"))));
        Assert.Equal(["session"], Kinds(await FindAsync(owner, ("name", "Über"))));
        Assert.Equal(["session"], Kinds(await FindAsync(owner, ("nameplate", "002"), ("from", "2026-11-02"), ("until", "2026-11-02"))));
        Assert.Empty(Kinds(await FindAsync(owner, ("nameplate", "002"), ("from", "2026-11-03"))));
        Assert.Empty(Kinds(await FindAsync(owner, ("name", "nobody at all"))));
        Assert.Equal(["note", "audit"], Kinds(await FindAsync(owner, ("phone", "06-1234"))));
    }

    [Fact]
    public async Task A_copy_holds_the_ticked_rows_as_a_file_and_as_a_page()
    {
        await using var server = await StartAsync();
        using var owner = await Staff.SignInAsync(server);
        (string, string)[] ticked = [("name", Name), ("trace", $"session:{2:x32}")];

        using var file = await owner.SubmitAsync("/records/person", "/records/person/export", [("format", "json"), .. ticked]);
        using var json = JsonDocument.Parse(await file.Content.ReadAsByteArrayAsync(Cancel));
        var (status, page) = await Staff.ReadAsync(owner.SubmitAsync("/records/person", "/records/person/export?lang=en", [("format", "page"), .. ticked]));

        var row = Assert.Single(json.RootElement.GetProperty("session").EnumerateArray().ToList());
        Assert.Equal((Name, "002", "yes"), (row.GetProperty("name").GetString(), row.GetProperty("number").GetString(), row.GetProperty("backup").GetString()));
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains(Name, page, StringComparison.Ordinal);
        Assert.All(await Staff.AuditAsync(server, ExportAnswer.Action), line => Assert.DoesNotContain("Zwaantje", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Somebody_who_worked_here_gets_a_copy_and_an_owner_erases_the_account_once_it_is_switched_off()
    {
        await using var server = await StartAsync();
        var id = await Staff.AddAsync(server, "wilma@example.test", Nabij.Server.Accounts.Role.Technician);
        await Staff.AddAsync(server, "admin@example.test", Nabij.Server.Accounts.Role.Admin);
        using var owner = await Staff.SignInAsync(server);
        using var admin = await Staff.SignInAsync(server, "admin@example.test");
        using (await Staff.SignInAsync(server, "wilma@example.test"))
        {
        }

        (string, string)[] ticked = [("email", "wilma@example.test"), ("trace", $"account:{id:N}")];
        Assert.Equal(["account"], Kinds(await FindAsync(owner, ("email", "wilma@"))));
        using var file = await owner.SubmitAsync("/records/person", "/records/person/export", [("format", "json"), .. ticked]);
        using var json = JsonDocument.Parse(await file.Content.ReadAsByteArrayAsync(Cancel));
        var rows = json.RootElement.GetProperty("account").EnumerateArray().ToList();
        Assert.Equal(("wilma@example.test", "technician"), (rows[0].GetProperty("email").GetString(), rows[0].GetProperty("roles").GetString()));
        Assert.Contains(rows, row => row.TryGetProperty("signed_in", out _));
        var (refused, words) = await Staff.ReadAsync(admin.SubmitAsync("/records/person?lang=en", "/records/person/export?lang=en", [("format", "json"), .. ticked]));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused);
        Assert.Contains("handed out by an owner", words, StringComparison.Ordinal);

        async Task<string> EraseAsync(Visitor visitor) => (await Staff.ReadAsync(visitor.SubmitAsync("/records/person?lang=en", "/records/person/erase?lang=en", [("sure", "yes"), .. ticked]))).Text;
        Assert.Contains("only after it was switched off", await EraseAsync(owner), StringComparison.Ordinal);
        await using var database = await server.OpenDatabaseAsync();
        await database.Set<Nabij.Server.Accounts.Account>().Where(row => row.Id == id).ExecuteUpdateAsync(set => set.SetProperty(row => row.DisabledAt, (DateTimeOffset?)RecordsStage.Noon), Cancel);
        await LeaveNameAsync(database, await database.Set<Nabij.Server.Accounts.Account>().AsNoTracking().SingleAsync(row => row.Id == id, Cancel));
        Assert.Contains("erased by an owner", await EraseAsync(admin), StringComparison.Ordinal);
        await EraseAsync(owner);

        var kept = await database.Set<Nabij.Server.Accounts.Account>().AsNoTracking().SingleAsync(row => row.Id == id, Cancel);
        Assert.Equal((AccountTraces.Erased, $"{id:N}@erased.invalid", kept.Email, null), (kept.DisplayName, kept.Email, kept.UserName, kept.PasswordHash));
        Assert.False(await database.Set<Nabij.Server.Accounts.SignIn>().AnyAsync(row => row.AccountId == id, Cancel));
        Assert.False(await database.Set<Nabij.Server.Organizations.TechnicianKey>().AnyAsync(row => row.TechnicianId == id, Cancel));
        Assert.Equal(AccountTraces.Erased, (await database.Set<TermsPublication>().AsNoTracking().SingleAsync(row => row.Version == "77", Cancel)).PublishedBy);
        Assert.Equal(AccountTraces.Erased, (await database.Set<TermsDraft>().AsNoTracking().SingleAsync(Cancel)).ChangedBy);
        Assert.Empty(Kinds(await FindAsync(owner, ("email", "wilma@"))));
        Assert.Contains("account 1", Assert.Single(await Staff.AuditAsync(server, PersonErasure.Action)), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await owner.StatusAsync("/people"));
        Assert.Equal(HttpStatusCode.OK, await owner.StatusAsync($"/people/{id}"));
    }

    /// <summary>Where a name stands by itself: on terms that were published and drafted, and in a certificate.</summary>
    private static async Task LeaveNameAsync(Nabij.Server.Storage.ServerDatabase database, Nabij.Server.Accounts.Account account)
    {
        database.Add(new TermsPublication { OrganizationId = account.OrganizationId, Version = "77", PublishedAt = RecordsStage.Noon, PublishedBy = account.DisplayName, Note = "" });
        database.Add(new TermsDraft { OrganizationId = account.OrganizationId, Language = "nl", Kind = TermsText.Terms, Content = "x", ChangedAt = RecordsStage.Noon, ChangedBy = account.DisplayName });
        database.Add(new Nabij.Server.Organizations.TechnicianKey { OrganizationId = account.OrganizationId, TechnicianId = account.Id, PublicKey = "x", AskedAt = RecordsStage.Noon });
        await database.SaveChangesAsync(Cancel);
    }

    [Fact]
    public async Task An_erasure_leaves_the_name_in_no_table_and_the_audit_chain_whole()
    {
        await using var server = await StartAsync();
        using var owner = await Staff.SignInAsync(server);
        long audited;
        var technician = await Staff.IdAsync(server, RunningServer.Email);
        await using (var database = await server.OpenDatabaseAsync())
            audited = await database.Set<AuditEvent>().Where(line => line.Details.Contains("06-1234")).Select(line => line.Seq).SingleAsync(Cancel);

        var (status, words) = await Staff.ReadAsync(owner.SubmitAsync(
            "/records/person", "/records/person/erase?lang=en", ("name", Name), ("phone", "06-1234"), ("trace", $"session:{2:x32}"), ("trace", $"note:{2:x32}.{technician:N}"), ("trace", $"audit:{audited}"), ("sure", "yes")));

        Assert.True(status == HttpStatusCode.OK && words.Contains("Erased: 3 rows", StringComparison.Ordinal), words);
        Assert.Null(await RecordsStage.ProblemAsync(server));
        await using (var after = await server.OpenDatabaseAsync())
        {
            var session = await after.Set<SupportSession>().SingleAsync(row => row.Id == $"{2:x32}", Cancel);
            Assert.Equal("", session.CustomerName);
            Assert.NotNull(session.ErasedAt);
            Assert.Equal(2, await after.Set<SupportSession>().CountAsync(row => row.CustomerName != "", Cancel));
            var note = await after.Set<SessionNote>().SingleAsync(Cancel);
            Assert.Equal((NoteTraces.Erased, 2L), (note.Text, note.Revision));
            Assert.False(await after.Set<AuditEvent>().AnyAsync(line => line.Details.Contains("06-1234") || line.Details.Contains("Zwaantje"), Cancel));
            Assert.Equal("session 1, note 1, audit 1", (await after.Set<AuditEvent>().SingleAsync(line => line.Action == PersonErasure.Action, Cancel)).Details);
        }

        Assert.Contains("(name erased)", await owner.ReadAsync("/records?lang=en"), StringComparison.Ordinal);
        Assert.Empty(Kinds(await FindAsync(owner, ("name", Name))));
    }

    [Fact]
    public async Task Nothing_is_erased_without_the_word_that_one_is_sure_or_without_a_tick()
    {
        await using var server = await StartAsync();
        using var owner = await Staff.SignInAsync(server);

        foreach (var fields in ((string, string)[][])[[("trace", $"session:{2:x32}")], [("sure", "yes")], [("sure", "yes"), ("trace", "account:1")], [("sure", "yes"), ("trace", "session:")]])
        {
            using var answer = await owner.SubmitAsync("/records/person", "/records/person/erase", [("name", Name), .. fields]);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        }

        Assert.Equal(["session"], Kinds(await FindAsync(owner, ("name", Name))));
    }

    [Fact]
    public async Task Events_are_read_and_lose_their_details_only_where_the_search_finds_them_and_they_are_about_customers()
    {
        await using var server = await StartAsync();
        using var owner = await Staff.SignInAsync(server);
        await using (var writing = await server.OpenDatabaseAsync())
            await server.Services.GetRequiredService<AuditLog>().RecordAsync(writing, new AuditEntry("x", "account.changed", "", AuditEntry.Done, "role of 06-1234"), Cancel);
        await using var database = await server.OpenDatabaseAsync();
        var events = await database.Set<AuditEvent>().AsNoTracking().OrderBy(line => line.Seq).ToListAsync(Cancel);
        var own = events.Single(line => line.Details == "called 06-1234").Seq;
        (string, string)[] all = [("sure", "yes"), ("format", "json"), .. events.Select(line => ("trace", $"audit:{line.Seq}"))];

        Assert.Equal(["note", "audit"], Kinds(await FindAsync(owner, ("phone", "06-1234"))));
        using var copy = await owner.SubmitAsync("/records/person", "/records/person/export", [("phone", "06-1234"), .. all]);
        using var json = JsonDocument.Parse(await copy.Content.ReadAsByteArrayAsync(Cancel));
        using var foreign = await owner.SubmitAsync("/records/person", "/records/person/export", [("phone", "0000"), .. all]);
        using var none = await owner.SubmitAsync("/records/person", "/records/person/erase", [("phone", "0000"), .. all]);
        using var done = await owner.SubmitAsync("/records/person", "/records/person/erase", [("phone", "06-1234"), .. all]);

        Assert.Equal($"{own}", Assert.Single(json.RootElement.GetProperty("audit").EnumerateArray().ToList()).GetProperty("event").GetString());
        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity, HttpStatusCode.OK), (foreign.StatusCode, none.StatusCode, done.StatusCode));
        Assert.Equal([own], await database.Set<AuditEvent>().Where(line => line.Salt == null).Select(line => line.Seq).ToListAsync(Cancel));
        Assert.Null(await RecordsStage.ProblemAsync(server));
    }

    /// <summary>The same on both databases: letters of all alphabets, in whichever case, in every table.</summary>
    [Theory]
    [InlineData("élise")]
    [InlineData("ÉLISE")]
    [InlineData("Élise")]
    public async Task A_name_is_found_in_whatever_case_it_is_asked_for(string asked)
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        var technician = await RecordsStage.AddSessionsAsync(server, 1, (_, session) => session.CustomerName = "Élise Ångström");
        var now = RecordsStage.Noon;
        await using (var database = await server.OpenDatabaseAsync())
        {
            var organization = database.CurrentOrganizationId;
            database.Add(new SessionNote { OrganizationId = organization, SessionId = $"{1:x32}", TechnicianId = technician, Text = "For Élise", Revision = 1, CreatedAt = now, ChangedAt = now });
            var hook = new Webhook
            {
                OrganizationId = organization, Id = Guid.NewGuid(), Name = "x", Address = "https://x.example/", Events = WebhookEvents.CallbackAsked, Secret = "", MadeBy = Guid.Empty, CreatedAt = now,
            };
            database.Add(hook);
            foreach (var name in (string[])["Élise", "Ökise", "%lise"])
            {
                database.Add(new WebhookDelivery
                {
                    OrganizationId = organization, Id = Guid.NewGuid(), WebhookId = hook.Id, Event = WebhookEvents.CallbackAsked, Subject = name, CreatedAt = now,
                    Body = JsonSerializer.Serialize(new { data = new { name } }),
                });
            }

            await database.SaveChangesAsync(Cancel);
        }

        using var owner = await Staff.SignInAsync(server);
        await RecordsStage.WriteEventsAsync(server, "Élise called");
        using (await owner.SubmitAsync("/invite", "/invite", ("customer", "x"), ("message", ""), ("ticket", "Élise-7"), ("language", "nl"), ("life", "24")))
        {
        }

        Assert.Equal(["session", "note", "invitation", "webhook", "audit"], Kinds(await FindAsync(owner, ("name", asked))));
        Assert.Contains("Élise called", WebUtility.HtmlDecode(await owner.ReadAsync($"/records/audit?text={Uri.EscapeDataString(asked)}")), StringComparison.Ordinal);
    }

    private static async Task<RunningServer> StartAsync()
    {
        var server = await RunningServer.StartAsync(ServerSockets.Wide);
        var technician = await RecordsStage.AddSessionsAsync(server, 3, (number, session) => session.CustomerName = number == 2 ? Name : session.CustomerName);
        await using (var database = await server.OpenDatabaseAsync())
        {
            database.Add(new SessionNote
            {
                OrganizationId = database.CurrentOrganizationId, SessionId = $"{2:x32}", TechnicianId = technician, Text = "Call back on 06-1234", Revision = 1,
                CreatedAt = RecordsStage.Noon, ChangedAt = RecordsStage.Noon,
            });
            await database.SaveChangesAsync(Cancel);
        }

        await RecordsStage.WriteEventsAsync(server, "called 06-1234");
        return server;
    }

    private static async Task<string> FindAsync(Visitor visitor, params (string, string)[] fields)
    {
        var (status, html) = await Staff.ReadAsync(visitor.SubmitAsync("/records/person", "/records/person?lang=en", fields));
        Assert.Equal(HttpStatusCode.OK, status);
        return html;
    }

    private static List<string> Kinds(string html) =>
        [.. html.Split("name=\"trace\" type=\"checkbox\" value=\"").Skip(1).Select(part => part[..part.IndexOf(':', StringComparison.Ordinal)])];
}
