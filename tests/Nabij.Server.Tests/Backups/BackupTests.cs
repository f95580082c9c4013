using System.IO.Compression;
using System.Runtime.Versioning;
using Microsoft.EntityFrameworkCore;
using Nabij.Server.Accounts;
using Nabij.Server.Audit;
using Nabij.Server.Commands;
using Nabij.Server.Storage;
using Nabij.Server.Terms;
using Nabij.Server.Tests.Storage;

namespace Nabij.Server.Tests.Backups;

[UnsupportedOSPlatform("windows")]
public sealed class BackupTests : IDisposable
{
    private readonly DirectoryInfo _elsewhere = Directory.CreateTempSubdirectory("nabij-backup-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string BackupFile => Path.Combine(_elsewhere.FullName, "one.backup");

    private string Restored => Path.Combine(_elsewhere.FullName, "restored");

    public void Dispose() => _elsewhere.Delete(recursive: true);

    /// <summary>Also from one kind of database into the other, which is how a server moves.</summary>
    [Theory]
    [InlineData("Sqlite")]
    [InlineData("Postgres")]
    public async Task A_restored_server_has_everything_and_people_sign_in_anew(string target)
    {
        await using var server = await RunningServer.StartAsync();
        using var before = server.Visit();
        (await before.SignInAsync()).Dispose();
        await File.WriteAllTextAsync(Path.Combine(server.Folder, "downloads", "note.txt"), "a file", Cancel);

        var made = await RunAsync("backup", BackupFile, "--data", server.Folder);
        var restored = await RestoreAsync(target);

        Assert.True(made.Code == ExitCode.Done, made.Error);
        Assert.True(restored.Code == ExitCode.Done, restored.Error);
        Assert.Contains("WARNING: the organization's keys are in it", made.Out, StringComparison.Ordinal);
        Assert.Contains("the audit log is whole", restored.Out, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(BackupFile));
        await using var again = await RunningServer.StartAsync(new ServerChoices { Folder = new DirectoryInfo(Restored) });
        Assert.Equal(target == "Postgres", again.Services.GetRequiredService<DatabaseSource>().Engine is PostgresEngine);
        await AssertSameAsync(server, again);
        using var after = again.Visit();
        using var answer = await after.SignInAsync();
        Assert.Equal("/desk", answer.Headers.Location?.ToString());
        await again.DisposeAsync();
        await TestDatabase.DropAsync(Restored);
    }

    [Fact]
    public async Task A_restore_never_overwrites_and_a_backup_neither()
    {
        await using var server = await RunningServer.StartAsync();
        await RunAsync("backup", BackupFile, "--data", server.Folder);
        var content = await File.ReadAllBytesAsync(BackupFile, Cancel);

        var over = await RunAsync("restore", BackupFile, "--data", server.Folder);
        var again = await RunAsync("backup", BackupFile, "--data", server.Folder);
        var inside = await RunAsync("backup", Path.Combine(server.Folder, "b"), "--data", server.Folder);

        Assert.Equal((ExitCode.Usage, ExitCode.Usage, ExitCode.Usage), (over.Code, again.Code, inside.Code));
        Assert.Contains("not empty", over.Error, StringComparison.Ordinal);
        Assert.Equal(content, await File.ReadAllBytesAsync(BackupFile, Cancel));
    }

    [Fact]
    public async Task A_database_with_tables_is_never_restored_over()
    {
        await using var server = await RunningServer.StartAsync();
        await RunAsync("backup", BackupFile, "--data", server.Folder);
        await using var taken = await FreshDatabase.CreateAsync("Postgres");
        await taken.UpdateAsync();

        var (code, _, error) = await RunAsync("restore", BackupFile, "--data", Restored, "--database", DatabaseAddress.Find(taken.Folder) ?? "");

        Assert.Equal(ExitCode.Environment, code);
        Assert.Contains("There are tables already", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Restored));
    }

