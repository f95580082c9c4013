using Nabij.Server.Audit;
using Nabij.Server.Commands;
using Nabij.Server.Storage;
using Nabij.Server.Tests.Storage;

namespace Nabij.Server.Tests.Audit;

public sealed class AuditChainTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_untouched_chain_is_whole()
    {
        await using var server = await RunningServer.StartAsync();
        await WriteAsync(server, 10);

        var (code, text) = await VerifyAsync(server);

        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("all whole", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("update audit_event set details = 'other' where seq = 5", "event 5 (test.written) was changed")]
    [InlineData("update audit_event set time = time + 1 where seq = 5", "event 5 (test.written) was changed")]
    [InlineData("update audit_event set actor = 'somebody' where seq = 5", "event 5 (test.written) was changed")]
    [InlineData("delete from audit_event where seq = 5", "event 5 is missing")]
    [InlineData("delete from audit_event where seq > 8", "events between were removed")]
    [InlineData("delete from audit_event where seq = (select max(seq) from audit_event)", "events between were removed")]
    [InlineData("update audit_event set seq = 99 where seq = 5; update audit_event set seq = 5 where seq = 6; update audit_event set seq = 6 where seq = 99", "event 5 does not follow")]
    [InlineData("update audit_event set seq = seq + 1000 where seq >= 5; update audit_event set seq = seq - 999 where seq > 1000; insert into audit_event select organization_id, 5, time, actor, action, object, outcome, 'added', previous_hash, hash, salt, commitment from audit_event where seq = 4", "event 5")]
    [InlineData("update audit_event set hash = (case substr(hash, 1, 1) when '0' then '1' else '0' end) || substr(hash, 2) where seq = (select max(seq) from audit_event)", "was changed")]
    public async Task Tampering_is_named(string sql, string words)
    {
        await using var server = await RunningServer.StartAsync();
        await WriteAsync(server, 10);
        Assert.True(await TestDatabase.ExecuteAsync(server.Services.GetRequiredService<DatabaseSource>(), sql) > 0);

        var (code, text) = await VerifyAsync(server);

        Assert.Equal(ExitCode.Failed, code);
        Assert.Contains("BROKEN", text, StringComparison.Ordinal);
        Assert.Contains(words, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_writers_at_once_keep_one_chain()
    {
        await using var server = await RunningServer.StartAsync();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => WriteAsync(server, 10), Cancel)));

        var (code, text) = await VerifyAsync(server);
        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("81 events", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("two\nlines", "two\\u000alines")]
    [InlineData("\u001b[31mred", "\\u001b[31mred")]
    [InlineData("a\u202eb", "a\\u202eb")]
    [InlineData("back\\slash", "back\\u005cslash")]
    [InlineData("naïve café", "naïve café")]
    public void Values_cannot_steer_a_terminal_or_forge_a_line(string value, string escaped) => Assert.Equal(escaped, AuditText.Escape(value, 100));

    [Fact]
    public void A_long_value_is_cut_at_its_limit() => Assert.Equal(200, AuditText.Escape(new string('a', 5000), 200).Length);

    private static async Task WriteAsync(RunningServer server, int count)
    {
        var log = server.Services.GetRequiredService<AuditLog>();
        for (var i = 0; i < count; i++)
        {
            await using var database = await server.OpenDatabaseAsync();
            await log.RecordAsync(database, new AuditEntry("test", "test.written", $"{i}", AuditEntry.Done), Cancel);
        }
    }

    private static async Task<(int Code, string Text)> VerifyAsync(RunningServer server)
    {
        using var output = new StringWriter();
        var code = await CommandLine.RunAsync(["verify-audit", "--data", server.Folder], new Terminal(output, TextWriter.Null), Cancel);
        return (code, output.ToString());
    }
}
