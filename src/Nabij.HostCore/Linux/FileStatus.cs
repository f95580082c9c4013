using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Nabij.HostCore.Linux;

/// <summary>What the system says of an open file or of a name in a folder (statx(2)): enough to know it again and to see a change.</summary>
/// <param name="Device">Device that it lies on.</param>
/// <param name="Number">Its number there; with the device, the file itself whatever it is called.</param>
/// <param name="Kind">File, folder, link and so on, as in st_mode.</param>
/// <param name="Size">In bytes.</param>
/// <param name="ModifiedSeconds">Since 1970.</param>
/// <param name="ModifiedNanoseconds">Of that second.</param>
[SupportedOSPlatform("linux")]
internal readonly record struct FileStatus(ulong Device, ulong Number, ushort Kind, long Size, long ModifiedSeconds, uint ModifiedNanoseconds)
{
    public bool IsFolder => Kind == LibFiles.Folder;

    public bool IsOrdinary => Kind == LibFiles.OrdinaryFile;

    public long ModifiedMilliseconds => Math.Max(0, ModifiedSeconds * 1000 + ModifiedNanoseconds / 1_000_000);

    public bool IsSameFile(FileStatus other) => (Device, Number) == (other.Device, other.Number);

    /// <summary>Of a name in a folder, a link itself and not what it points to; null when there is none.</summary>
    public static FileStatus? Of(int folder, string name) => Read(folder, name, LibFiles.NoFollow);

    /// <summary>Of an open file or folder.</summary>
    public static FileStatus Of(int descriptor) =>
        Read(descriptor, "", LibFiles.EmptyPath) ?? throw FileTrouble.OfLastError("look at the open file");

    // struct statx of linux/stat.h, the same on every processor.
    private static unsafe FileStatus? Read(int folder, string name, int flags)
    {
        var bytes = stackalloc byte[LibFiles.StatusBytes];
        if (LibFiles.Status(folder, name, flags, LibFiles.BasicStatus, bytes) != 0) return null;
        var span = new ReadOnlySpan<byte>(bytes, LibFiles.StatusBytes);
        var device = (ulong)MemoryMarshal.Read<uint>(span[136..]) << 32 | MemoryMarshal.Read<uint>(span[140..]);
        return new FileStatus(
            device, MemoryMarshal.Read<ulong>(span[32..]), (ushort)(MemoryMarshal.Read<ushort>(span[28..]) & LibFiles.KindMask),
            MemoryMarshal.Read<long>(span[40..]), MemoryMarshal.Read<long>(span[112..]), MemoryMarshal.Read<uint>(span[120..]));
    }
}
