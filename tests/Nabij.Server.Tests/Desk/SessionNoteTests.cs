using System.Net;
using Microsoft.EntityFrameworkCore;
using Nabij.Server.Accounts;
using Nabij.Server.Desk;
using Nabij.Server.Desk.Notes;
using Nabij.Server.Rendezvous;
using Nabij.Server.Tests.People;
using Nabij.Server.Tests.Rendezvous;

namespace Nabij.Server.Tests.Desk;

public sealed class SessionNoteTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_note_is_kept_with_its_session_and_only_whose_session_it_is_reads_and_writes_it()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        await Staff.AddAsync(server, "second@example.test", Role.Technician);
        using var run = await PairedRun.StartAsync(server, Cancel);
        using var second = await DeskPeer.SignInAsync(server, "second@example.test");
        var (desk, note) = (run.Desk, $"/desk/sessions/{run.Id}/note");
        const string text = "<script>alert(1)</script> Mrs. O'Jansen\r\n=1+1\tok";

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(desk.PostAsync(note, new NoteRequest(text, 0))));
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(desk.PostAsync("/desk/sessions", new SessionRequest(run.Id))));
        Assert.Equal(new NoteAnswer("", 0, 0, null), await ReadAsync(desk, note));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(desk.PostAsync(note, new NoteRequest(text, 0))));
        Assert.Equal(new NoteAnswer(text.Replace("\r", "", StringComparison.Ordinal), 1, 0, null), await ReadAsync(desk, note));

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(second.PostAsync(note, new NoteRequest("mine", 0))));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(second.Visitor.GetAsync(note)));
        Assert.DoesNotContain(run.Id, await second.Visitor.ReadAsync("/desk/notes"), StringComparison.Ordinal);

        var lines = await Staff.AuditAsync(server, "note.written");
        Assert.Contains(run.Id, Assert.Single(lines), StringComparison.Ordinal);
        Assert.DoesNotContain("Jansen", lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_windows_do_not_overwrite_each_others_note_unseen()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        using var run = await PairedRun.StartAsync(server, Cancel);
        var (desk, note) = (run.Desk, $"/desk/sessions/{run.Id}/note");
        await StatusAsync(desk.PostAsync("/desk/sessions", new SessionRequest(run.Id)));

        await StatusAsync(desk.PostAsync(note, new NoteRequest("from the first window", 0)));
        using (var refused = await desk.PostAsync(note, new NoteRequest("from the second", 0)))
        {
            Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
            Assert.Contains("\"changed\"", await refused.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        }

        // Sent twice, because its answer was lost.
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(desk.PostAsync(note, new NoteRequest("from the first window", 0))));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(desk.PostAsync(note, new NoteRequest("both", 1))));
        Assert.Equal(new NoteAnswer("both", 2, 0, null), await ReadAsync(desk, note));
    }

    [Fact]
    public async Task Time_worked_keeps_what_was_counted_beside_the_correction_and_counts_no_more_than_there_was()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        using var run = await PairedRun.StartAsync(server, Cancel);
        using var admin = await Staff.SignInAsync(server);
        var (desk, time) = (run.Desk, $"/desk/sessions/{run.Id}/time");
        await StatusAsync(desk.PostAsync("/desk/sessions", new SessionRequest(run.Id)));
        using (var unit = await admin.SubmitAsync("/templates", "/templates/unit", ("unit", "15"), ("rounding", "up")))
            Assert.Equal(HttpStatusCode.SeeOther, unit.StatusCode);

        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(desk.PostAsync(time, new TimeRequest(60, null))));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(desk.PostAsync(time, new TimeRequest(3_600, null))));
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(desk.PostAsync(time, new TimeRequest(45, 1_800))));
        Assert.Equal(new NoteAnswer("", 0, 60, 1_800), await ReadAsync(desk, $"/desk/sessions/{run.Id}/note"));
        Assert.Contains("counted 60 s, corrected to 1800 s", Assert.Single(await Staff.AuditAsync(server, "time.corrected")), StringComparison.Ordinal);

        await using var database = await server.OpenDatabaseAsync();
        var row = await database.Set<SessionTime>().SingleAsync(Cancel);
        Assert.Equal((15, "up", 1_800), (row.UnitMinutes, row.Rounding, row.WorkedSeconds));
        var recent = await desk.Visitor.Client.GetFromJsonAsync<RecentSessions>(new Uri("/desk/notes", UriKind.Relative), Cancel);
        var line = Assert.Single(recent!.Sessions);
        Assert.Equal((run.Id, "Mrs. Jansen", false, 1_800), (line.Session, line.Name, line.HasNote, line.WorkedSeconds));
    }

    [Fact]
    public async Task A_week_after_the_session_its_note_is_closed_and_goes_with_its_record()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        using var run = await PairedRun.StartAsync(server, Cancel);
        var (desk, note) = (run.Desk, $"/desk/sessions/{run.Id}/note");
        await StatusAsync(desk.PostAsync("/desk/sessions", new SessionRequest(run.Id)));
        await StatusAsync(desk.PostAsync(note, new NoteRequest("kept", 0)));
        await StatusAsync(desk.PostAsync($"/desk/sessions/{run.Id}/time", new TimeRequest(1, null)));

        await using var database = await server.OpenDatabaseAsync();
        var ended = TimeProvider.System.GetUtcNow() - SessionNotes.OpenFor - TimeSpan.FromMinutes(1);
        await database.Set<SupportSession>().ExecuteUpdateAsync(set => set.SetProperty(row => row.EndedAt, ended), Cancel);
        Assert.Equal(HttpStatusCode.Conflict, await StatusAsync(desk.PostAsync(note, new NoteRequest("changed", 1))));
        Assert.Equal("kept", (await ReadAsync(desk, note)).Text);

        await database.Set<SupportSession>().ExecuteDeleteAsync(Cancel);
        Assert.Equal((0, 0), (await database.Set<SessionNote>().CountAsync(Cancel), await database.Set<SessionTime>().CountAsync(Cancel)));
    }

    [Fact]
    public async Task Administrators_write_the_texts_that_technicians_begin_with()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        using var admin = await Staff.SignInAsync(server);
        using var desk = await DeskPeer.SignInAsync(server);

        using (var wrong = await admin.SubmitAsync("/templates", "/templates", ("name", ""), ("language", "nl"), ("text", "x")))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        using (var wrong = await admin.SubmitAsync("/templates", "/templates", ("name", "a"), ("language", "xx"), ("text", "x")))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        using (var added = await admin.SubmitAsync("/templates", "/templates", ("name", "<b>Traag</b>"), ("language", "nl"), ("text", "Klant {customer}:\r\n- ")))
            Assert.Equal(HttpStatusCode.SeeOther, added.StatusCode);
        Assert.Contains("&lt;b&gt;Traag&lt;/b&gt;", await admin.ReadAsync("/templates"), StringComparison.Ordinal);
        Assert.Equal(new NotesSetup.Template("<b>Traag</b>", "nl", "Klant {customer}:\n- "), Assert.Single((await SetupAsync(desk)).Templates));

        await using var database = await server.OpenDatabaseAsync();
        var id = await database.Set<NoteTemplate>().Select(row => row.Id).SingleAsync(Cancel);
        using (var changed = await admin.SubmitAsync("/templates", $"/templates/{id}", ("name", "Traag"), ("language", ""), ("text", "Anders")))
            Assert.Equal(HttpStatusCode.SeeOther, changed.StatusCode);
        Assert.Equal(new NotesSetup.Template("Traag", "", "Anders"), Assert.Single((await SetupAsync(desk)).Templates));
        using (var removed = await admin.SubmitAsync("/templates", $"/templates/{id}/remove"))
            Assert.Equal(HttpStatusCode.SeeOther, removed.StatusCode);
        Assert.Empty((await SetupAsync(desk)).Templates);
        foreach (var action in new[] { "template.added", "template.changed", "template.removed" })
            Assert.Single(await Staff.AuditAsync(server, action));
    }

    private static async Task<NotesSetup> SetupAsync(DeskPeer desk) =>
        (await desk.Visitor.Client.GetFromJsonAsync<NotesSetup>(new Uri("/desk/notes/setup", UriKind.Relative), Cancel))!;

    private static async Task<NoteAnswer> ReadAsync(DeskPeer desk, string path) =>
        (await desk.Visitor.Client.GetFromJsonAsync<NoteAnswer>(new Uri(path, UriKind.Relative), Cancel))!;

    private static async Task<HttpStatusCode> StatusAsync(Task<HttpResponseMessage> request)
    {
        using var answer = await request;
        return answer.StatusCode;
    }
}
