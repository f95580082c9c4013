using System.Runtime.Versioning;
using System.Security.Cryptography;
using Nabij.HostCore.Files;
using Nabij.Protocol.Files;

namespace Nabij.HostCore.Tests.Files;

/// <summary>A customer's folder for downloads on the real disk, with things in it that must stay as they are.</summary>
[SupportedOSPlatform("linux")]
internal sealed class ArrivalFolder : IDisposable
{
    private readonly string home;
    private uint nextId = 1;

    public ArrivalFolder(string? under = null)
    {
        home = under ?? Directory.CreateTempSubdirectory("nabij-files-").FullName;
        Downloads = Directory.CreateDirectory(Path.Combine(home, "Downloads")).FullName;
        Outside = Path.Combine(home, "outside.txt");
        File.WriteAllText(Outside, "mine");
        Store = new ReceivedFiles(
            new ArrivalPlace(Downloads, "De Computerwinkel", new DateOnly(2026, 11, 22), "https://shop.example"), RandomNumberGenerator.Fill);
    }

    public string Downloads { get; }

    /// <summary>A file beside the downloads.</summary>
    public string Outside { get; }

    public ReceivedFiles Store { get; }

    public string Root => Store.Path!;

    public string[] Everything() =>
        [.. Directory.EnumerateFileSystemEntries(home, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(home, path)).Order(StringComparer.Ordinal)];

    public Offer Offer(long size, params string[] path)
    {
        var id = nextId;
        nextId += 2;
        return new Offer(id, 1, size, 1_700_000_000_000, [.. path]);
    }

    /// <summary>Receives one file whole; the name that it got.</summary>
    public string Receive(byte[] content, params string[] path)
    {
        var file = Store.Begin(Offer(content.Length, path));
        file.Write(content);
        return file.Finish(new FileHash(SHA256.HashData(content)));
    }

    public void Dispose()
    {
        Store.Dispose();
        Directory.Delete(home, recursive: true);
    }

    public static TransferReason ReasonOf(Action act) => Assert.Throws<TransferException>(act).Reason;
}
