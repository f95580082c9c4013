using Microsoft.EntityFrameworkCore;
using Nabij.Server.Accounts;
using Nabij.Server.Audit;
using Nabij.Server.Organizations;
using Nabij.Server.Rendezvous;
using Nabij.Server.Storage;
using Nabij.Server.Terms;

namespace Nabij.Server.Tests.Storage;

/// <summary>
/// Data folders of earlier states, checked in as SQL with content in every table, are brought up to date with all of it.
/// A released state gets a fixture of its own, beside those that are there.
/// </summary>
public sealed class UpgradeTests
{
    private const int Before = 8;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Sqlite")]
    [InlineData("Postgres")]
    public async Task A_data_folder_of_the_state_before_keeps_every_value_of_every_row(string kind)
    {
        await using var database = await LoadAsync(kind);
        var columns = await ColumnsAsync(database);
        var before = await RowsAsync(database, columns);

        await database.UpdateAsync();

        Assert.True(SchemaScript.Of(kind).Max(script => script.Number) >= Before);
        Assert.Equal(18, before.Count);
        Assert.All(before, table => Assert.NotEmpty(table.Value));
        var after = await RowsAsync(database, columns);
        // The upgrade may add rows and columns; whatever stood in a column of before stands there still.
        foreach (var (table, rows) in before)
        {
            foreach (var row in rows)
                Assert.True(after[table].Remove(row), $"{table} lost or changed: {row}");
        }
    }

    [Theory]
    [InlineData("Sqlite")]
    [InlineData("Postgres")]
    public async Task What_the_rows_say_is_the_same_after_the_upgrade(string kind)
    {
        await using var fresh = await LoadAsync(kind);
        await fresh.UpdateAsync();
        var organizations = await new OrganizationDirectory(fresh.Source).AllAsync(Cancel);

        Assert.Equal(["before", "second"], organizations.Select(one => one.Slug).Order(StringComparer.Ordinal));
        foreach (var organization in organizations)
        {
            await using var rows = fresh.Source.Open(organization.Id);
            var report = await AuditVerification.WalkAsync(rows, new AuditTrust(organizationKey: null), (1, null, TimeProvider.System.GetUtcNow()), Cancel);
            Assert.True(report.Problem is null && report.Count > 0, report.Problem);
        }

        var shop = organizations.Single(one => one.Slug == "before");
        await using var database = fresh.Source.Open(shop.Id);
        var anna = await database.Set<Account>().SingleAsync(row => row.Email == "anna@example.test", Cancel);
        Assert.Equal(("Anna \"de\" Vries, ïé", "secret", 7L, true, "1 09:00-17:30"), (anna.DisplayName, anna.TotpSecret, anna.TotpLastStep, anna.TwoFactorEnabled, anna.OwnHours));
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1790000000001), anna.DisabledAt);
        var session = await database.Set<SupportSession>().SingleAsync(row => row.EndReason == "customer", Cancel);
        Assert.Equal(("Mevr. O'Brien <b>", 123456789012L), (session.CustomerName, session.BytesFromHost));
        Assert.Equal(256, (await database.Set<TechnicianKey>().SingleAsync(Cancel)).Certificate?.Length);
        Assert.Equal(4, await database.Set<TermsText>().CountAsync(row => row.Version == "1", Cancel));
        Assert.Equal("abuse@example.nl", shop.AbuseContact);
    }

    [Theory]
    [InlineData("Sqlite")]
    [InlineData("Postgres")]
    public async Task A_person_of_the_state_before_signs_in_with_the_same_password(string kind)
    {
        await using var database = await LoadAsync(kind);
        await database.UpdateAsync();
        await using var server = await RunningServer.StartAsync(new ServerChoices { Folder = new DirectoryInfo(database.Folder.Path) });
        using var visitor = server.Visit();

        using var answer = await visitor.SignInAsync();

        Assert.Equal("/desk", answer.Headers.Location?.ToString());
    }

    private static async Task<FreshDatabase> LoadAsync(string kind)
    {
        var database = await FreshDatabase.CreateAsync(kind);
        database.Folder.Open();
        var sql = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Storage", "Fixtures", $"schema-0008.{kind.ToLowerInvariant()}.sql"), Cancel);
        await using var connection = database.Source.Connect();
        await connection.OpenAsync(Cancel);
        await connection.ExecuteAsync(sql, Cancel);
        return database;
    }

    /// <summary>The columns of each table with what they hold, but for the list of scripts itself.</summary>
    private static async Task<Dictionary<string, List<string>>> ColumnsAsync(FreshDatabase database)
    {
        await using var connection = database.Source.Connect();
        await connection.OpenAsync(Cancel);
        return (await database.Engine.ReadShapeAsync(connection, Cancel)).Tables.Where(table => table.Key != SchemaUpdate.Table)
            .ToDictionary(table => table.Key, table => table.Value.Keys.Order(StringComparer.Ordinal).ToList(), StringComparer.Ordinal);
    }

    /// <summary>Every row, as its values in these columns.</summary>
    private static async Task<Dictionary<string, List<string>>> RowsAsync(FreshDatabase database, Dictionary<string, List<string>> columns)
    {
        await using var connection = database.Source.Connect();
        await connection.OpenAsync(Cancel);
        await using var transaction = await database.Engine.BeginSnapshotAsync(connection, Cancel);
        var rows = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var (table, names) in columns)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"select {string.Join(", ", names.Select(name => $"\"{name}\""))} from {table}";
            await using var reader = await command.ExecuteReaderAsync(Cancel);
            rows[table] = [];
            while (await reader.ReadAsync(Cancel))
                rows[table].Add(string.Join(" | ", Enumerable.Range(0, names.Count).Select(i => $"{names[i]}={Text(reader.GetValue(i))}")));
        }

        return rows;
    }

    private static string? Text(object value) => value switch
    {
        DBNull => "null",
        byte[] bytes => Convert.ToHexString(bytes),
        _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture),
    };
}
