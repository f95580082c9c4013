using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Nabij.Protocol.Organizations;
using Nabij.Server.Audit;
using Nabij.Server.Commands;
using Nabij.Server.Organizations;
using Nabij.Server.Storage;
using Nabij.Server.Tests.People;
using Nabij.Server.Tests.Storage;

namespace Nabij.Server.Tests.Records;

/// <summary>Somebody writes the database and has no key: whatever chain and checkpoints are put there, whoever asks is told.</summary>
public sealed class AuditForgeryTests : IDisposable
{
    private readonly DirectoryInfo _elsewhere = Directory.CreateTempSubdirectory("nabij-forgery-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _elsewhere.Delete(recursive: true);

    [Fact]
    public async Task A_chain_written_anew_and_signed_by_a_key_of_ones_own_is_told_by_the_page_the_checks_the_restore_and_the_command()
    {
        await using var server = await RunningServer.StartAsync();
        var organization = await OrganizationAsync(server);
        await RecordsStage.WriteEventsAsync(server, "one", "two");
        var made = await server.Services.GetRequiredService<AuditCheckpoints>().MakeAsync(organization, Cancel);
        using var owner = await Staff.SignInAsync(server);
        await RewriteAsync(server, organization, TimeSpan.Zero);
        // With the true certificate beside the forged signature.
        await SignAsync(server, organization, made?.Point.Certificate ?? "");

        var (status, page) = await Staff.ReadAsync(owner.SubmitAsync("/records/audit", "/records/audit/check?lang=en"));
        var checks = WebUtility.HtmlDecode(await owner.ReadAsync("/checks?lang=en"));
        var (code, words) = await RunAsync("verify-audit", "--data", server.Folder);
        await RunAsync("backup", Path.Combine(_elsewhere.FullName, "b"), "--data", server.Folder);
        var restored = await RunAsync("restore", Path.Combine(_elsewhere.FullName, "b"), "--data", Path.Combine(_elsewhere.FullName, "restored"));

        Assert.Equal((HttpStatusCode.OK, ExitCode.Failed, ExitCode.Failed), (status, code, restored.Code));
        Assert.All((string[])[page, checks, words, restored.Text], text => Assert.Contains("did not certify", text, StringComparison.Ordinal));
        Assert.DoesNotContain("all whole", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chain_written_anew_without_checkpoints_is_not_proven_and_once_signed_shows_how_late_that_was()
    {
        await using var server = await RunningServer.StartAsync();
        var organization = await OrganizationAsync(server);
        await RecordsStage.WriteEventsAsync(server, "one");
        await RewriteAsync(server, organization, TimeSpan.FromDays(-3));

        var bare = await RunAsync("verify-audit", "--data", server.Folder);
        await server.Services.GetRequiredService<AuditCheckpoints>().MakeHourlyAsync(organization, Cancel);
        var signed = await RunAsync("verify-audit", "--data", server.Folder);

        Assert.True(bare.Code == ExitCode.Failed && bare.Text.Contains("NOT PROVEN: no checkpoint stands behind event 1", StringComparison.Ordinal), bare.Text);
        Assert.True(signed.Code == ExitCode.Done && signed.Text.Contains("was signed only at", StringComparison.Ordinal), signed.Text);
    }

    [Fact]
    public async Task Checkpoints_that_were_taken_away_are_missed_and_nothing_is_signed_over_it()
    {
        await using var server = await RunningServer.StartAsync();
        var (organization, checkpoints) = (await OrganizationAsync(server), server.Services.GetRequiredService<AuditCheckpoints>());
        await checkpoints.MakeAsync(organization, Cancel);
        await RecordsStage.WriteEventsAsync(server, "one");
        await checkpoints.MakeAsync(organization, Cancel);
        await TestDatabase.ExecuteAsync(server.Services.GetRequiredService<DatabaseSource>(), "delete from audit_checkpoint where seq = (select max(seq) from audit_checkpoint)");

        var end = await server.Services.GetRequiredService<AuditVerification>().VerifyEndAsync(organization, Cancel);

        Assert.Contains("is gone: it was taken away", end.Problem, StringComparison.Ordinal);
        Assert.Null(await checkpoints.MakeAsync(organization, Cancel));
        Assert.Contains("was taken away", server.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Checkpoints_of_long_ago_are_thinned_to_the_last_of_each_day_and_the_chain_stays_proven()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_elsewhere.FullName, "data"));
        await SetUpFolder.FillAsync(folder, demandsSecondFactor: false);
        var clock = new ManualClock();
        clock.Advance(new DateTimeOffset(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(1), TimeSpan.Zero) - clock.GetUtcNow());
        await using var services = CommandServices.Build(new DataFolder(folder.FullName), clock);
        var organization = (await services.GetRequiredService<OrganizationDirectory>().DefaultAsync(Cancel)).Id;
        var (checkpoints, verification) = (services.GetRequiredService<AuditCheckpoints>(), services.GetRequiredService<AuditVerification>());
        var first = clock.GetUtcNow();
        await using var database = services.GetRequiredService<DatabaseSource>().Open(organization);
        for (var hour = 0; hour < 30; hour++)
        {
            clock.Advance(TimeSpan.FromHours(1));
            await services.GetRequiredService<AuditLog>().RecordAsync(database, new AuditEntry("test", "test.written", "", AuditEntry.Done), Cancel);
            await checkpoints.MakeHourlyAsync(organization, Cancel);
        }

        Assert.Equal(30, await database.Set<AuditCheckpoint>().CountAsync(Cancel));
        clock.Advance(TimeSpan.FromDays(10));
        await checkpoints.MakeHourlyAsync(organization, Cancel);

        var kept = await database.Set<AuditCheckpoint>().AsNoTracking().OrderBy(row => row.Seq).Select(row => row.Time).ToListAsync(Cancel);
        Assert.Equal([first.AddHours(23), first.AddHours(30)], kept);
        var report = await verification.VerifyAsync(organization, Cancel);
        Assert.Equal((null, 2), (report.Problem, report.Checkpoints));
        // What the thinning left is missed as before.
        var gone = kept[0];
        await database.Set<AuditCheckpoint>().Where(row => row.Time == gone).ExecuteDeleteAsync(Cancel);
        Assert.Contains("is gone: it was taken away", (await verification.VerifyAsync(organization, Cancel)).Problem, StringComparison.Ordinal);
        await TestDatabase.DropAsync(folder.FullName);
    }

    [Fact]
    public async Task A_check_waits_for_no_writer_and_holds_none_up()
    {
        await using var server = await RunningServer.StartAsync();
        var organization = await OrganizationAsync(server);
        AuditVerification.Report report;
        await using (await TestDatabase.HoldAsync(server.Services.GetRequiredService<DatabaseSource>()))
            report = await server.Services.GetRequiredService<AuditVerification>().VerifyAsync(organization, Cancel);

        Assert.Equal((null, true), (report.Problem, report.Count > 0));
        // What is read is of one moment, and others write meanwhile.
        await using var database = await server.OpenDatabaseAsync();
        await using var snapshot = await ReadSnapshot.BeginAsync(database, server.Services.GetRequiredService<DatabaseSource>().Engine, Cancel);
        var before = await database.Set<AuditEvent>().CountAsync(Cancel);
        await RecordsStage.WriteEventsAsync(server, "meanwhile");
        Assert.Equal(before, await database.Set<AuditEvent>().CountAsync(Cancel));
    }

    [Fact]
    public async Task Whoever_asks_for_one_check_after_the_other_has_to_wait()
    {
        await using var server = await RunningServer.StartAsync(new ServerChoices { Settings = new() { ["RateLimits:AuditChecksPerMinute"] = "1" } });
        using var owner = await Staff.SignInAsync(server);

        using var first = await owner.SubmitAsync("/records/audit", "/records/audit/check");
        using var second = await owner.SubmitAsync("/records/audit", "/records/audit/check");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.TooManyRequests), (first.StatusCode, second.StatusCode));
    }

