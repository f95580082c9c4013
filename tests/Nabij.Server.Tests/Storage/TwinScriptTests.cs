using Microsoft.EntityFrameworkCore;
using Nabij.Server.Storage;

namespace Nabij.Server.Tests.Storage;

/// <summary>The schema is written twice (decision 0026); these tests keep the two the same, and both as EF's model expects them.</summary>
[Trait("Kind", "Architecture")]
public sealed class TwinScriptTests
{
    private const string SqliteColumns = """
        select t.name, c.name, case when c."notnull" = 1 or c.pk > 0 then 'not null' else '' end, case when c.pk > 0 then 'key' else '' end
        from sqlite_schema t join pragma_table_info(t.name) c where t.type = 'table' and t.name not like 'sqlite\_%' escape '\'
        """;

    private const string PostgresColumns = """
        select c.table_name, c.column_name, case when is_nullable = 'NO' then 'not null' else '' end, case when k.column_name is not null then 'key' else '' end
        from information_schema.columns c left join (
            select u.table_name, u.column_name from information_schema.table_constraints t join information_schema.key_column_usage u using (constraint_name, constraint_schema)
            where t.constraint_type = 'PRIMARY KEY') k on k.table_name = c.table_name and k.column_name = c.column_name
        where c.table_schema = current_schema()
        """;

    private const string SqliteIndexes = """
        select t.name, i."unique", (select group_concat(name) from (select name from pragma_index_info(i.name) order by seqno))
        from sqlite_schema t join pragma_index_list(t.name) i where t.type = 'table'
        """;

    private const string PostgresIndexes = """
        select c.relname, i.indisunique::int, (select string_agg(a.attname, ',' order by k.ord) from unnest(i.indkey) with ordinality k(num, ord) join pg_attribute a on a.attrelid = c.oid and a.attnum = k.num)
        from pg_index i join pg_class c on c.oid = i.indrelid where c.relnamespace = current_schema()::text::regnamespace
        """;

    private const string SqliteReferences = """
        select t.name, f."table", f."from", f."to", lower(f.on_delete) from sqlite_schema t join pragma_foreign_key_list(t.name) f where t.type = 'table'
        """;

    private const string PostgresReferences = """
        select c.conrelid::regclass::text, c.confrelid::regclass::text, a.attname, b.attname,
            case c.confdeltype when 'a' then 'no action' when 'c' then 'cascade' when 'r' then 'restrict' when 'n' then 'set null' when 'd' then 'set default' end
        from pg_constraint c cross join lateral unnest(c.conkey, c.confkey) as k(own, other)
        join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.own
        join pg_attribute b on b.attrelid = c.confrelid and b.attnum = k.other
        where c.contype = 'f' and c.connamespace = current_schema()::text::regnamespace
        """;

    [Fact]
    public void Each_script_has_its_twin() =>
        Assert.Equal(SchemaScript.Of("Sqlite").Select(script => script.Name), SchemaScript.Of("Postgres").Select(script => script.Name));

    [Fact]
    public async Task Both_databases_have_the_same_tables_columns_keys_indexes_and_references()
    {
        await using var sqlite = await FreshDatabase.CreateAsync("Sqlite");
        await using var postgres = await FreshDatabase.CreateAsync("Postgres");
        await sqlite.UpdateAsync();
        await postgres.UpdateAsync();

        Assert.Equal(Sorted(await sqlite.ReadAsync(SqliteColumns)), Sorted(await postgres.ReadAsync(PostgresColumns)));
        Assert.Equal(
            Sorted(await sqlite.ReadAsync(SqliteIndexes)),
            // The one key that SQLite keeps without an index.
            Sorted((await postgres.ReadAsync(PostgresIndexes)).Where(line => line != "schema_version|1|number")));
        Assert.Equal(Sorted(await sqlite.ReadAsync(SqliteReferences)), Sorted(await postgres.ReadAsync(PostgresReferences)));
    }

    [Theory]
    [InlineData("Sqlite", SqliteColumns)]
    [InlineData("Postgres", PostgresColumns)]
    public async Task Every_column_of_the_model_is_there_and_may_be_empty_where_the_model_says_so(string kind, string columns)
    {
        await using var fresh = await FreshDatabase.CreateAsync(kind);
        await fresh.UpdateAsync();
        var there = (await fresh.ReadAsync(columns)).Select(line => line.Replace("|key", "|", StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
        await using var database = fresh.Source.OpenUnscoped();

        var wanted = database.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties().Select(property =>
            $"{entity.GetTableName() ?? entity.GetViewName()}|{property.GetColumnName()}|{(property.IsColumnNullable() ? "" : "not null")}|"));

        // Identity's own class leaves nullable what our tables fill always.
        Assert.All(wanted, line => Assert.True(there.Contains(line) || there.Contains(line.Replace("||", "|not null|", StringComparison.Ordinal)), line));
    }

    [Fact]
    public async Task Each_column_of_PostgreSQL_has_the_type_that_the_model_writes()
    {
        await using var fresh = await FreshDatabase.CreateAsync("Postgres");
        await fresh.UpdateAsync();
        var there = (await fresh.ReadAsync("select table_name, column_name, data_type from information_schema.columns where table_schema = current_schema()")).ToHashSet(StringComparer.Ordinal);
        await using var database = fresh.Source.OpenUnscoped();

        var wanted = database.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties().Select(property =>
            $"{entity.GetTableName() ?? entity.GetViewName()}|{property.GetColumnName()}|{property.GetColumnType()}"));

        Assert.All(wanted, line => Assert.Contains(line, there));
    }

    private static List<string> Sorted(IEnumerable<string> lines) => [.. lines.Order(StringComparer.Ordinal)];
}
