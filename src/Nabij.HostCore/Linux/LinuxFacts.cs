using System.Globalization;
using System.Text;
using Nabij.HostCore.Facts;
using Nabij.Protocol.Facts;

namespace Nabij.HostCore.Linux;

/// <summary>
/// What Linux tells about the computer in /proc, /sys and /etc (proc(5), sysfs, os-release(5)): bounded reads of named files,
/// no program is started. What is not there is left out.
/// </summary>
/// <param name="root">The folder that stands for "/"; another one in tests.</param>
internal sealed class LinuxFacts(string root)
{
    private const int MostBytes = 65_536, MostEntries = 256;

    // File systems that stand on a drive of this computer.
    private static readonly HashSet<string> LocalKinds = new(StringComparer.Ordinal)
    {
        "ext2", "ext3", "ext4", "xfs", "btrfs", "f2fs", "jfs", "reiserfs", "nilfs2", "bcachefs", "zfs", "vfat", "exfat", "ntfs", "ntfs3", "fuseblk", "hfsplus", "udf",
    };

    public void AddTo(FactList list)
    {
        list.Add(FactKind.System, SystemName());
        list.Add(FactKind.Kernel, $"{Line("proc/sys/kernel/ostype")} {Line("proc/sys/kernel/osrelease")}");
        list.Add(FactKind.Processor, ProcessorName(), (ulong)Math.Clamp(Environment.ProcessorCount, 1, ushort.MaxValue));
        AddMemory(list);
        AddDisks(list);
        list.Add(FactKind.Language, Language());
        list.Add(FactKind.Desktop, Desktop());
        list.Add(FactKind.Network, "", (ulong)Network());
        AddBattery(list);
    }

    private string SystemName()
    {
        var values = Read("etc/os-release").Split('\n').Select(line => line.Split('=', 2)).Where(pair => pair.Length == 2)
            .DistinctBy(pair => pair[0]).ToDictionary(pair => pair[0], pair => pair[1].Trim('"', '\''));
        return values.TryGetValue("PRETTY_NAME", out var pretty) ? pretty : $"{values.GetValueOrDefault("NAME")} {values.GetValueOrDefault("VERSION_ID")}";
    }

    private string ProcessorName()
    {
        var about = Fields("proc/cpuinfo");
        foreach (var name in (string[])["model name", "Model", "Hardware", "cpu model", "uarch"])
            if (about.GetValueOrDefault(name) is { Length: > 0 } found) return found;
        var model = Read("proc/device-tree/model");
        return model.Length > 0 ? model : System.Runtime.InteropServices.RuntimeInformation.OSArchitecture.ToString();
    }

    private void AddMemory(FactList list)
    {
        var about = Fields("proc/meminfo");
        if (Kibibytes(about.GetValueOrDefault("MemTotal")) is not { } all) return;
        var free = Kibibytes(about.GetValueOrDefault("MemAvailable")) ?? Kibibytes(about.GetValueOrDefault("MemFree")) ?? 0;
        list.Add(FactKind.Memory, "", all, Math.Min(free, all));
    }

    // Only of local drives the free space is asked: another computer's may take forever to answer.
    private void AddDisks(FactList list)
    {
        HashSet<string> seen = [];
        foreach (var line in Read("proc/self/mounts").Split('\n'))
        {
            var fields = line.Split(' ');
            if (fields.Length < 3) continue;
            var (device, place) = (fields[0], Unescape(fields[1]));
            var isRoot = place == "/" && fields[2] is "overlay" or "rootfs";
            if (!isRoot && !LocalKinds.Contains(fields[2]) || device.StartsWith("/dev/loop", StringComparison.Ordinal) || !seen.Add(device)) continue;
            if (SizeOf(place) is var (size, free)) list.Add(FactKind.Disk, NameOf(place), size, free);
        }
    }

