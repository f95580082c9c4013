using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Nabij.HostCore.Files;
using Nabij.Protocol.Files;

namespace Nabij.HostCore.Linux;

/// <summary>An open ordinary file: reads and writes by offset, whatever its name is by now. Owns the handle; one thread at a time.</summary>
[SupportedOSPlatform("linux")]
internal sealed class OpenFile(int descriptor) : IDisposable
{
    private const string OriginAttribute = "user.xdg.origin.url";

    private readonly SafeFileHandle handle = new(descriptor, ownsHandle: true);

    private int Descriptor => (int)handle.DangerousGetHandle();

    public FileStatus Status() => FileStatus.Of(Descriptor);

    /// <summary>Writes all of the bytes.</summary>
    /// <exception cref="TransferException">DiskFull or Unwritable; part of the bytes may have been written.</exception>
    public unsafe void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        fixed (byte* start = bytes)
        {
            for (var done = 0; done < bytes.Length;)
            {
                var count = LibFiles.WriteAt(Descriptor, start + done, (nuint)(bytes.Length - done), offset + done);
                if (count < 0 && Marshal.GetLastPInvokeError() != LibFiles.Interrupted) throw FileTrouble.OfLastError("write the file");
                done += (int)Math.Max(0, count);
            }
        }
    }

    /// <summary>Reads until the buffer is full or the file ends; how many bytes.</summary>
    /// <exception cref="TransferException">Unreadable.</exception>
    public unsafe int Read(Span<byte> buffer, long offset)
    {
        var done = 0;
        fixed (byte* start = buffer)
        {
            while (done < buffer.Length)
            {
                var count = LibFiles.ReadAt(Descriptor, start + done, (nuint)(buffer.Length - done), offset + done);
                if (count == 0) break;
                if (count < 0 && Marshal.GetLastPInvokeError() != LibFiles.Interrupted)
                    throw new TransferException(TransferReason.Unreadable, $"Could not read the file: {Marshal.GetLastPInvokeErrorMessage()}.");
                done += (int)Math.Max(0, count);
            }
        }
        return done;
    }

    public void Truncate(long length)
    {
        if (LibFiles.Truncate(Descriptor, length) != 0) throw FileTrouble.OfLastError("shorten the file");
    }

    /// <summary>The bytes are on the disk, not only in memory, when this returns.</summary>
    public void Flush()
    {
        if (LibFiles.Flush(Descriptor) != 0) throw FileTrouble.OfLastError("write the file");
    }

    /// <summary>Holds the file as this program's as long as it is open; false when another program holds it, or the file system knows no locks.</summary>
    public bool TryLock() => LibFiles.Lock(Descriptor, LibFiles.LockAlone | LibFiles.DoNotWait) == 0;

    /// <summary>Holds it no longer, whichever process just being started has inherited it.</summary>
    public void ReleaseLock() => _ = LibFiles.Lock(Descriptor, LibFiles.Unlock);

    /// <summary>Marks where the file came from, where the file system can; and the time that it had there.</summary>
    public unsafe void Mark(string origin, long modifiedMilliseconds)
    {
        var value = Encoding.UTF8.GetBytes(origin);
        fixed (byte* start = value) _ = LibFiles.SetAttribute(Descriptor, OriginAttribute, start, (nuint)value.Length, 0);
        if (modifiedMilliseconds == 0) return;
        try
        {
            File.SetLastWriteTimeUtc(handle, DateTimeOffset.FromUnixTimeMilliseconds(modifiedMilliseconds).UtcDateTime);
        }
        catch (IOException)
        {
            // Some file systems hold fewer times; the file is whole without it.
        }
    }

    public void Dispose() => handle.Dispose();
}
