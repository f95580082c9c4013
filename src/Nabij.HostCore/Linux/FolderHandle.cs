using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;
using Nabij.HostCore.Files;
using Nabij.Protocol.Files;

namespace Nabij.HostCore.Linux;

/// <summary>
/// An open folder. Everything is done relative to it, one component at a time and without following links, so nothing
/// that is swapped in elsewhere leads out of it. Names must have passed <see cref="FileName"/> or be our own. Owns the
/// handle; one thread at a time.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class FolderHandle : IDisposable
{
    private const uint FolderMode = 0x1C0, FileMode = 0x1A4; // 0700, 0644: never executable

    private readonly SafeFileHandle handle;

    private FolderHandle(int descriptor)
    {
        handle = new SafeFileHandle(descriptor, ownsHandle: true);
        Status = FileStatus.Of(descriptor);
    }

    /// <summary>What it is; to know it again.</summary>
    public FileStatus Status { get; }

    private int Descriptor => (int)handle.DangerousGetHandle();

    /// <summary>Opens a folder by a path of our own or of the customer's choice.</summary>
    /// <exception cref="TransferException">It is not there, or no folder, or not ours to open.</exception>
    public static FolderHandle Open(string path)
    {
        var descriptor = LibFiles.OpenAt(LibFiles.CurrentFolder, path, LibFiles.ReadOnly | LibFiles.MustBeFolder | LibFiles.CloseOnExec, 0);
        return descriptor >= 0 ? new FolderHandle(descriptor) : throw FileTrouble.OfLastError("open the folder");
    }

    /// <summary>Opens a folder in this one; a link is refused.</summary>
    /// <exception cref="TransferException">It is not there, or no folder.</exception>
    public FolderHandle OpenFolder(string name)
    {
        var flags = LibFiles.ReadOnly | LibFiles.MustBeFolder | LibFiles.DoNotFollow | LibFiles.CloseOnExec;
        var descriptor = LibFiles.OpenAt(Descriptor, name, flags, 0);
        return descriptor >= 0 ? new FolderHandle(descriptor) : throw FileTrouble.OfLastError("open the folder");
    }

    /// <summary>Makes a folder and opens it; null when there is something of that name.</summary>
    /// <exception cref="TransferException">It cannot be made.</exception>
    public FolderHandle? CreateFolder(string name)
    {
        if (LibFiles.MakeFolderAt(Descriptor, name, FolderMode) == 0) return OpenFolder(name);
        return Marshal.GetLastPInvokeError() == LibFiles.Exists ? null : throw FileTrouble.OfLastError("make a folder");
    }

    /// <summary>Makes an empty file that was not there before.</summary>
    /// <exception cref="TransferException">There is something of that name, or it cannot be made.</exception>
    public OpenFile CreateFile(string name)
    {
        const int Flags = LibFiles.ReadWrite | LibFiles.Create | LibFiles.MustBeNew | LibFiles.CloseOnExec;
        var descriptor = LibFiles.OpenAt(Descriptor, name, Flags | LibFiles.DoNotFollow, FileMode);
        return descriptor >= 0 ? new OpenFile(descriptor) : throw FileTrouble.OfLastError("make a file");
    }

    /// <summary>Opens an ordinary file for reading; links, devices and pipes are refused, and opening never waits.</summary>
    /// <exception cref="TransferException">Unreadable.</exception>
    public OpenFile OpenFile(string name) => OpenForReading(Descriptor, name);

    /// <summary>The same by a path of the customer's choice.</summary>
    /// <exception cref="TransferException">Unreadable.</exception>
    public static OpenFile OpenFileByPath(string path) => OpenForReading(LibFiles.CurrentFolder, path);

    /// <summary>What stands under a name, links themselves; null when nothing does.</summary>
    public FileStatus? Find(string name) => FileStatus.Of(Descriptor, name);

    /// <summary>The names in this folder, at most so many, as they are found.</summary>
    /// <exception cref="TransferException">It cannot be read.</exception>
    public IReadOnlyList<string> Names(int most)
    {
        try
        {
            // By the handle, so that nothing that was put in its place is read.
            return [.. Directory.EnumerateFileSystemEntries($"/proc/self/fd/{Descriptor}").Select(path => Path.GetFileName(path)).Take(most)];
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new TransferException(TransferReason.Unreadable, "Could not read the folder.");
        }
    }

    /// <summary>Gives a file or folder another name, here or in another folder on the same disk; false, and nothing is done, when that name is taken.</summary>
    /// <exception cref="TransferException">It cannot be renamed.</exception>
    public bool TryMove(string name, FolderHandle target, string newName)
    {
        if (LibFiles.RenameAt(Descriptor, name, target.Descriptor, newName, LibFiles.DoNotReplace) == 0) return true;
        var error = Marshal.GetLastPInvokeError();
        if (error == LibFiles.Exists) return false;
        // Some file systems know no rename that never replaces; a hard link never does either.
        return error is LibFiles.InvalidArgument or LibFiles.NotImplemented or LibFiles.NotSupported
            ? TryLinkAndRemove(name, target, newName)
            : throw FileTrouble.Of(error, "give the file its name");
    }

    /// <summary>Removes a file; nothing happens when there is none.</summary>
    /// <exception cref="TransferException">It is there and cannot be removed.</exception>
    public void Remove(string name)
    {
        if (LibFiles.RemoveAt(Descriptor, name, 0) != 0 && Marshal.GetLastPInvokeError() != LibFiles.NotThere)
            throw FileTrouble.OfLastError("remove a file");
    }

    /// <summary>Removes a folder if it is empty.</summary>
    public bool TryRemoveFolder(string name) => LibFiles.RemoveAt(Descriptor, name, LibFiles.RemoveFolder) == 0;

    /// <summary>Makes names that were given or taken here last over a loss of power, where the file system can.</summary>
    public void Flush() => LibFiles.Flush(Descriptor);

    /// <summary>Bytes that this user may still write on this disk.</summary>
    public unsafe long FreeBytes()
    {
        var space = stackalloc ulong[LibFiles.SpaceBytes / sizeof(ulong)];
        if (LibFiles.Space(Descriptor, (byte*)space) != 0) throw FileTrouble.OfLastError("see how much room there is");
        // struct statvfs: block size, fragment size, blocks, free blocks, free blocks for this user.
        return (long)UInt128.Min(long.MaxValue, (UInt128)space[1] * space[4]);
    }

    public void Dispose() => handle.Dispose();

    private static OpenFile OpenForReading(int folder, string name)
    {
        var flags = LibFiles.ReadOnly | LibFiles.NonBlocking | LibFiles.DoNotFollow | LibFiles.CloseOnExec;
        var descriptor = LibFiles.OpenAt(folder, name, flags, 0);
        if (descriptor < 0)
            throw new TransferException(TransferReason.Unreadable, $"Could not open the file: {Marshal.GetLastPInvokeErrorMessage()}.");
        var file = new OpenFile(descriptor);
        if (file.Status().IsOrdinary) return file;
        file.Dispose();
        throw new TransferException(TransferReason.Unreadable, "This is no ordinary file.");
    }

    private bool TryLinkAndRemove(string name, FolderHandle target, string newName)
    {
        if (LibFiles.LinkAt(Descriptor, name, target.Descriptor, newName, 0) != 0)
            return Marshal.GetLastPInvokeError() == LibFiles.Exists ? false : throw FileTrouble.OfLastError("give the file its name");
        Remove(name);
        return true;
    }
}
