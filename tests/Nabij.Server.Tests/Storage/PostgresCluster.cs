using System.Diagnostics;
using System.Globalization;
using Nabij.Server.Storage;
using Npgsql;

namespace Nabij.Server.Tests.Storage;

/// <summary>
/// The PostgreSQL server of this test run: started when the first test asks for it, ended when the process ends. Each test
/// gets a database of its own, copied from one that has the schema or an organization already, owned by a role without privileges.
/// </summary>
internal sealed class PostgresCluster
{
    private const string Role = "nabij", Template = "with_schema";

    private static readonly Lazy<Task<PostgresCluster>> Started = new(StartAsync);

    /// <summary>Copying a template is for one at a time.</summary>
    private static readonly SemaphoreSlim One = new(1);

    private static int _count;

    private readonly string _folder;

    /// <summary>Kept: its standard input holds the server up.</summary>
    private readonly Process _server;

    private PostgresCluster(string folder, Process server)
    {
        _folder = folder;
        _server = server;
    }

    /// <summary>Makes a database and gives its address.</summary>
    internal static Task<string> CreateAsync(bool withSchema = true) => CreateFromAsync(withSchema ? Template : null);

    /// <summary>Copies the database of an address, to which nobody may be connected, and gives the address of the copy.</summary>
    internal static Task<string> CopyAsync(string address) => CreateFromAsync(new NpgsqlConnectionStringBuilder(address).Database);

    private static async Task<string> CreateFromAsync(string? template)
    {
        var cluster = await Started.Value;
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _count)}");
        await One.WaitAsync();
        try
        {
            await cluster.ExecuteAsync($"create database {name} owner {Role}{(template is null ? "" : $" template {template} strategy file_copy")}");
        }
        finally
        {
            One.Release();
        }

        return cluster.Address(name);
    }

    /// <summary>Takes a database away, whoever still has a connection to it.</summary>
    internal static async Task DropAsync(string address)
    {
        var cluster = await Started.Value;
        await cluster.ExecuteAsync($"drop database if exists {new NpgsqlConnectionStringBuilder(address).Database} with (force)");
    }

    private static async Task<PostgresCluster> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("nabij-postgres-").FullName;
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Storage", "postgres-for-tests.sh"), [folder])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start) ?? throw new InvalidOperationException("bash is missing.");
        var said = await process.StandardOutput.ReadLineAsync();
        Assert.True(said == "ready", said ?? await process.StandardError.ReadToEndAsync());

        var cluster = new PostgresCluster(folder, process);
        await cluster.ExecuteAsync($"create role {Role} login");
        await cluster.ExecuteAsync($"create database {Template} owner {Role}");
        await SchemaUpdate.ApplyAsync(new PostgresEngine(cluster.Address(Template)), TimeProvider.System, CancellationToken.None);
        NpgsqlConnection.ClearAllPools();
        return cluster;
    }

    private string Address(string database, string role = Role) => $"Host={_folder};Database={database};Username={role};Maximum Pool Size=20";

    private async Task ExecuteAsync(string sql)
    {
        Assert.False(_server.HasExited, "The PostgreSQL server of the tests has ended.");
        await using var connection = new NpgsqlConnection(Address("postgres", "postgres"));
        await connection.OpenAsync();
        await connection.ExecuteAsync(sql, CancellationToken.None);
    }
}
