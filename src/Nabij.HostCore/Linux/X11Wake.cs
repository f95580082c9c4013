using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Nabij.HostCore.Picture;

namespace Nabij.HostCore.Linux;

/// <summary>Lets any thread end a wait for the X connection: an eventfd polled beside it.</summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class X11Wake : IDisposable
{
    private readonly Lock gate = new();
    private int descriptor = LibC.EventCounter(0, LibC.NonBlocking | LibC.CloseOnExec);

    public void Raise()
    {
        lock (gate)
        {
            ulong one = 1;
            if (descriptor >= 0) _ = LibC.Write(descriptor, &one, sizeof(ulong));
        }
    }

    /// <summary>Forgets wake-ups so far; the caller is awake.</summary>
    public void Clear()
    {
        ulong ignored;
        _ = LibC.Read(descriptor, &ignored, sizeof(ulong));
    }

    /// <summary>Sleeps until the X connection can be read, a wake-up was raised, or so many milliseconds are over; -1: without end.</summary>
    public void WaitFor(int connection, int milliseconds = -1)
    {
        var entries = stackalloc LibC.PollEntry[2];
        entries[0] = new LibC.PollEntry { Descriptor = connection, Events = LibC.Readable };
        entries[1] = new LibC.PollEntry { Descriptor = descriptor, Events = LibC.Readable };
        while (LibC.Poll(entries, 2, milliseconds) < 0)
        {
            if (Marshal.GetLastPInvokeError() != LibC.Interrupted)
                throw new ScreenLostException("Waiting for the display failed. The session cannot go on.");
        }
        Clear();
    }

    public void Dispose()
    {
        lock (gate)
        {
            _ = LibC.Close(descriptor);
            descriptor = -1;
        }
    }
}