    [Fact]
    public async Task Without_keys_it_holds_none_and_says_so()
    {
        await using var server = await RunningServer.StartAsync();

        var made = await RunAsync("backup", BackupFile, "--data", server.Folder, "--without-keys");
        await using var archive = await ZipFile.OpenReadAsync(BackupFile, Cancel);
        var restored = await RestoreAsync("Sqlite");

        Assert.Contains("NOT in it", made.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(archive.Entries, entry => entry.FullName.Contains("keys/", StringComparison.Ordinal));
        Assert.Contains("The keys are not in this backup", restored.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_key_ring_is_in_a_backup_only_on_request_and_a_restore_says_what_is_missing()
    {
        await using var server = await RunningServer.StartAsync();
        using (var visitor = server.Visit())
            (await visitor.SignInAsync()).Dispose();
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(server.Folder, "keys", "ring")));

        var made = await RunAsync("backup", BackupFile, "--data", server.Folder);
        await using (var archive = await ZipFile.OpenReadAsync(BackupFile, Cancel))
        {
            Assert.DoesNotContain(archive.Entries, entry => entry.FullName.Contains("keys/ring", StringComparison.Ordinal));
            Assert.Contains(archive.Entries, entry => entry.FullName.Contains("keys/organization-", StringComparison.Ordinal));
        }

        var restored = await RestoreAsync("Sqlite");
        var all = $"{BackupFile}.all";
        var whole = await RunAsync("backup", all, "--data", server.Folder, "--with-key-ring");
        await using (var archive = await ZipFile.OpenReadAsync(all, Cancel))
            Assert.Contains(archive.Entries, entry => entry.FullName.Contains("keys/ring/key-", StringComparison.Ordinal));

        Assert.Contains("is NOT in it, on purpose", made.Out, StringComparison.Ordinal);
        Assert.Contains("The key ring is not in this backup", restored.Out, StringComparison.Ordinal);
        Assert.Contains("the key ring is in it as well", whole.Out, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, (await RunAsync("backup", $"{all}2", "--data", server.Folder, "--with-key-ring", "--without-keys")).Code);
    }

    [Theory]
    [InlineData("database")]
    [InlineData("nabij.db")]
    [InlineData("server.lock")]
    public async Task Nothing_of_this_machine_alone_is_in_it(string name)
    {
        await using var server = await RunningServer.StartAsync();
        await RunAsync("backup", BackupFile, "--data", server.Folder);

        await using var archive = await ZipFile.OpenReadAsync(BackupFile, Cancel);

        Assert.DoesNotContain(archive.Entries, entry => entry.FullName.StartsWith($"files/{name}", StringComparison.Ordinal));
    }

    /// <summary>Every part is compared with its hash: whichever is changed, the restore refuses and leaves nothing.</summary>
    [Fact]
    public async Task A_damaged_or_cut_off_backup_restores_nothing()
    {
        await using var server = await RunningServer.StartAsync();
        await RunAsync("backup", BackupFile, "--data", server.Folder);
        var whole = await File.ReadAllBytesAsync(BackupFile, Cancel);
        var damaged = Path.Combine(_elsewhere.FullName, "damaged.backup");
        var parts = Damaged(whole).ToList();
        Assert.True(parts.Count > 5);

        foreach (var bytes in parts.Where((_, i) => i % 3 == 0).Append([]).Append(whole[..(whole.Length / 2)]).Append(whole[..^10]).Append("not a backup"u8.ToArray()))
        {
            await File.WriteAllBytesAsync(damaged, bytes, Cancel);
            var (code, _, error) = await RunAsync("restore", damaged, "--data", Restored);
            Assert.Equal(ExitCode.Environment, code);
            Assert.Contains("cannot be restored", error, StringComparison.Ordinal);
            Assert.False(Directory.Exists(Restored));
        }
    }

    [Fact]
    public async Task A_path_that_leads_out_of_the_folder_is_refused()
    {
        await using var server = await RunningServer.StartAsync();
        await RunAsync("backup", BackupFile, "--data", server.Folder);
        await using (var archive = await ZipFile.OpenAsync(BackupFile, ZipArchiveMode.Update, Cancel))
        {
            var entry = archive.GetEntry("backup.json") ?? throw new InvalidOperationException();
            string text;
            using (var reader = new StreamReader(await entry.OpenAsync(Cancel)))
                text = await reader.ReadToEndAsync(Cancel);
            entry.Delete();
            var empty = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData([]));
            await using (var writer = new StreamWriter(await archive.CreateEntry("backup.json").OpenAsync(Cancel)))
                await writer.WriteAsync(text.Replace("\"files\": [", $"\"files\": [{{\"path\": \"../out.txt\", \"sha256\": \"{empty}\"}},", StringComparison.Ordinal));
            archive.CreateEntry("files/../out.txt");
        }

        var (code, _, error) = await RunAsync("restore", BackupFile, "--data", Restored);

        Assert.Equal(ExitCode.Environment, code);
        Assert.Contains("no place in a data folder", error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_elsewhere.FullName, "out.txt")));
    }

    [Fact]
    public async Task A_backup_is_told_in_the_audit_log()
    {
        await using var server = await RunningServer.StartAsync();

        await RunAsync("backup", BackupFile, "--data", server.Folder);

        await using var database = await server.OpenDatabaseAsync();
        Assert.Equal("with keys", (await database.Set<AuditEvent>().SingleAsync(row => row.Action == "backup.made", Cancel)).Details);
        Assert.Null((await server.Services.GetRequiredService<AuditVerification>().VerifyAsync(database.CurrentOrganizationId, Cancel)).Problem);
    }

    private async Task<(int Code, string Out, string Error)> RestoreAsync(string target) => target == "Sqlite"
        ? await RunAsync("restore", BackupFile, "--data", Restored)
        : await RunAsync("restore", BackupFile, "--data", Restored, "--database", await PostgresCluster.CreateAsync(withSchema: false));

    /// <summary>All rows of all accounts, texts and organizations, and the files, are as they were; no sign-in came along.</summary>
    private static async Task AssertSameAsync(RunningServer server, RunningServer again)
    {
        await using var old = await server.OpenDatabaseAsync();
        await using var now = await again.OpenDatabaseAsync();
        Assert.Equal(
            await old.Set<Account>().AsNoTracking().Select(row => new { row.Id, row.Email, row.PasswordHash, row.CreatedAt, row.TwoFactorEnabled }).ToListAsync(Cancel),
            await now.Set<Account>().AsNoTracking().Select(row => new { row.Id, row.Email, row.PasswordHash, row.CreatedAt, row.TwoFactorEnabled }).ToListAsync(Cancel));
        Assert.Equal(
            (await old.Set<TermsText>().AsNoTracking().ToListAsync(Cancel)).Select(row => (row.Language, row.Kind, row.Sha256, Convert.ToHexString(row.Content))).Order(),
            (await now.Set<TermsText>().AsNoTracking().ToListAsync(Cancel)).Select(row => (row.Language, row.Kind, row.Sha256, Convert.ToHexString(row.Content))).Order());
        Assert.Equal(0, await now.Set<SignIn>().CountAsync(Cancel));
        Assert.Equal("a file", await File.ReadAllTextAsync(Path.Combine(again.Folder, "downloads", "note.txt"), Cancel));
        Assert.Equal(
            Directory.GetFiles(Path.Combine(server.Folder, "keys"), "organization-*.pem").Select(File.ReadAllText),
            Directory.GetFiles(Path.Combine(again.Folder, "keys"), "organization-*.pem").Select(File.ReadAllText));
    }

    /// <summary>The file once for each of its parts, with one bit of that part's content changed (local headers of APPNOTE 4.3.7).</summary>
    private static IEnumerable<byte[]> Damaged(byte[] whole)
    {
        const int SizeAt = 18, NameLengthAt = 26, ExtraLengthAt = 28, HeaderBytes = 30;
        for (var at = 0; whole.AsSpan(at).IndexOf("PK\x03\x04"u8) is var found and >= 0; at++)
        {
            at += found;
            var size = BitConverter.ToUInt32(whole, at + SizeAt);
            var content = at + HeaderBytes + BitConverter.ToUInt16(whole, at + NameLengthAt) + BitConverter.ToUInt16(whole, at + ExtraLengthAt);
            if (size is 0 or uint.MaxValue || content + size > whole.Length)
                continue;
            var bytes = whole.ToArray();
            bytes[content + (size / 2)] ^= 0x40;
            yield return bytes;
        }
    }

    private static async Task<(int Code, string Out, string Error)> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(args, new Terminal(output, error), Cancel);
        return (code, output.ToString(), error.ToString());
    }
}
