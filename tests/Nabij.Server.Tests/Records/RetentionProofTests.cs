using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Nabij.Server.Audit;
using Nabij.Server.Rendezvous;
using Nabij.Server.Storage;
using Nabij.Server.Tests.People;

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
}
