using System.Data.Common;
using Microsoft.Data.Sqlite;
using Nabij.Server.Storage;

namespace Nabij.Server.Tests.Storage;

/// <summary>An empty database of the named kind in a folder of its own, for tests of the schema itself, which always run on both.</summary>
internal sealed class FreshDatabase : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;

    private FreshDatabase(DirectoryInfo folder)
    {
        _folder = folder;
        Source = new DatabaseSource(Folder);
    }

    internal DataFolder Folder => new(_folder.FullName);

    internal DatabaseSource Source { get; }

    internal DatabaseEngine Engine => Source.Engine;

    internal static async Task<FreshDatabase> CreateAsync(string kind)
    {
        var folder = Directory.CreateTempSubdirectory("nabij-schema-");
        if (kind == "Postgres")
        {
            new DataFolder(folder.FullName).Open();
            DatabaseAddress.Keep(new DataFolder(folder.FullName), await PostgresCluster.CreateAsync(withSchema: false));
        }

        return new FreshDatabase(folder);
    }

    internal Task UpdateAsync(params IReadOnlyList<SchemaScript> scripts) =>
        SchemaUpdate.ApplyAsync(Engine, scripts, TimeProvider.System, TestContext.Current.CancellationToken);

    internal Task UpdateAsync() => SchemaUpdate.ApplyAsync(Engine, TimeProvider.System, TestContext.Current.CancellationToken);

    internal Task<long> CountAsync(string sql) => TestDatabase.CountAsync(Source, sql);

    internal async Task<List<string>> ReadAsync(string sql)
    {
        await using DbConnection connection = Source.Connect();
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var transaction = await Engine.BeginExclusiveAsync(connection, TestContext.Current.CancellationToken);
        return await TestDatabase.ColumnAsync(connection, sql);
    }

    public async ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        await TestDatabase.DropAsync(_folder.FullName);
        _folder.Delete(recursive: true);
    }
}
