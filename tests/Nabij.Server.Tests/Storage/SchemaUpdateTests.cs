using System.Data.Common;
using Nabij.Server.Commands;
using Nabij.Server.Storage;

namespace Nabij.Server.Tests.Storage;

public sealed class SchemaUpdateTests
{
    private const string Sqlite = "Sqlite", Postgres = "Postgres";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Sqlite)]
    [InlineData(Postgres)]
    public async Task Starting_again_applies_nothing_twice(string kind)
    {
        await using var database = await FreshDatabase.CreateAsync(kind);

        await database.UpdateAsync();
        await database.UpdateAsync();

        Assert.Equal(SchemaScript.Of(kind).Count, await database.CountAsync("select count(*) from schema_version"));
    }

    [Theory]
    [InlineData(Sqlite)]
    [InlineData(Postgres)]
    public async Task Many_starts_at_once_apply_each_script_once(string kind)
    {
        await using var database = await FreshDatabase.CreateAsync(kind);
        var scripts = new[] { Script(1, "create table counted (x integer); insert into counted values (1);"), Script(2, "insert into counted values (2);") };

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => database.UpdateAsync(scripts), Cancel)));

        Assert.Equal(2, await database.CountAsync("select count(*) from counted"));
    }

    [Theory]
    [InlineData(Sqlite, "sqlite_schema")]
    [InlineData(Postgres, "pg_class where relnamespace = current_schema()::text::regnamespace")]
    public async Task A_script_that_fails_leaves_nothing_behind(string kind, string catalog)
    {
        await using var database = await FreshDatabase.CreateAsync(kind);

        await Assert.ThrowsAnyAsync<DbException>(() =>
            database.UpdateAsync(Script(1, "create table first (x integer);"), Script(2, "create table second (x integer); this is not sql;")));

        Assert.Equal(0, await database.CountAsync($"select count(*) from {catalog}"));
    }

    [Theory]
    [InlineData(Sqlite)]
    [InlineData(Postgres)]
    public async Task A_script_that_was_changed_after_its_release_is_noticed(string kind)
    {
        await using var database = await FreshDatabase.CreateAsync(kind);
        await database.UpdateAsync(Script(1, "create table one (x integer);"));

        var problem = await Assert.ThrowsAsync<OperatorException>(() => database.UpdateAsync(Script(1, "create table one (y integer);")));

        Assert.Contains("another version of the script", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Sqlite)]
    [InlineData(Postgres)]
    public async Task A_database_of_a_newer_version_is_left_alone(string kind)
    {
        await using var database = await FreshDatabase.CreateAsync(kind);
        await database.UpdateAsync(Script(1, "select 1;"), Script(2, "select 2;"));

        var problem = await Assert.ThrowsAsync<OperatorException>(() => database.UpdateAsync(Script(1, "select 1;")));

        Assert.Contains("newer version", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Sqlite)]
    [InlineData(Postgres)]
    public async Task A_script_whose_number_was_left_free_is_applied_later(string kind)
    {
        await using var database = await FreshDatabase.CreateAsync(kind);
        await database.UpdateAsync(Script(1, "create table one (x integer);"), Script(3, "create table three (x integer);"));

        await database.UpdateAsync(Script(1, "create table one (x integer);"), Script(2, "create table two (x integer);"), Script(3, "create table three (x integer);"));

        Assert.Equal(3, await database.CountAsync("select count(*) from schema_version"));
        Assert.Equal(0, await database.CountAsync("select count(*) from two"));
    }

    private static SchemaScript Script(int number, string sql) => new(number, $"{number:0000}-test.sql", sql);
}
