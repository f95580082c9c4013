using System.Runtime.Versioning;
using Nabij.HostCore.Files;

namespace Nabij.HostCore.Tests.Files;

/// <summary>What a crash leaves behind goes at the next start, and nothing else.</summary>
[SupportedOSPlatform("linux")]
public sealed class StalePartsTests : IDisposable
{
    private const string Ours = "De Winkel help 2026-11-20 00112233", Part = ".nabij-0123456789abcdef.part";

    private readonly string downloads = Directory.CreateTempSubdirectory("nabij-stale-").FullName;

    public void Dispose() => Directory.Delete(downloads, recursive: true);

    [Fact]
    public void Parts_of_the_past_go_with_the_folders_that_are_empty_then()
    {
        Write(Ours, Part);
        Write(Path.Combine(Ours, "holiday", "beach"), Part);
        Assert.Equal(2, StaleParts.Sweep(downloads));
        Assert.Empty(Directory.EnumerateFileSystemEntries(downloads));
    }

    [Fact]
    public void Whatever_is_not_called_as_ours_is_called_stays()
    {
        string[] kept =
        [
            Write(Ours, "report.pdf"), Write(Ours, ".nabij-0123.part"), Write(Ours, ".nabij-0123456789ABCDEF.part"),
            Write("De Winkel help 2026-11-20", Part), Write("my own folder", Part), Write("", Part),
        ];
        Directory.CreateSymbolicLink(Path.Combine(downloads, "Link help 2026-11-20 00112233"), Directory.CreateDirectory(Path.Combine(downloads, "target")).FullName);
        kept = [.. kept, Write("target", Part)];
        var removed = Write(Ours, Part);
        Assert.Equal(1, StaleParts.Sweep(downloads));
        Assert.All(kept, path => Assert.True(File.Exists(path), path));
        Assert.False(File.Exists(removed));
    }

    [Fact]
    public void A_part_that_a_running_program_writes_stays()
    {
        using var place = new ArrivalFolder();
        var file = place.Store.Begin(place.Offer(10, "a.txt"));
        file.Write([1, 2, 3]);
        Assert.Equal(0, StaleParts.Sweep(place.Downloads));
        Assert.Single(Directory.EnumerateFiles(place.Root));
        file.Discard();
    }

    private string Write(string folder, string name)
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(downloads, folder)).FullName, name);
        File.WriteAllText(path, "x");
        return path;
    }
}
