using Microsoft.EntityFrameworkCore;
using Nabij.Server.Accounts;
using Nabij.Server.Audit;
using Nabij.Server.Storage;

namespace Nabij.Server.Tests.Storage;

/// <summary>PostgreSQL itself keeps organizations apart (settled.md 28), whatever a query of ours forgot.</summary>
public sealed class RowSecurityTests
{
    private const string First = "10000000-0000-0000-0000-000000000001", Second = "20000000-0000-0000-0000-000000000002";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_table_of_organizations_is_protected_even_from_its_owner()
    {
        await using var fresh = await FreshDatabase.CreateAsync("Postgres");
        await fresh.UpdateAsync();

        var open = await fresh.ReadAsync("""
            select relname from pg_class join pg_attribute on attrelid = pg_class.oid and attname = 'organization_id'
            where relnamespace = current_schema()::text::regnamespace and relkind = 'r'
                and not (relrowsecurity and relforcerowsecurity and exists (select 1 from pg_policy where polrelid = pg_class.oid))
            """);

        Assert.Empty(open);
    }

    [Fact]
    public async Task Plain_sql_sees_and_changes_its_own_organization_only()
    {
        await using var fresh = await PrepareAsync();
        await using var first = fresh.Source.Open(Guid.Parse(First));
        await using var nobody = fresh.Source.OpenUnscoped();
        await using var every = fresh.Source.OpenForEvery();

        Assert.Equal(["a"], await ActorsAsync(first));
        Assert.Empty(await ActorsAsync(nobody));
        Assert.Equal(["a", "b"], await ActorsAsync(every));
        Assert.Equal(1, await first.Database.ExecuteSqlRawAsync("update audit_event set details = 'changed'", Cancel));
        await Assert.ThrowsAnyAsync<Npgsql.PostgresException>(() =>
            first.Database.ExecuteSqlRawAsync($"insert into audit_head (organization_id, seq, hash) values ('{Second}', 1, '')", Cancel));
        Assert.Equal(["b"], await every.Database.SqlQueryRaw<string>("select actor as \"Value\" from audit_event where details = ''").ToListAsync(Cancel));
    }

    [Fact]
    public async Task A_query_of_every_organization_opens_no_door_for_the_next_one()
    {
        await using var fresh = await PrepareAsync();
        await using var first = fresh.Source.Open(Guid.Parse(First));
        await first.Database.OpenConnectionAsync(Cancel);

        Assert.Equal(2, await first.Set<AuditEvent>().OfEveryOrganization().CountAsync(Cancel));
        Assert.Equal(["a"], await ActorsAsync(first));
        await using (await first.Database.BeginTransactionAsync(Cancel))
        {
            Assert.Equal(2, await first.Set<AuditEvent>().OfEveryOrganization().CountAsync(Cancel));
        }

        // The transaction was rolled back, and with it what its connection had been told.
        Assert.Equal(["a"], await ActorsAsync(first));
        Assert.Equal(2, await first.Set<AuditEvent>().OfEveryOrganization().CountAsync(Cancel));
        await using var every = fresh.Source.OpenForEvery();
        Assert.Equal(1, await every.Set<AuditEvent>().OfEveryOrganization().Where(row => row.Actor == "b").ExecuteUpdateAsync(set => set.SetProperty(row => row.Details, "seen"), Cancel));
    }

    [Fact]
    public async Task A_pooled_connection_brings_nobody_elses_scope_along()
    {
        await using var fresh = await PrepareAsync();
        for (var i = 0; i < 4; i++)
        {
            await using (var every = fresh.Source.OpenForEvery())
                Assert.Equal(2, (await ActorsAsync(every)).Count);
            await using var connection = fresh.Source.Connect();
            await connection.OpenAsync(Cancel);
            Assert.Equal(0L, await connection.ScalarAsync("select count(*) from audit_event", Cancel));
        }
    }

    [Fact]
    public async Task Text_that_PostgreSQL_cannot_keep_is_kept_without_the_part_that_it_cannot()
    {
        await using var fresh = await PrepareAsync();
        await using var first = fresh.Source.Open(Guid.Parse(First));
        first.Add(new SignInFailure { OrganizationId = Guid.Parse(First), PairHash = "a\0b\ud800c", Failures = 1, FailedAt = DateTimeOffset.UnixEpoch, LockedUntil = DateTimeOffset.UnixEpoch });
        await first.SaveChangesAsync(Cancel);

        Assert.Equal("a\ufffdb\ufffdc", await first.Set<SignInFailure>().AsNoTracking().Select(row => row.PairHash).SingleAsync(Cancel));
    }

    private static async Task<FreshDatabase> PrepareAsync()
    {
        var fresh = await FreshDatabase.CreateAsync("Postgres");
        await fresh.UpdateAsync();
        foreach (var (id, actor) in ((string, string)[])[(First, "a"), (Second, "b")])
        {
            await TestDatabase.ExecuteAsync(fresh.Source, $"""
                insert into organization (id, slug, name, legal_name, trade_number, phone, color, origin, language, demands_second_factor, created_at)
                    values ('{id}', '{actor}', '', '', '', '', '', '', 'nl', true, 1);
                insert into audit_event (organization_id, seq, time, actor, action, object, outcome, details, previous_hash, hash) values ('{id}', 1, 1, '{actor}', '', '', '', '', '', '');
                """);
        }

        return fresh;
    }

    private static Task<List<string>> ActorsAsync(ServerDatabase database) =>
        database.Database.SqlQueryRaw<string>("select actor as \"Value\" from audit_event order by actor").ToListAsync(Cancel);
}
