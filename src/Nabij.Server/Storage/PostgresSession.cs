// Tells PostgreSQL whose rows each statement may see, and keeps writers of one organization apart.
//
// Seeing: the policies of PostgresEngine compare organization_id with a variable of the connection. It is set before the
// first statement of a connection and whenever the unit of work wants another value; a query that is marked with
// OfEveryOrganization sees all.
// Writing: transactions and single statements that write take an advisory lock of their organization first, so that what
// was read inside a transaction is still so when it writes, exactly as under SQLite's one write lock. Work across
// organizations takes the lock of all of them.

using System.Data.Common;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Nabij.Server.Storage;

internal sealed class PostgresSession : DbCommandInterceptor, IDbConnectionInterceptor, IDbTransactionInterceptor
{
    internal const string Variable = "nabij.organization";

    /// <summary>First half of our advisory locks: "nabi".</summary>
    internal const int LockClass = 0x6e616269;

    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        Prepare(command, eventData);
        return result;
    }

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        await PrepareAsync(command, eventData, cancellationToken);
        return result;
    }

    public override InterceptionResult<object> ScalarExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<object> result)
    {
        Prepare(command, eventData);
        return result;
    }

    public override async ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default)
    {
        await PrepareAsync(command, eventData, cancellationToken);
        return result;
    }

    public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
    {
        Prepare(command, eventData);
        Lock(command, eventData);
        return result;
    }

    public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        await PrepareAsync(command, eventData, cancellationToken);
        Lock(command, eventData);
        return result;
    }

    public void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Forget(eventData.Context);

    public Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Forget(eventData.Context);
        return Task.CompletedTask;
    }

    public DbTransaction TransactionStarted(DbConnection connection, TransactionEndEventData eventData, DbTransaction result)
    {
        using var command = Begin(connection, eventData.Context, result);
        command?.ExecuteNonQuery();
        return result;
    }

    public async ValueTask<DbTransaction> TransactionStartedAsync(
        DbConnection connection, TransactionEndEventData eventData, DbTransaction result, CancellationToken cancellationToken = default)
    {
        await using var command = Begin(connection, eventData.Context, result);
        if (command is not null)
            await command.ExecuteNonQueryAsync(cancellationToken);
        return result;
    }

    private static void Prepare(DbCommand command, CommandEventData eventData)
    {
        using var setting = Setting(command, eventData);
        setting?.ExecuteNonQuery();
    }

    private static async ValueTask PrepareAsync(DbCommand command, CommandEventData eventData, CancellationToken cancellation)
    {
        await using var setting = Setting(command, eventData);
        if (setting is not null)
            await setting.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>The statement that sets the variable, or null when it stands right already. What a rollback takes back is set anew.</summary>
    private static DbCommand? Setting(DbCommand command, CommandEventData eventData)
    {
        foreach (DbParameter parameter in command.Parameters)
        {
            if (parameter.Value is string text)
                parameter.Value = Storable(text);
        }

        if (eventData.Context is not ServerDatabase database)
            return null;
        var wanted = command.CommandText.StartsWith(EveryOrganization.Comment, StringComparison.Ordinal) ? OrganizationScope.Every : database.Scope.Name;
        if (database.Told == (wanted, command.Transaction))
            return null;
        database.Told = (wanted, command.Transaction);
        return Statement(command.Connection, command.Transaction, $"select set_config('{Variable}', '{wanted}', false)");
    }

    private static void Lock(DbCommand command, CommandEventData eventData)
    {
        // All statements of one command are one transaction, and each sees what was committed before it began.
        if (command.Transaction is null && eventData.Context is ServerDatabase database)
            command.CommandText = $"select {LockOf(database.Scope)};\n{command.CommandText}";
    }

    private static DbCommand? Begin(DbConnection connection, DbContext? context, DbTransaction transaction)
    {
        if (context is not ServerDatabase database)
            return null;
        database.Told = (database.Scope.Name, transaction);
        return Statement(connection, transaction, $"select {LockOf(database.Scope)}, set_config('{Variable}', '{database.Scope.Name}', false)");
    }

    private static void Forget(DbContext? context)
    {
        if (context is ServerDatabase database)
            database.Told = null;
    }

    /// <summary>Two organizations whose ids fall on the same number wait for each other without need, which is rare and harmless.</summary>
    private static string LockOf(OrganizationScope scope) => scope.OrganizationId == Guid.Empty
        ? string.Create(CultureInfo.InvariantCulture, $"pg_advisory_xact_lock({LockClass}, 0)")
        : string.Create(CultureInfo.InvariantCulture,
            $"pg_advisory_xact_lock_shared({LockClass}, 0), pg_advisory_xact_lock({LockClass}, {BitConverter.ToInt32(scope.OrganizationId.ToByteArray()) | 1})");

    private static DbCommand? Statement(DbConnection? connection, DbTransaction? transaction, string sql)
    {
        var command = connection?.CreateCommand();
        if (command is null)
            return null;
        command.CommandText = sql;
        command.Transaction = transaction;
        return command;
    }

    /// <summary>PostgreSQL keeps no zero character and no half of a surrogate pair; SQLite would.</summary>
    private static string Storable(string text) =>
        text.AsSpan().IndexOf('\0') < 0 && text.AsSpan().IndexOfAnyInRange('\ud800', '\udfff') < 0
            ? text
            : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', '\ufffd');
}
