using System.Net;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Nabij.Server.HelpPage;
using Nabij.Server.Storage;
using Npgsql;

namespace Nabij.Server.Tests.Storage;

public sealed class StorageProblemTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_full_disk_is_told_in_words_and_nothing_is_half_written()
    {
        Assert.SkipWhen(TestDatabase.IsPostgres, "A full disk is made by a setting that only SQLite has.");
        await using var server = await RunningServer.StartAsync();
        await using var database = await server.OpenDatabaseAsync();
        await database.Database.OpenConnectionAsync(Cancel);
        await database.Database.ExecuteSqlRawAsync("pragma max_page_count = 1", Cancel);
        var before = await database.Set<Nabij.Server.Audit.AuditEvent>().CountAsync(Cancel);
        var log = server.Services.GetRequiredService<Nabij.Server.Audit.AuditLog>();

        Exception? refused = null;
        for (var i = 0; i < 1000 && refused is null; i++)
        {
            refused = await Record.ExceptionAsync(() =>
                log.RecordAsync(database, new Nabij.Server.Audit.AuditEntry("test", "test.filled", "", "done", new string('x', 900)), Cancel));
        }

        Assert.NotNull(refused);
        Assert.Equal("full", StorageProblem.Find(refused)?.Name);
        Assert.Contains("disk", StorageProblem.Find(refused)?.ForOperator, StringComparison.Ordinal);
        await using var fresh = await server.OpenDatabaseAsync();
        var report = await server.Services.GetRequiredService<Nabij.Server.Audit.AuditVerification>().VerifyAsync(fresh.CurrentOrganizationId, Cancel);
        Assert.Null(report.Problem);
        Assert.True(report.Count >= before);
    }

    [Fact]
    public async Task A_locked_database_gives_a_page_in_words_and_the_server_goes_on()
    {
        await using var server = await RunningServer.StartAsync();
        using var visitor = server.Visit();
        var token = Visitor.FormToken(await visitor.ReadAsync("/o/test"));
        var source = server.Services.GetRequiredService<DatabaseSource>();
        HttpStatusCode locked;
        string words;
        await using (await TestDatabase.HoldAsync(source))
        {
            using var answer = await AcceptAsync();
            locked = answer.StatusCode;
            words = await answer.Content.ReadAsStringAsync(Cancel);
        }

        using var again = await AcceptAsync();

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.SeeOther), (locked, again.StatusCode));
        Assert.Contains("Nothing was changed", words, StringComparison.Ordinal);
        Assert.Contains("locked", server.Log.Text, StringComparison.Ordinal);
        await using var database = await server.OpenDatabaseAsync();
        Assert.Equal(1, await database.Set<Acceptance>().CountAsync(Cancel));

        Task<HttpResponseMessage> AcceptAsync() => visitor.PostAsync(
            "/o/test/accept?lang=en", ("antiforgery", token), ("version", "1"), ("language", "en"), ("terms", "yes"), ("licence", "yes"), ("backup", "yes"));
    }

    [Theory]
    [InlineData("53100", "full")]
    [InlineData("25006", "read-only")]
    [InlineData("55P03", "locked")]
    [InlineData("58030", "disk-error")]
    [InlineData("28P01", "refused")]
    [InlineData("42501", "refused")]
    [InlineData("3D000", "cannot-open")]
    [InlineData("57P01", "cannot-open")]
    [InlineData("XX001", "damaged")]
    public void Each_error_of_PostgreSQL_has_its_words(string state, string name) =>
        Assert.Equal(name, StorageProblem.Find(new DbUpdateException("", new PostgresException("", "ERROR", "ERROR", state)))?.Name);

    [Theory]
    [InlineData(13, "full")]
    [InlineData(8, "read-only")]
    [InlineData(5, "locked")]
    [InlineData(10, "disk-error")]
    [InlineData(14, "cannot-open")]
    [InlineData(11, "damaged")]
    [InlineData(26, "damaged")]
    public void Each_error_of_the_database_has_its_words(int code, string name) =>
        Assert.Equal(name, StorageProblem.Find(new DbUpdateException("", new SqliteException("", code)))?.Name);
}
