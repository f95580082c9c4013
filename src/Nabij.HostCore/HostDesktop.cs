using Nabij.HostCore.Clipboard;
using Nabij.HostCore.Drawing;
using Nabij.HostCore.Input;
using Nabij.HostCore.Linux;
using Nabij.HostCore.Picture;
using Nabij.HostCore.Picture.Px;

namespace Nabij.HostCore;

/// <summary>
/// The customer's desktop as a session uses it: the picture thread over the screen, the sink for input, and which
/// displays are shared. Owns screen, sink and clipboard. One desktop serves one session after another.
/// </summary>
public sealed class HostDesktop : IDisposable
{
    private PxEncoder? ready;
    private volatile bool isDisposed;

    /// <summary>
    /// Takes over a screen, a sink and a clipboard: synthetic ones in tests, the platform's by <see cref="Open"/>. Without
    /// a clipboard there is one in memory.
    /// </summary>
    public HostDesktop(IScreenSource screen, IInputSink sink, TimeProvider time, IClipboard? clipboard = null)
    {
        Sink = sink;
        Board = new DrawingBoard(sink);
        Clipboard = clipboard ?? new MemoryClipboard();
        Pictures = new PictureLoop(screen, time);
        Sink.Confine(Pictures.Layout);
        Pictures.LayoutChanged += Sink.Confine;
        Pictures.DisplaysChanged += () => DisplaysChanged?.Invoke();
        Pictures.Start();
    }

    /// <summary>The computer has other displays than before, or shares others. On the picture thread.</summary>
    public event Action? DisplaysChanged;

    /// <summary>All displays of the computer, shared or not.</summary>
    public IReadOnlyList<DesktopDisplay> Displays => Pictures.Displays;

    /// <summary>What is shared of them now; empty for a moment after <see cref="Share"/>.</summary>
    public ScreenLayout Shared => Pictures.Layout;

    /// <summary>The picture thread.</summary>
    public PictureLoop Pictures { get; }

    /// <summary>What technicians draw on it.</summary>
    internal DrawingBoard Board { get; }

    /// <summary>What the customer copied last.</summary>
    public IClipboard Clipboard { get; }

    /// <summary>Where input takes effect.</summary>
    public IInputSink Sink { get; }

    /// <summary>
    /// Shares these displays and no others: once this returns, nothing of the others is captured, and no input lands on
    /// them. What viewers were sent before is theirs; a session takes the picture away first, see
    /// <see cref="Session.HostSession.Share"/>.
    /// </summary>
    public void Share(DisplayChoice choice) => Pictures.Share(choice);

    /// <summary>Opens the desktop of this computer.</summary>
    /// <param name="time">Clock of the picture.</param>
    /// <param name="choice">What is shared to begin with.</param>
    /// <exception cref="ScreenLostException">There is none, or it cannot be shared; the message is for people.</exception>
    public static HostDesktop Open(TimeProvider time, DisplayChoice choice)
    {
        if (!OperatingSystem.IsLinux())
            throw new ScreenLostException("This program cannot show the screen of this system yet: it runs on Linux with X11.");
        var screen = new X11ScreenSource(choice: choice);
        try
        {
            return new HostDesktop(screen, new X11InputSink(time), time, new X11Clipboard());
        }
        catch
        {
            screen.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Makes an encoder of the screen's present size, which a session then need not wait for: its planes are tens of
    /// megabytes. Any thread.
    /// </summary>
    internal void PrepareEncoder()
    {
        var (width, height) = (Shared.Width, Shared.Height);
        if (isDisposed || width * height == 0 || Volatile.Read(ref ready) is not null) return;
        var encoder = new PxEncoder();
        encoder.Reset(width, height);
        encoder.Reset(width, height); // writes to memory that the system has so far only promised
        Interlocked.Exchange(ref ready, encoder)?.Dispose();
    }

    /// <summary>The encoder made ready, or another one; the caller's.</summary>
    internal PxEncoder TakeEncoder() => Interlocked.Exchange(ref ready, null) ?? new PxEncoder();

    /// <summary>Presses that would reach the windows of the X client that made this window are dropped (security.md 6.2).</summary>
    public void ProtectOwnWindows(ulong window)
    {
        if (OperatingSystem.IsLinux() && Sink is X11InputSink sink) sink.ProtectClientOf(window);
    }

    public void Dispose()
    {
        isDisposed = true;
        Pictures.Dispose();
        Sink.Dispose();
        Clipboard.Dispose();
        TakeEncoder().Dispose();
    }
}
