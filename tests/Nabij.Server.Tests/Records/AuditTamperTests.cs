using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Nabij.Server.Audit;
using Nabij.Server.Commands;
using Nabij.Server.Organizations;
using Nabij.Server.Tests.Rendezvous;

namespace Nabij.Server.Tests.Records;

/// <summary>Whatever is changed in whichever row of the audit log, `verify-audit` names a row.</summary>
public sealed class AuditTamperTests
{
    private const int Events = 6;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Any_change_of_any_column_of_any_row_is_named()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        await RecordsStage.WriteEventsAsync(server, [.. Enumerable.Range(0, Events).Select(i => $"details {i}")]);
        Assert.Null(await RecordsStage.ProblemAsync(server));
        var last = await LastAsync(server);
        string[] changes =
        [
            "time = time + 1", "actor = actor || 'x'", "action = action || 'x'", "object = object || 'x'", "outcome = 'failed'", "details = details || 'x'", "details = ''",
            "salt = '00112233445566778899aabbccddeeff'", "salt = null", "salt = null, details = ''", "salt = 'not hex'", "commitment = hash", "commitment = null",
            "commitment = null, salt = null", "previous_hash = commitment", "hash = commitment", "hash = 'not hex'", "seq = seq + 1000",
        ];

        foreach (var seq in Enumerable.Range(1, (int)last))
        {
            foreach (var change in changes)
                Assert.True(await NamedAsync(server, $"update audit_event set {change} where seq = {seq}") is not null, $"event {seq}: {change}");
            Assert.True(await NamedAsync(server, $"delete from audit_event where seq = {seq}") is not null, $"event {seq} deleted");
        }

