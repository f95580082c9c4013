using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Nabij.Server.Accounts;
using Nabij.Server.Commands;
using Nabij.Server.Organizations;
using Nabij.Server.Storage;

namespace Nabij.Server.Tests.Storage;

public sealed class SchemaUpdateTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nabij-schema-");

    private string ConnectionString => new DatabaseSource(new DataFolder(_folder.FullName)).ConnectionString;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Starting_again_applies_nothing_twice()
    {
        await SchemaUpdate.ApplyAsync(ConnectionString, TimeProvider.System, Cancel);
        await SchemaUpdate.ApplyAsync(ConnectionString, TimeProvider.System, Cancel);

        Assert.Equal(SchemaUpdate.Scripts.Count, await ScalarAsync("select count(*) from schema_version"));
    }

    [Fact]
    public async Task Many_starts_at_once_apply_each_script_once()
    {
        var scripts = new[] { Script(1, "create table counted (x integer); insert into counted values (1);"), Script(2, "insert into counted values (2);") };

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => SchemaUpdate.ApplyAsync(ConnectionString, scripts, TimeProvider.System, Cancel), Cancel)));

        Assert.Equal(2, await ScalarAsync("select count(*) from counted"));
    }

    [Fact]
    public async Task A_script_that_fails_leaves_nothing_behind()
    {
        var scripts = new[] { Script(1, "create table first (x integer);"), Script(2, "create table second (x integer); this is not sql;") };

        await Assert.ThrowsAsync<SqliteException>(() => SchemaUpdate.ApplyAsync(ConnectionString, scripts, TimeProvider.System, Cancel));

        Assert.Equal(0, await ScalarAsync("select count(*) from sqlite_schema"));
    }

    [Fact]
    public async Task A_script_that_was_changed_after_its_release_is_noticed()
    {
        await SchemaUpdate.ApplyAsync(ConnectionString, [Script(1, "create table one (x integer);")], TimeProvider.System, Cancel);

        var problem = await Assert.ThrowsAsync<OperatorException>(() =>
            SchemaUpdate.ApplyAsync(ConnectionString, [Script(1, "create table one (y integer);")], TimeProvider.System, Cancel));

        Assert.Contains("another version of the script", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_left_alone()
    {
        await SchemaUpdate.ApplyAsync(ConnectionString, [Script(1, "select 1;"), Script(2, "select 2;")], TimeProvider.System, Cancel);

        var problem = await Assert.ThrowsAsync<OperatorException>(() => SchemaUpdate.ApplyAsync(ConnectionString, [Script(1, "select 1;")], TimeProvider.System, Cancel));

        Assert.Contains("newer version", problem.Message, StringComparison.Ordinal);
    }

    /// <summary>A folder of the state before people had pages: its owner, the owner's sign-in and the audit chain stay as they are.</summary>
    [Fact]
    public async Task A_database_of_the_state_before_keeps_its_content()
    {
        const int before = 5;
        await SchemaUpdate.ApplyAsync(ConnectionString, [.. SchemaUpdate.Scripts.Take(before)], TimeProvider.System, Cancel);
        await ExecuteAsync("""
            insert into organization values ('10000000-0000-0000-0000-000000000001', 'test', 'Test', '', '', '', '#0b5c7a', '', 'nl', 1, 1);
            insert into account values ('20000000-0000-0000-0000-000000000002', '10000000-0000-0000-0000-000000000001', 'a@b.test', 'A@B.TEST', 'a@b.test', 'A@B.TEST', 'Anna', 'hash', 's', 'c', 0, 1, 'secret', 7, 1, null);
            insert into account_role values ('10000000-0000-0000-0000-000000000001', '20000000-0000-0000-0000-000000000002', 'owner');
            insert into sign_in values ('10000000-0000-0000-0000-000000000001', 'reference', '20000000-0000-0000-0000-000000000002', 'complete', 1, 2);
            """);

        await SchemaUpdate.ApplyAsync(ConnectionString, TimeProvider.System, Cancel);

        await using var database = new DatabaseSource(new DataFolder(_folder.FullName)).Open(Guid.Parse("10000000-0000-0000-0000-000000000001"));
        var account = await database.Set<Account>().SingleAsync(Cancel);
        var signIn = await database.Set<SignIn>().SingleAsync(Cancel);
        var organization = await database.Set<Organization>().SingleAsync(Cancel);
        Assert.Equal(("Anna", "secret", 7L, true), (account.DisplayName, account.TotpSecret, account.TotpLastStep, account.TwoFactorEnabled));
        Assert.Equal(("reference", DateTimeOffset.UnixEpoch), (signIn.ReferenceHash, signIn.ConfirmedAt));
        Assert.Equal("Europe/Amsterdam", organization.TimeZone);
        Assert.Equal(0, await database.Set<AccountLink>().CountAsync(Cancel));
    }

    private static SchemaUpdate.Script Script(int number, string sql) => new(number, $"{number:0000}-test.sql", sql);

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new SqliteConnection(ConnectionString);
        await connection.OpenAsync(Cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Cancel);
    }

    private async Task<long> ScalarAsync(string sql)
    {
        await using var connection = new SqliteConnection(ConnectionString);
        await connection.OpenAsync(Cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)(await command.ExecuteScalarAsync(Cancel) ?? -1L);
    }
}
