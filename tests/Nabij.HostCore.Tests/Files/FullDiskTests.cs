using System.Diagnostics;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using Nabij.Protocol.Files;

namespace Nabij.HostCore.Tests.Files;

/// <summary>A small disk of its own in memory, run full and made read-only. Needs the right to mount, else it says that it was skipped.</summary>
[SupportedOSPlatform("linux")]
public sealed class FullDiskTests : IDisposable
{
    private const int DiskBytes = 80 * 1024 * 1024;

    private readonly string mount = Directory.CreateTempSubdirectory("nabij-disk-").FullName;
    private readonly bool isMounted;

    public FullDiskTests() => isMounted = Run("mount", "-t", "tmpfs", "-o", $"size={DiskBytes}", "tmpfs", mount);

    public void Dispose()
    {
        if (isMounted) Run("umount", mount);
        Directory.Delete(mount);
    }

    [Fact]
    public void A_disk_that_runs_full_ends_the_file_and_leaves_nothing_of_it()
    {
        if (!isMounted) Assert.Skip("This user may not mount a disk in memory.");
        using var place = new ArrivalFolder(Directory.CreateDirectory(Path.Combine(mount, "home")).FullName);
        Assert.Equal(TransferReason.DiskFull, ArrivalFolder.ReasonOf(() => place.Store.Begin(place.Offer(DiskBytes / 2, "large"))));
        var file = place.Store.Begin(place.Offer(8 * 1024 * 1024, "fits"));
        var content = RandomNumberGenerator.GetBytes(1024 * 1024);
        file.Write(content);
        var other = Path.Combine(mount, "other");
        FillDisk(other);
        Assert.Equal(TransferReason.DiskFull, ArrivalFolder.ReasonOf(() => { for (var i = 0; i < 7; i++) file.Write(content); }));
        file.Discard();
        Assert.Empty(Directory.GetFileSystemEntries(place.Root));
        File.Delete(other);
        Assert.Equal("fits", place.Receive(content, "fits"));
    }

    [Fact]
    public void A_disk_that_becomes_read_only_ends_the_file_with_a_reason()
    {
        if (!isMounted) Assert.Skip("This user may not mount a disk in memory.");
        using var place = new ArrivalFolder(Directory.CreateDirectory(Path.Combine(mount, "home")).FullName);
        place.Receive([1], "whole");
        Assert.True(Run("mount", "-o", "remount,ro", mount));
        Assert.Equal(TransferReason.Unwritable, ArrivalFolder.ReasonOf(() => place.Store.Begin(place.Offer(1, "late"))));
        Assert.Equal(TransferReason.Unwritable, ArrivalFolder.ReasonOf(() => place.Store.Begin(place.Offer(1, "folder", "late"))));
        Assert.True(Run("mount", "-o", "remount,rw", mount));
        Assert.Equal(["whole"], Directory.GetFileSystemEntries(place.Root).Select(path => Path.GetFileName(path)));
    }

    private static void FillDisk(string path)
    {
        using var file = File.Create(path);
        var block = new byte[1024 * 1024];
        try
        {
            while (true)
            {
                file.Write(block);
                file.Flush();
                if (block.Length > 4096 && new DriveInfo(path).AvailableFreeSpace < block.Length) block = new byte[4096];
            }
        }
        catch (IOException)
        {
            // It is full now.
        }
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false });
        process!.WaitForExit();
        return process.ExitCode == 0;
    }
}