        Assert.NotNull(await NamedAsync(server, "update audit_head set seq = seq - 1"));
        Assert.NotNull(await NamedAsync(server, "update audit_head set hash = (select hash from audit_event where seq = 1)"));
        Assert.Null(await RecordsStage.ProblemAsync(server));
    }

    [Fact]
    public async Task An_end_that_was_cut_off_with_its_head_is_missed_by_the_signed_checkpoint()
    {
        await using var server = await RunningServer.StartAsync();
        await RecordsStage.WriteEventsAsync(server, "one", "two", "three");
        var organization = await server.Services.GetRequiredService<OrganizationDirectory>().DefaultAsync(Cancel);
        var made = await server.Services.GetRequiredService<AuditCheckpoints>().MakeAsync(organization.Id, Cancel);
        Assert.True(made is { Signed: { IsSigned: true, IsCertified: true } });
        var cut = made.Value.Point.Seq - 1;

        var cutOff = $"delete from audit_event where seq > {cut}; update audit_head set seq = {cut}, hash = (select hash from audit_event where seq = {cut})";

        Assert.Contains("the end was cut off", await NamedAsync(server, cutOff), StringComparison.Ordinal);
        Assert.Contains("not as it was signed", await NamedAsync(server, "update audit_checkpoint set hash = (select hash from audit_event where seq = 1)"), StringComparison.Ordinal);
        Assert.Contains("not as it was signed", await NamedAsync(server, $"update audit_checkpoint set seq = seq - 1"), StringComparison.Ordinal);
        Assert.Contains("is gone: it was taken away", await NamedAsync(server, "delete from audit_checkpoint"), StringComparison.Ordinal);
        // Who takes the checkpoint away as well is met by a hash that was noted elsewhere.
        Assert.Null(await NamedAsync(server, $"{cutOff}; delete from audit_checkpoint"));
        var (code, words) = await VerifyAsync(server, "--expect", $"{made.Value.Point.Seq}:{made.Value.Point.Hash}");
        Assert.Equal((ExitCode.Done, true), (code, words.Contains("2 signed checkpoints met", StringComparison.Ordinal)));
        (code, words) = await VerifyAsync(server, "--expect", $"{made.Value.Point.Seq}:{new string('a', 64)}");
        Assert.Equal((ExitCode.Failed, true), (code, words.Contains("what was noted elsewhere", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_checkpoint_by_a_key_that_the_organization_did_not_certify_is_told()
    {
        await using var server = await RunningServer.StartAsync();
        var organization = await server.Services.GetRequiredService<OrganizationDirectory>().DefaultAsync(Cancel);
        await server.Services.GetRequiredService<AuditCheckpoints>().MakeAsync(organization.Id, Cancel);
        await ExecuteAsync(server, "update audit_checkpoint set certificate = ''");

        var (code, words) = await VerifyAsync(server);

        Assert.Equal(ExitCode.Failed, code);
        Assert.Contains("did not certify", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_checkpoint_comes_once_an_hour_and_only_where_something_happened()
    {
        var clock = new ManualClock();
        await using var server = await RunningServer.StartAsync(new ServerChoices { Clock = clock });
        var checkpoints = server.Services.GetRequiredService<AuditCheckpoints>();
        var organization = await server.Services.GetRequiredService<OrganizationDirectory>().DefaultAsync(Cancel);
        await RecordsStage.WriteEventsAsync(server, "today");
        // The set-up event is of the machine's own clock; from here on only this one counts.
        await checkpoints.MakeAsync(organization.Id, Cancel);
        Assert.Equal(1, await CountAsync(server));

        await RecordsStage.WriteEventsAsync(server, "later");
        await checkpoints.MakeHourlyAsync(organization.Id, Cancel);
        Assert.Equal(1, await CountAsync(server));
        clock.Advance(TimeSpan.FromHours(1));
        await checkpoints.MakeHourlyAsync(organization.Id, Cancel);
        await checkpoints.MakeHourlyAsync(organization.Id, Cancel);
        Assert.Equal(2, await CountAsync(server));
    }

    [Fact]
    public async Task A_broken_chain_is_not_signed_over_and_the_log_says_so()
    {
        await using var server = await RunningServer.StartAsync();
        await RecordsStage.WriteEventsAsync(server, "one", "two");
        await ExecuteAsync(server, "update audit_event set details = 'changed' where action = 'session.tested'");
        var organization = await server.Services.GetRequiredService<OrganizationDirectory>().DefaultAsync(Cancel);

        Assert.Null(await server.Services.GetRequiredService<AuditCheckpoints>().MakeAsync(organization.Id, Cancel));

        Assert.Contains("is BROKEN, and no checkpoint was signed", server.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Details_that_were_taken_away_with_a_word_leave_the_chain_whole()
    {
        await using var server = await RunningServer.StartAsync();
        await RecordsStage.WriteEventsAsync(server, "about Jansen", "about nobody", "about Jansen again");
        var redaction = server.Services.GetRequiredService<AuditRedaction>();
        var last = await LastAsync(server);
        await using (var database = await server.OpenDatabaseAsync())
        {
            await using var transaction = await database.Database.BeginTransactionAsync(Cancel);
            Assert.Equal(2, await redaction.RedactAsync(database, ("test", "person"), [last - 2, last], Cancel));
            await transaction.CommitAsync(Cancel);
        }

        Assert.Null(await RecordsStage.ProblemAsync(server));
        await using var after = await server.OpenDatabaseAsync();
        Assert.False(await after.Set<AuditEvent>().AnyAsync(line => line.Details.Contains("Jansen"), Cancel));
        // Nothing may be put in their place, and the word itself cannot be taken away.
        Assert.NotNull(await NamedAsync(server, $"update audit_event set details = 'about somebody else' where seq = {last}"));
        Assert.NotNull(await NamedAsync(server, "update audit_event set details = '', salt = null where action = 'audit.redacted'"));
    }

    /// <summary>What verification says while the change stands; it is taken back afterwards.</summary>
    private static async Task<string?> NamedAsync(RunningServer server, string sql)
    {
        await using (var before = await server.OpenDatabaseAsync())
        {
            await using var transaction = await before.Database.BeginTransactionAsync(Cancel);
            Assert.True(await before.Database.ExecuteSqlRawAsync(sql, Cancel) > 0, sql);
            var trust = new AuditTrust(server.Services.GetRequiredService<OrganizationKeys>().PublicKey(before.CurrentOrganizationId));
            return (await AuditVerification.WalkAsync(before, trust, (1, null, TimeProvider.System.GetUtcNow()), Cancel)).Problem;
        }
    }

    private static async Task ExecuteAsync(RunningServer server, string sql)
    {
        await using var database = await server.OpenDatabaseAsync();
        Assert.True(await database.Database.ExecuteSqlRawAsync(sql, Cancel) > 0);
    }

    private static async Task<long> LastAsync(RunningServer server)
    {
        await using var database = await server.OpenDatabaseAsync();
        return await database.Set<AuditEvent>().MaxAsync(line => line.Seq, Cancel);
    }

    private static async Task<int> CountAsync(RunningServer server)
    {
        await using var database = await server.OpenDatabaseAsync();
        return await database.Set<AuditCheckpoint>().CountAsync(Cancel);
    }

    private static async Task<(int Code, string Text)> VerifyAsync(RunningServer server, params string[] more)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        var code = await CommandLine.RunAsync(["verify-audit", "--data", server.Folder, .. more], new Terminal(output, TextWriter.Null), Cancel);
        return (code, output.ToString());
    }
}