    private static (ulong Size, ulong Free)? SizeOf(string place)
    {
        try
        {
            var drive = new DriveInfo(place);
            return ((ulong)Math.Max(0, drive.TotalSize), (ulong)Math.Clamp(drive.AvailableFreeSpace, 0, Math.Max(0, drive.TotalSize)));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    // Where desktops put what is plugged in, the path holds the name of the user.
    private static string NameOf(string place) =>
        place.StartsWith("/media/", StringComparison.Ordinal) || place.StartsWith("/run/media/", StringComparison.Ordinal) ? Path.GetFileName(place) : place;

    // Mount tables write blanks and the like as three octal digits (fstab(5)).
    private static string Unescape(string field)
    {
        var text = new StringBuilder();
        for (var index = 0; index < field.Length; index++)
        {
            var isEscape = field[index] == '\\' && index + 3 < field.Length && field.AsSpan(index + 1, 3).IndexOfAnyExceptInRange('0', '7') < 0;
            text.Append(isEscape ? (char)(Convert.ToInt32(field.Substring(index + 1, 3), 8) & 0xFF) : field[index]);
            if (isEscape) index += 3;
        }
        return text.ToString();
    }

    private static string Language()
    {
        foreach (var name in (string[])["LC_ALL", "LC_MESSAGES", "LANG"])
            if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } value && value.Split('.', '@')[0] is not ("C" or "POSIX") and var tag)
                return tag.Replace('_', '-');
        return "";
    }

    private static string Desktop()
    {
        string?[] parts = [Environment.GetEnvironmentVariable("XDG_CURRENT_DESKTOP"), Environment.GetEnvironmentVariable("XDG_SESSION_TYPE")];
        return string.Join(", ", parts.Where(part => !string.IsNullOrWhiteSpace(part)));
    }

    // The kinds in the order in which a computer prefers them; a bridge or a tunnel counts where nothing else is.
    private NetworkKind Network()
    {
        var best = NetworkKind.None;
        foreach (var folder in Folders("sys/class/net"))
        {
            if (Path.GetFileName(folder) == "lo" || Line(folder, "operstate") is not ("up" or "unknown") || Line(folder, "carrier") == "0") continue;
            var kind = Directory.Exists(Path.Combine(folder, "wireless")) || Directory.Exists(Path.Combine(folder, "phy80211")) ? NetworkKind.Wireless
                : Read(folder, "uevent").Contains("DEVTYPE=wwan", StringComparison.Ordinal) ? NetworkKind.Mobile
                : Directory.Exists(Path.Combine(folder, "device")) ? NetworkKind.Cable
                : NetworkKind.Other;
            if (best == NetworkKind.None || kind < best) best = kind;
        }
        return best;
    }

    private void AddBattery(FactList list)
    {
        foreach (var folder in Folders("sys/class/power_supply"))
        {
            // A mouse has a battery as well.
            if (Line(folder, "type") != "Battery" || Line(folder, "scope") == "Device") continue;
            if (ulong.TryParse(Line(folder, "capacity"), CultureInfo.InvariantCulture, out var percent))
                list.Add(FactKind.Battery, "", Math.Min(percent, 100), Line(folder, "status") == "Discharging" ? 0UL : 1UL);
        }
    }

    private Dictionary<string, string> Fields(string path)
    {
        Dictionary<string, string> fields = new(StringComparer.Ordinal);
        foreach (var line in Read(path).Split('\n'))
            if (line.Split(':', 2) is [var name, var value]) fields.TryAdd(name.Trim(), value.Trim());
        return fields;
    }

    private static ulong? Kibibytes(string? text) =>
        text is not null && ulong.TryParse(text.Split(' ')[0], CultureInfo.InvariantCulture, out var count) ? count * 1024 : null;

    private IEnumerable<string> Folders(string path)
    {
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(Path.Combine(root, path)).Order(StringComparer.Ordinal).Take(MostEntries)];
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private string Line(params string[] path) => Read(path).Split('\n')[0].Trim();

    // Files of the kernel say no length: they are read to their end, and never further than this.
    private string Read(params string[] path)
    {
        try
        {
            using var file = new FileStream(Path.Combine([root, .. path]), FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            var bytes = new byte[MostBytes];
            return Encoding.UTF8.GetString(bytes, 0, file.ReadAtLeast(bytes, MostBytes, throwOnEndOfStream: false));
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return "";
        }
    }
}
