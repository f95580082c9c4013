using System.Globalization;
using Nabij.Server.Storage;

namespace Nabij.Server.SelfTest;

/// <summary>What the machine is to the server: its disk, its clock, and who else may read the data folder.</summary>
internal sealed class MachineChecks(DataFolder folder, TimeProvider clock)
{
    /// <summary>Below this a busy day may fill the disk; below the second, the next upgrade or backup will.</summary>
    private const long LittleBytes = 2L * 1024 * 1024 * 1024, TooLittleBytes = 200L * 1024 * 1024;

    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Where systemd's clock service says whether the clock agrees with the network's.</summary>
    private const string SyncFolder = "/run/systemd/timesync";

    internal IEnumerable<Finding> Find() => [Disk(), Folder(), Keys(), Clock()];

    private Finding Disk()
    {
        var free = new DriveInfo(folder.Path).AvailableFreeSpace;
        var shown = (free / (1024.0 * 1024 * 1024)).ToString("0.0", CultureInfo.InvariantCulture);
        return free switch
        {
            < TooLittleBytes => Finding.Bad("disk.full", shown),
            < LittleBytes => Finding.Notice("disk.little", shown),
            _ => Finding.Good("disk.good", shown),
        };
    }

    private Finding Folder()
    {
        if (OperatingSystem.IsWindows() || (File.GetUnixFileMode(folder.Path) & Others) == 0)
            return Finding.Good("folder.good");
        return Finding.Bad("folder.open", folder.Path);
    }

    private Finding Keys()
    {
        var open = OperatingSystem.IsWindows() ? null : Directory.EnumerateFiles(folder.KeysFolder, "*", SearchOption.AllDirectories)
            .Append(folder.DatabaseAddressFile).Where(File.Exists).FirstOrDefault(IsOpen);
        return open is null ? Finding.Good("keys.good") : Finding.Bad("keys.open", open);
    }

    /// <summary>The folders above are closed; a key that others could read is wrong all the same, as soon as it is copied.</summary>
    private bool IsOpen(string file) => !OperatingSystem.IsWindows() && !file.StartsWith(folder.KeyRingFolder, StringComparison.Ordinal) && (File.GetUnixFileMode(file) & Others) != 0;

    private Finding Clock()
    {
        var now = clock.GetUtcNow();
        // A clock before the day that this program was built stands wrong.
        if (now < new DateTimeOffset(File.GetLastWriteTimeUtc(typeof(MachineChecks).Assembly.Location), TimeSpan.Zero) - TimeSpan.FromDays(1))
            return Finding.Bad("clock.past", now.ToString("u", CultureInfo.InvariantCulture));
        return Directory.Exists(SyncFolder) && !File.Exists(Path.Combine(SyncFolder, "synchronized"))
            ? Finding.Notice("clock.alone")
            : Finding.Good("clock.good", now.ToString("u", CultureInfo.InvariantCulture));
    }
}
