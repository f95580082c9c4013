using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Nabij.Server.Storage;

/// <summary>
/// Opens units of work outside a web request: commands, background tasks, the sockets. Inside a request take the
/// scoped <see cref="ServerDatabase"/> instead. The caller disposes what it opened.
/// </summary>
internal sealed class DatabaseSource
{
    private readonly DbContextOptions<ServerDatabase> _options;

    public DatabaseSource(DataFolder folder)
    {
        Engine = DatabaseEngine.Of(folder);
        var options = new DbContextOptionsBuilder<ServerDatabase>();
        Engine.Configure(options);
        _options = options.Options;
    }

    internal DatabaseEngine Engine { get; }

    internal ServerDatabase Open(Guid organizationId)
    {
        var scope = new OrganizationScope();
        scope.Enter(organizationId);
        return Open(scope);
    }

    /// <summary>A unit of work that sees no organization's rows: for the list of organizations itself.</summary>
    internal ServerDatabase OpenUnscoped() => Open(new OrganizationScope());

    /// <summary>A unit of work for plain SQL, ExecuteUpdate and ExecuteDelete over the rows of all organizations.</summary>
    internal ServerDatabase OpenForEvery() => Open(OrganizationScope.OfEvery());

    internal ServerDatabase Open(OrganizationScope scope) => new(_options, scope);

    /// <summary>A closed connection without EF: for backups, checks and tests.</summary>
    internal DbConnection Connect() => Engine.Connect();
}
