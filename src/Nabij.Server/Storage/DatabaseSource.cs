using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Nabij.Server.Storage;

/// <summary>
/// Opens units of work outside a web request: commands, background tasks, the sockets. Inside a request take the
/// scoped <see cref="ServerDatabase"/> instead. The caller disposes what it opened.
/// </summary>
internal sealed class DatabaseSource
{
    /// <summary>How long a statement waits for another process that writes.</summary>
    private const int BusySeconds = 5;

    private readonly DbContextOptions<ServerDatabase> _options;

    public DatabaseSource(DataFolder folder)
    {
        ConnectionString = new SqliteConnectionStringBuilder
        {
            DataSource = folder.DatabaseFile,
            Mode = SqliteOpenMode.ReadWriteCreate,
            ForeignKeys = true,
            DefaultTimeout = BusySeconds,
        }.ToString();
        _options = new DbContextOptionsBuilder<ServerDatabase>().UseSqlite(ConnectionString).Options;
    }

    internal string ConnectionString { get; }

    internal ServerDatabase Open(Guid organizationId)
    {
        var scope = new OrganizationScope();
        scope.Enter(organizationId);
        return Open(scope);
    }

    /// <summary>A unit of work that sees no organization's rows: for the list of organizations itself.</summary>
    internal ServerDatabase OpenUnscoped() => Open(new OrganizationScope());

    internal ServerDatabase Open(OrganizationScope scope) => new(_options, scope);
}
