using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Nabij.HostCore.Linux;

/// <summary>
/// The C library's calls that work below an open folder and never follow a link (openat(2) and its kin), and the numbers
/// that go with them. Names go as UTF-8.
/// </summary>
[SupportedOSPlatform("linux")]
internal static partial class LibFiles
{
    private const string Library = "libc";

    public const int CurrentFolder = -100;
    public const int ReadOnly = 0, ReadWrite = 2, Create = 0x40, MustBeNew = 0x80, NonBlocking = 0x800, CloseOnExec = 0x80000;
    public const uint DoNotReplace = 1;
    public const int LockAlone = 2, DoNotWait = 4, Unlock = 8;
    public const int RemoveFolder = 0x200, NoFollow = 0x100, EmptyPath = 0x1000;
    public const uint BasicStatus = 0x7FF;
    public const int StatusBytes = 256, SpaceBytes = 256;
    public const ushort KindMask = 0xF000, OrdinaryFile = 0x8000, Folder = 0x4000;

    public const int NotPermitted = 1, NotThere = 2, Interrupted = 4, AccessDenied = 13, Exists = 17, CrossDevice = 18, InvalidArgument = 22,
        TooLarge = 27, NoRoom = 28, ReadOnlySystem = 30, NotImplemented = 38, NotEmpty = 39, NotSupported = 95, OverQuota = 122;

    // O_DIRECTORY and O_NOFOLLOW differ between processors.
    public static int MustBeFolder => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x4000 : 0x10000;

    public static int DoNotFollow => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x8000 : 0x20000;

    [LibraryImport(Library, EntryPoint = "openat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int OpenAt(int folder, string name, int flags, uint mode);

    [LibraryImport(Library, EntryPoint = "mkdirat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int MakeFolderAt(int folder, string name, uint mode);

    [LibraryImport(Library, EntryPoint = "unlinkat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int RemoveAt(int folder, string name, int flags);

    [LibraryImport(Library, EntryPoint = "renameat2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int RenameAt(int folder, string name, int newFolder, string newName, uint flags);

    [LibraryImport(Library, EntryPoint = "linkat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int LinkAt(int folder, string name, int newFolder, string newName, int flags);

    [LibraryImport(Library, EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static unsafe partial int Status(int folder, string name, int flags, uint mask, byte* status);

    [LibraryImport(Library, EntryPoint = "fstatvfs", SetLastError = true)]
    public static unsafe partial int Space(int descriptor, byte* space);

    [LibraryImport(Library, EntryPoint = "pwrite", SetLastError = true)]
    public static unsafe partial nint WriteAt(int descriptor, byte* bytes, nuint count, long offset);

    [LibraryImport(Library, EntryPoint = "pread", SetLastError = true)]
    public static unsafe partial nint ReadAt(int descriptor, byte* bytes, nuint count, long offset);

    [LibraryImport(Library, EntryPoint = "ftruncate", SetLastError = true)]
    public static partial int Truncate(int descriptor, long length);

    [LibraryImport(Library, EntryPoint = "fsync", SetLastError = true)]
    public static partial int Flush(int descriptor);

    [LibraryImport(Library, EntryPoint = "flock", SetLastError = true)]
    public static partial int Lock(int descriptor, int operation);

    [LibraryImport(Library, EntryPoint = "fsetxattr", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static unsafe partial int SetAttribute(int descriptor, string name, byte* value, nuint length, int flags);
}
