using System.Net;
using Microsoft.EntityFrameworkCore;
using Nabij.Server.Accounts;
using Nabij.Server.Commands;
using Nabij.Server.Rendezvous;
using Nabij.Server.Tests.People;
using Nabij.Server.Tests.Rendezvous;

namespace Nabij.Server.Tests.Records;

public sealed class ReceiptTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_receipt_of_a_consent_proves_itself_and_says_what_was_agreed_to()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        var hash = await RecordsStage.AddConsentAsync(server);
        using var owner = await Staff.SignInAsync(server);
        var page = await owner.ReadAsync($"/records/consents/{hash}?lang=en");

        var (code, words) = await VerifyAsync(server, page);
        Assert.True(code == ExitCode.Done, words);
        foreach (var part in (string[])["Computer shop Test", "terms terms, version 1 (nl)", "Ticked: Terms, Licence; backup: Yes", $"Consent record {hash}", "which is one of this server"])
            Assert.Contains(part, words, StringComparison.Ordinal);

        (code, words) = await VerifyAsync(server, page, withData: false);
        Assert.True(code == ExitCode.Done && words.Contains("Certified by the organization's key", StringComparison.Ordinal), words);
    }

    [Fact]
    public async Task A_receipt_that_was_changed_or_is_none_is_refused()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        var hash = await RecordsStage.AddConsentAsync(server);
        using var owner = await Staff.SignInAsync(server);
        var page = await owner.ReadAsync($"/records/consents/{hash}?lang=en");
        var begin = page.IndexOf("STATEMENT-----", StringComparison.Ordinal) + 15;

        for (var place = begin; place < page.IndexOf("-----END", StringComparison.Ordinal); place += 37)
        {
            var (code, words) = await VerifyAsync(server, page[..place] + (page[place] == 'A' ? 'B' : 'A') + page[(place + 1)..]);
            Assert.True(code == ExitCode.Failed, $"{place}: {words}");
        }

        Assert.Equal(ExitCode.Failed, (await VerifyAsync(server, "<p>I agree</p>")).Code);
    }

    [Fact]
    public async Task A_record_that_was_changed_in_the_table_gets_no_receipt()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        var hash = await RecordsStage.AddConsentAsync(server);
        await using (var database = await server.OpenDatabaseAsync())
            await database.Set<Consent>().ExecuteUpdateAsync(set => set.SetProperty(row => row.Backup, "no"), Cancel);
        using var owner = await Staff.SignInAsync(server);

        var page = await owner.ReadAsync($"/records/consents/{hash}?lang=en");

        Assert.Contains("was changed after it was given", page, StringComparison.Ordinal);
        Assert.DoesNotContain("BEGIN NABIJ", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_technician_gets_receipts_of_the_own_sessions_only()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        var technician = await Staff.AddAsync(server, "tom@example.test", Role.Technician);
        await RecordsStage.AddSessionsAsync(server, 1);
        await RecordsStage.AddSessionsAsync(server, 1, technician: technician, first: 2);
        List<string> hashes;
        await using (var database = await server.OpenDatabaseAsync())
            hashes = await database.Set<SupportSession>().OrderBy(row => row.Id).Select(row => row.ConsentHash).ToListAsync(Cancel);
        using var tom = await Staff.SignInAsync(server, "tom@example.test");

        Assert.Equal(HttpStatusCode.NotFound, await tom.StatusAsync($"/records/consents/{hashes[0]}"));
        Assert.Equal(HttpStatusCode.OK, await tom.StatusAsync($"/records/consents/{hashes[1]}"));
    }

    [Fact]
    public async Task Consents_are_found_by_day_version_and_answer_in_the_program_and_on_the_page()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        await RecordsStage.AddConsentAsync(server, RecordsStage.Noon, "1");
        await RecordsStage.AddConsentAsync(server, RecordsStage.Noon.AddDays(1), "2");
        using var owner = await Staff.SignInAsync(server);
        (await owner.AcceptAsync(backup: "no")).Dispose();

        foreach (var (query, count) in ((string, int)[])[("", 2), ("version=2", 1), ("until=2026-11-02", 1), ("backup=no", 0), ("where=page", 1), ("where=page&backup=no", 1), ("where=page&backup=yes", 0)])
        {
            var html = await owner.ReadAsync($"/records/consents?lang=en&{query}");
            Assert.True(html.Split("/terms/").Length - 1 == count, $"{query}: {html}");
        }
    }

    private static async Task<(int Code, string Words)> VerifyAsync(RunningServer server, string page, bool withData = true)
    {
        var file = Path.Combine(server.Folder, "receipt.html");
        await File.WriteAllTextAsync(file, page, Cancel);
        using var output = new StringWriter();
        var code = await CommandLine.RunAsync(["verify-receipt", file, .. withData ? ["--data", server.Folder] : Array.Empty<string>()], new Terminal(output, TextWriter.Null), Cancel);
        return (code, output.ToString());
    }
}
