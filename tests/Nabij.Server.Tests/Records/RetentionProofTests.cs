using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Nabij.Server.Accounts;
using Nabij.Server.Audit;
using Nabij.Server.Rendezvous;
using Nabij.Server.Storage;
using Nabij.Server.Tests.People;
using Nabij.Server.Tests.Storage;

namespace Nabij.Server.Tests.Records;

public sealed class RetentionProofTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_deleted_after_its_time_leaves_how_many_of_which_time_and_the_hash_of_their_numbers()
    {
        var clock = new ManualClock();
        await using var server = await RunningServer.StartAsync(new ServerChoices { Clock = clock });
        await RecordsStage.AddSessionsAsync(server, 3);
        await using (var database = await server.OpenDatabaseAsync())
            await database.Set<SupportSession>().Where(row => row.Id == $"{3:x32}").ExecuteUpdateAsync(set => set.SetProperty(row => row.PairedAt, clock.GetUtcNow().AddDays(300)), Cancel);
        clock.Advance(TimeSpan.FromDays(420));
        var sweep = server.Services.GetServices<IHostedService>().OfType<RetentionSweep>().Single();

        await sweep.SweepAsync(Cancel);
        await sweep.SweepAsync(Cancel);

        var told = Assert.Single(await Staff.AuditAsync(server, RetentionProof.Action));
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{1:x32}\n{2:x32}\n")));
        Assert.Equal($"system session done 2 of 2026-11-02T11:01:00Z to 2026-11-02T11:02:00Z, sha256 of their keys {hash}", told);
        await using var after = await server.OpenDatabaseAsync();
        Assert.Equal($"{3:x32}", (await after.Set<SupportSession>().SingleAsync(Cancel)).Id);
        Assert.NotEqual(0, await after.Set<AuditCheckpoint>().CountAsync(Cancel));
    }

    /// <summary>What the privacy page tells: the time itself, and at most the hour until the next sweep.</summary>
    [Fact]
    public async Task What_guards_the_doors_goes_within_an_hour_of_its_time_and_one_organization_that_fails_keeps_nobody_else()
    {
        var clock = new ManualClock();
        await using var server = await RunningServer.StartAsync(new ServerChoices { Clock = clock });
        using var visitor = server.Visit();
        (await visitor.SignInAsync(password: "a wrong one")).Dispose();
        await RecordsStage.AddSessionsAsync(server, 1);
        await using var database = await server.OpenDatabaseAsync();
        Assert.Equal(1, await database.Set<SignInFailure>().CountAsync(Cancel));
        var source = server.Services.GetRequiredService<DatabaseSource>();
        await TestDatabase.ExecuteAsync(source, "update organization set session_months = -100000000");
        for (var hour = 0; hour < 25; hour++)
            clock.Advance(TimeSpan.FromHours(1));

        // The timer of the server swept by itself; the loop is waited for, and no sweep is asked for here.
        await UntilAsync(async () => !await database.Set<SignInFailure>().AnyAsync(Cancel));
        Assert.Equal(1, await database.Set<SupportSession>().CountAsync(Cancel));
        await UntilAsync(() => Task.FromResult(server.Log.Text.Contains("Old rows could not be deleted now, of test", StringComparison.Ordinal)));
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        for (var i = 0; i < 12_000 && !await isSo(); i++)
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Cancel);
        Assert.True(await isSo());
    }
}
