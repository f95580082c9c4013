using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Nabij.Server.Storage;

/// <summary>
/// A PostgreSQL database, 15 or newer. Rows of organizations are kept apart by row security as well as by EF's filter
/// (<see cref="PostgresSession"/>), and an organization has one writer at a time, as on SQLite.
/// </summary>
internal sealed class PostgresEngine : DatabaseEngine
{
    private const int ConnectSeconds = 5, CommandSeconds = 30, DefaultPool = 40;

    private static readonly PostgresSession Session = new();

    private readonly NpgsqlConnectionStringBuilder _address;

    internal PostgresEngine(string address)
    {
        _address = new NpgsqlConnectionStringBuilder(address)
        {
            ApplicationName = "nabij-server",
            // Values of rows belong into no log and no error text.
            IncludeErrorDetail = false,
            LogParameters = false,
            PersistSecurityInfo = false,
        };
        var given = new DbConnectionStringBuilder { ConnectionString = address }.Keys.Cast<string>()
            .Select(key => key.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant()).ToHashSet(StringComparer.Ordinal);
        if (!given.Contains("sslmode") && !IsThisMachine(_address.Host))
            _address.SslMode = SslMode.VerifyFull;
        if (!given.Contains("maximumpoolsize") && !given.Contains("maxpoolsize"))
            _address.MaxPoolSize = DefaultPool;
        if (!given.Contains("timeout"))
            _address.Timeout = ConnectSeconds;
    }

    internal override string Name => "Postgres";

    internal override string Place => $"the PostgreSQL database {_address.Database} on {_address.Host}";

    internal override string VersionTable => """
        create table if not exists schema_version (
            number integer primary key,
            name text not null,
            script_sha256 text not null,
            applied_at bigint not null
        );
        """;

    internal override IReadOnlyList<string> Touch =>
    [
        "select 1 from organization limit 1",
        $"select pg_advisory_xact_lock_shared({PostgresSession.LockClass}, 0); update schema_version set applied_at = applied_at where number = 1",
    ];

    /// <summary>Every table that belongs to organizations gets the policy once, so that no script can forget it.</summary>
    private const string RowSecurity = $"""
        do $$
        declare unprotected text;
        begin
            for unprotected in
                select pg_class.relname from pg_class
                join pg_attribute on attrelid = pg_class.oid and attname = 'organization_id' and not attisdropped
                where relnamespace = current_schema()::text::regnamespace and relkind in ('r', 'p')
                    and not exists (select 1 from pg_policy where polrelid = pg_class.oid and polname = 'own_organization')
            loop
                execute format('alter table %I enable row level security', unprotected);
                execute format('alter table %I force row level security', unprotected);
                execute format('create policy own_organization on %I using ('
                    'organization_id::text = current_setting(''{PostgresSession.Variable}'', true) or current_setting(''{PostgresSession.Variable}'', true) = ''{OrganizationScope.Every}'')', unprotected);
            end loop;
        end $$;
        """;

    internal override DbConnection Connect(int busySeconds = BusySeconds, bool mayCreate = true) => new NpgsqlConnection(Text(busySeconds));

    internal override void Configure(DbContextOptionsBuilder options) =>
        options.UseNpgsql(Text(BusySeconds)).AddInterceptors(Session);

    internal override async Task<DbTransaction> BeginExclusiveAsync(DbConnection connection, CancellationToken cancellation)
    {
        var transaction = await connection.BeginTransactionAsync(cancellation);
        await connection.ExecuteAsync(
            $"select pg_advisory_xact_lock({PostgresSession.LockClass}, 0), set_config('{PostgresSession.Variable}', '{OrganizationScope.Every}', true)", cancellation);
        return transaction;
    }

    internal override async Task<DbTransaction> BeginSnapshotAsync(DbConnection connection, CancellationToken cancellation)
    {
        var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        await connection.ExecuteAsync($"select set_config('{PostgresSession.Variable}', '{OrganizationScope.Every}', true)", cancellation);
        return transaction;
    }

    internal override Task<DatabaseShape> ReadShapeAsync(DbConnection connection, CancellationToken cancellation) => DatabaseShape.ReadAsync(
        connection,
        """
        select c.table_name::text, c.column_name::text, c.data_type::text from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
        where c.table_schema = current_schema() and t.table_type = 'BASE TABLE'
        """,
        """
        select a.relname::text, b.relname::text from pg_constraint c join pg_class a on a.oid = c.conrelid join pg_class b on b.oid = c.confrelid
        where c.contype = 'f' and c.connamespace = current_schema()::text::regnamespace
        """,
        cancellation);

    internal override Task FinishUpdateAsync(DbConnection connection, CancellationToken cancellation) => connection.ExecuteAsync(RowSecurity, cancellation);

    private string Text(int busySeconds)
    {
        var text = new NpgsqlConnectionStringBuilder(_address.ConnectionString) { CommandTimeout = CommandSeconds };
        text.Options = string.Create(CultureInfo.InvariantCulture, $"{text.Options} -c lock_timeout={busySeconds * 1000}").Trim();
        return text.ConnectionString;
    }

    /// <summary>A socket in the file system, or loopback: there is no network in between.</summary>
    private static bool IsThisMachine(string? host) =>
        host is null or "localhost" || host.StartsWith('/') || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
