using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Nabij.HostCore.Linux;

/// <summary>The few calls of the C library that capture needs: shared memory, waiting, and a wake-up counter.</summary>
[SupportedOSPlatform("linux")]
internal static partial class LibC
{
    private const string Library = "libc";

    public const int PrivateKey = 0, CreateSegment = 0x200, OwnerOnly = 0x180, RemoveSegment = 0;
    public const int NonBlocking = 0x800, CloseOnExec = 0x80000;
    public const short Readable = 1;
    public const int Interrupted = 4;

    [StructLayout(LayoutKind.Sequential)]
    public struct PollEntry
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }

    [LibraryImport(Library, EntryPoint = "shmget", SetLastError = true)]
    public static partial int CreateSharedMemory(int key, nuint bytes, int flags);

    [LibraryImport(Library, EntryPoint = "shmat", SetLastError = true)]
    public static partial nint AttachSharedMemory(int id, nint address, int flags);

    [LibraryImport(Library, EntryPoint = "shmdt", SetLastError = true)]
    public static partial int DetachSharedMemory(nint address);

    [LibraryImport(Library, EntryPoint = "shmctl", SetLastError = true)]
    public static partial int ControlSharedMemory(int id, int command, nint buffer);

    [LibraryImport(Library, EntryPoint = "poll", SetLastError = true)]
    public static unsafe partial int Poll(PollEntry* entries, nuint count, int timeoutMilliseconds);

    [LibraryImport(Library, EntryPoint = "eventfd", SetLastError = true)]
    public static partial int EventCounter(uint initial, int flags);

    [LibraryImport(Library, EntryPoint = "read", SetLastError = true)]
    public static unsafe partial nint Read(int descriptor, void* buffer, nuint bytes);

    [LibraryImport(Library, EntryPoint = "write", SetLastError = true)]
    public static unsafe partial nint Write(int descriptor, void* buffer, nuint bytes);

    [LibraryImport(Library, EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);
}