    [Fact]
    public async Task Without_its_key_an_organization_is_told_in_words_and_everything_else_goes_on()
    {
        // It sweeps when the test says so, and not once more at the start, when the key is still there.
        await using var server = await RunningServer.StartAsync(new ServerChoices
        {
            Adjust = builder => builder.Services.Remove(builder.Services.Single(service => service.ImplementationType == typeof(RetentionSweep))),
        });
        var first = await OrganizationAsync(server);
        var second = await AddOrganizationAsync(server);
        await RewriteAsync(server, first, TimeSpan.FromHours(-3));
        await RewriteAsync(server, second, TimeSpan.FromHours(-3));
        using var owner = await Staff.SignInAsync(server);
        var file = Path.Combine(server.Folder, "keys", $"organization-{first:D}.pem");
        File.Move(file, $"{file}.away");
        // Nothing has read it yet but the set-up, which was another process.
        using var keys = new OrganizationKeys(new DataFolder(server.Folder));
        Assert.Equal(file, keys.FindUnreadable(first));
        using var sweep = ActivatorUtilities.CreateInstance<RetentionSweep>(server.Services);

        await sweep.SweepAsync(Cancel);
        var (status, page) = await Staff.ReadAsync(owner.SubmitAsync("/records/audit", "/records/audit/check?lang=en"));
        var checks = WebUtility.HtmlDecode(await owner.ReadAsync("/checks?lang=en"));
        var command = await RunAsync("check", "--data", server.Folder);

        Assert.Contains("There is no checkpoint of the audit log of test", server.Log.Text, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, ExitCode.Failed), (status, command.Code));
        Assert.Contains("the organization's key is missing", page, StringComparison.Ordinal);
        Assert.All((string[])[checks, command.Text], text => Assert.Contains($"{file} is missing or cannot be read", text, StringComparison.Ordinal));
        await using (var other = server.Services.GetRequiredService<DatabaseSource>().Open(second))
            Assert.Equal(1, await other.Set<AuditCheckpoint>().CountAsync(Cancel));
        File.Move($"{file}.away", file);
        await sweep.SweepAsync(Cancel);
        await using var own = await server.OpenDatabaseAsync();
        Assert.Equal(1, await own.Set<AuditCheckpoint>().CountAsync(Cancel));
        Assert.Null(await RecordsStage.ProblemAsync(server));
    }

    [Fact]
    public async Task A_part_that_fails_takes_the_server_down_with_a_word_and_a_number_for_who_starts_it()
    {
        await using var server = await RunningServer.StartAsync(new ServerChoices { Adjust = builder => builder.Services.AddHostedService<Failing>() });
        var lifetime = server.Services.GetRequiredService<IHostApplicationLifetime>();
        var stopping = new TaskCompletionSource();
        await using var registration = lifetime.ApplicationStopping.Register(stopping.SetResult);
        Failing.Now.TrySetResult();
        await stopping.Task.WaitAsync(TimeSpan.FromMinutes(1), TimeProvider.System, Cancel);
        using var error = new StringWriter(CultureInfo.InvariantCulture);

        Assert.Equal(ExitCode.Failed, await RunCommand.EndAsync(server.Services, new Terminal(TextWriter.Null, error)));

        Assert.Contains("a part of it failed (Failing)", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("Critical Microsoft.Extensions.Hosting", server.Log.Text, StringComparison.Ordinal);
    }

    private static async Task<Guid> OrganizationAsync(RunningServer server) => (await server.Services.GetRequiredService<OrganizationDirectory>().DefaultAsync(Cancel)).Id;

    private static async Task<Guid> AddOrganizationAsync(RunningServer server)
    {
        await using var scope = server.Services.CreateAsyncScope();
        var (organization, _) = await scope.ServiceProvider.GetRequiredService<OrganizationSetup>().CreateAsync(
            new OrganizationSetup.Request { Name = "Second", Slug = "second", OwnerEmail = "other@example.test", OwnerPassword = RunningServer.Password, OwnerName = "Other" }, Cancel);
        return organization?.Id ?? throw new InvalidOperationException("No second organization.");
    }

    /// <summary>The same events with other details and at another time, in a chain that holds, and no checkpoint.</summary>
    private static async Task RewriteAsync(RunningServer server, Guid organization, TimeSpan moved)
    {
        await using var database = server.Services.GetRequiredService<DatabaseSource>().Open(organization);
        var old = await database.Set<AuditEvent>().AsNoTracking().OrderBy(row => row.Seq).Where(row => row.Action != AuditCheckpoints.Action).ToListAsync(Cancel);
        await database.Set<AuditEvent>().ExecuteDeleteAsync(Cancel);
        await database.Set<AuditCheckpoint>().ExecuteDeleteAsync(Cancel);
        var (seq, hash, salt) = (0L, AuditChain.Start, new string('0', 32));
        foreach (var line in old)
        {
            var forged = new AuditEvent
            {
                OrganizationId = organization, Seq = ++seq, Time = line.Time + moved, Actor = line.Actor, Action = line.Action, Object = line.Object, Outcome = line.Outcome,
                Details = "forged", Salt = salt, Commitment = AuditChain.Commit(salt, "forged"), PreviousHash = hash,
            };
            hash = forged.Hash = AuditChain.Hash(forged);
            database.Add(forged);
        }

        await database.SaveChangesAsync(Cancel);
        await database.Set<AuditHead>().ExecuteUpdateAsync(set => set.SetProperty(row => row.Seq, seq).SetProperty(row => row.Hash, hash), Cancel);
    }

    private static async Task SignAsync(RunningServer server, Guid organization, string certificate)
    {
        await using var database = server.Services.GetRequiredService<DatabaseSource>().Open(organization);
        var end = await database.Set<AuditEvent>().AsNoTracking().OrderByDescending(row => row.Seq).FirstAsync(Cancel);
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var signature = own.SignData(AuditCheckpoint.Statement(organization, end.Seq, end.Hash, end.Time), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        database.Add(new AuditCheckpoint
        {
            OrganizationId = organization, Seq = end.Seq, Hash = end.Hash, Time = end.Time, PublicKey = Convert.ToHexStringLower(P256.PointOf(own)),
            Certificate = certificate, Signature = Convert.ToHexStringLower(signature),
        });
        await database.SaveChangesAsync(Cancel);
    }

    private static async Task<(int Code, string Text)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        var code = await CommandLine.RunAsync(arguments, new Terminal(output, output), Cancel);
        return (code, output.ToString());
    }

    private sealed class Failing : BackgroundService
    {
        internal static readonly TaskCompletionSource Now = new(TaskCreationOptions.RunContinuationsAsynchronously);

        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await Now.Task.WaitAsync(stoppingToken);
            throw new InvalidOperationException("It failed.");
        }
    }
}
