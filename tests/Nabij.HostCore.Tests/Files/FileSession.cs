using System.Runtime.Versioning;
using System.Security.Cryptography;
using Nabij.HostCore.Files;
using Nabij.HostCore.Rendezvous;
using Nabij.HostCore.Tests.Session;
using Nabij.Protocol;
using Nabij.Protocol.Log;
using Nabij.Protocol.Session;

namespace Nabij.HostCore.Tests.Files;

/// <summary>A whole session in memory in which files go both ways, with real folders on either side.</summary>
[SupportedOSPlatform("linux")]
internal sealed class FileSession : IAsyncDisposable
{
    private readonly string home = Directory.CreateTempSubdirectory("nabij-session-files-").FullName;
    private ResumeSecrets? secrets;
    private int sources;

    private FileSession()
    {
        Downloads = Directory.CreateDirectory(Path.Combine(home, "Downloads")).FullName;
        Sources = Directory.CreateDirectory(Path.Combine(home, "sources")).FullName;
        File.WriteAllText(Path.Combine(home, "outside.txt"), "mine");
        Fixture = new SessionFixture(files: new ArrivalPlace(Downloads, "The Shop", new DateOnly(2026, 11, 22), "https://shop.example"));
    }

    public SessionFixture Fixture { get; }

    public TechnicianPeer Peer { get; private set; } = null!;

    public TechnicianFiles Technician { get; private set; } = null!;

    public string Downloads { get; }

    public string Sources { get; }

    public FilesNow Now => Fixture.Files.Now;

    /// <summary>The customer's log so far.</summary>
    public IReadOnlyList<LogEntry> Log => Fixture.Connection.Session.Log!.Entries;

    public string Outside => Path.Combine(home, "outside.txt");

    public static async Task<FileSession> StartAsync(Permissions granted = FileWays.Both)
    {
        var session = new FileSession();
        session.Peer = await session.Fixture.GrantedAsync(granted);
        session.Technician = new TechnicianFiles(session.Peer);
        return session;
    }

    /// <summary>A file of so many bytes that no two files share; its path.</summary>
    public string NewFile(long size, string? name = null)
    {
        var path = Path.Combine(Sources, name ?? $"file {++sources}.bin");
        var numbers = new SeededNumbers((ulong)size + (ulong)sources);
        var block = new byte[1024 * 1024];
        for (var i = 0; i + 8 <= block.Length; i += 8) BitConverter.TryWriteBytes(block.AsSpan(i), numbers.Next());
        using var file = File.Create(path);
        for (var at = 0L; at < size; at += block.Length)
        {
            BitConverter.TryWriteBytes(block, at);
            file.Write(block, 0, (int)Math.Min(block.Length, size - at));
        }
        return path;
    }

    /// <summary>The technician offers a file and the customer takes it; its id.</summary>
    public async Task<uint> GiveAsync(string path)
    {
        var id = Technician.Outgoing.Offer([SentFile.Open(path)])[0];
        await Technician.UntilAsync(() => Of(FileWay.ToHost, id) is not null, "the customer was asked");
        Fixture.Files.Accept([id]);
        return id;
    }

    public FileOnItsWay? Of(FileWay way, uint id) => Now.Files.FirstOrDefault(one => one.Way == way && one.Id == id);

    /// <summary>The line is cut, and the technician comes back over another one.</summary>
    public async Task CutAsync()
    {
        secrets ??= new ResumeSecrets(Peer.Session);
        Fixture.HostRoad.Abort();
        await Fixture.HearAsync<CustomerEvent.ConnectionAway>();
        await Fixture.NewsAsync(TimeSpan.FromSeconds(1));
        Peer = await Fixture.NextSocketAsync();
        await Peer.ComeBackAsync(secrets);
        await Fixture.HearAsync<CustomerEvent.ConnectionBack>();
        Technician.Move(Peer);
    }

    /// <summary>All files below the downloads, as paths from there.</summary>
    public string[] Arrived() =>
        [.. Directory.EnumerateFiles(Downloads, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Downloads, path)).Order(StringComparer.Ordinal)];

    public string PathOf(FileOnItsWay file) => Path.Combine([Now.Folder!, .. file.Path[..^1], file.Name!]);

    public static byte[] HashOf(string path)
    {
        using var file = File.OpenRead(path);
        return SHA256.HashData(file);
    }

    public async ValueTask DisposeAsync()
    {
        await Fixture.DisposeAsync();
        Technician.Dispose();
        Directory.Delete(home, recursive: true);
    }
}
