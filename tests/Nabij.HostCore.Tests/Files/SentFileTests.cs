using System.Diagnostics;
using System.Runtime.Versioning;
using Nabij.HostCore.Files;
using Nabij.Protocol.Files;

namespace Nabij.HostCore.Tests.Files;

/// <summary>Only ordinary files that the customer picked are read, and a change while one is read is seen.</summary>
[SupportedOSPlatform("linux")]
public sealed class SentFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("nabij-sent-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Links_pipes_devices_and_folders_are_refused_without_waiting()
    {
        var secret = Write("secret", "s");
        File.CreateSymbolicLink(In("link"), secret);
        using (var process = Process.Start("mkfifo", In("pipe"))) process.WaitForExit();
        Directory.CreateDirectory(In("folder"));
        foreach (var path in new[] { In("link"), In("pipe"), In("folder"), In("none"), "/dev/zero", "/dev/null" })
            Assert.Equal(TransferReason.Unreadable, ArrivalFolder.ReasonOf(() => SentFile.Open(path)));
    }

    [Fact]
    public void A_name_that_the_other_side_would_refuse_is_told_here() =>
        Assert.Equal(TransferReason.NameRefused, ArrivalFolder.ReasonOf(() => SentFile.Open(Write("a:b", "x"))));

    [Fact]
    public void A_file_in_a_folder_goes_with_the_folders_name_and_links_on_the_way_are_refused()
    {
        Directory.CreateDirectory(In("picked/sub"));
        Write("picked/sub/a.txt", "abc");
        Directory.CreateSymbolicLink(In("picked/away"), In("picked/sub"));
        using var file = SentFile.Open(In("picked"), "sub", "a.txt");
        Assert.Equal(["picked", "sub", "a.txt"], file.Path);
        Assert.Equal(3, file.Size);
        Assert.Throws<TransferException>(() => SentFile.Open(In("picked"), "away", "a.txt"));
        Assert.Equal(TransferReason.NameRefused, ArrivalFolder.ReasonOf(() => SentFile.Open(In("picked"), "..", "a.txt")));
        Assert.Equal(TransferReason.NameRefused, ArrivalFolder.ReasonOf(() => SentFile.Open(In("picked"), "1", "2", "3", "4", "5", "6", "7", "8")));
    }

    [Fact]
    public void A_file_that_grows_shrinks_or_is_written_is_seen_as_changed()
    {
        var path = Write("a", "content");
        using var file = SentFile.Open(path);
        Assert.True(file.IsUnchanged);
        File.SetLastWriteTimeUtc(path, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.False(file.IsUnchanged);
        using var second = SentFile.Open(path);
        File.AppendAllText(path, "more");
        Assert.False(second.IsUnchanged);
    }

    private string In(string name) => Path.Combine(folder, name);

    private string Write(string name, string content)
    {
        File.WriteAllText(In(name), content);
        return In(name);
    }
}
