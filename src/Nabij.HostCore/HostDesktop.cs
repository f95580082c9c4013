using Nabij.HostCore.Input;
using Nabij.HostCore.Linux;
using Nabij.HostCore.Picture;

namespace Nabij.HostCore;

/// <summary>
/// The customer's desktop as a session uses it: the picture thread over the screen, and the sink for input. Owns both.
/// One desktop serves one session after another.
/// </summary>
public sealed class HostDesktop : IDisposable
{
    /// <summary>Takes over a screen and a sink: synthetic ones in tests, the platform's by <see cref="Open"/>.</summary>
    public HostDesktop(IScreenSource screen, IInputSink sink, TimeProvider time)
    {
        Sink = sink;
        Pictures = new PictureLoop(screen, time);
        Pictures.Start();
    }

    /// <summary>The picture thread.</summary>
    public PictureLoop Pictures { get; }

    /// <summary>Where input takes effect.</summary>
    public IInputSink Sink { get; }

    /// <summary>Opens the desktop of this computer.</summary>
    /// <exception cref="ScreenLostException">There is none, or it cannot be shared; the message is for people.</exception>
    public static HostDesktop Open(TimeProvider time)
    {
        if (!OperatingSystem.IsLinux())
            throw new ScreenLostException("This program cannot show the screen of this system yet: it runs on Linux with X11.");
        var screen = new X11ScreenSource();
        try
        {
            return new HostDesktop(screen, new X11InputSink(time), time);
        }
        catch
        {
            screen.Dispose();
            throw;
        }
    }

    /// <summary>Presses that would reach the windows of the X client that made this window are dropped (security.md 6.2).</summary>
    public void ProtectOwnWindows(ulong window)
    {
        if (OperatingSystem.IsLinux() && Sink is X11InputSink sink) sink.ProtectClientOf(window);
    }

    public void Dispose()
    {
        Pictures.Dispose();
        Sink.Dispose();
    }
}
