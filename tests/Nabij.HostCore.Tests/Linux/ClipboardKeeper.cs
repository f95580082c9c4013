using System.Diagnostics;
using System.Runtime.Versioning;
using Nabij.HostCore.Linux;

namespace Nabij.HostCore.Tests.Linux;

/// <summary>A clipboard manager as desktops have one (freedesktop.org, "Clipboard Manager"): asked to save, it takes the text and says so.</summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class ClipboardKeeper : IDisposable
{
    private readonly X11Connection x;
    private readonly X11Wake wake = new();
    private readonly X11ClipboardAtoms atoms;
    private readonly Thread thread;
    private X11SelectionReader? reader;
    private volatile bool isOver;
    private volatile string? kept;

    public ClipboardKeeper(string display)
    {
        x = new X11Connection(display);
        atoms = new X11ClipboardAtoms(x.Display);
        var window = LibX11.XCreateSimpleWindow(x.Display, x.Root, -1, -1, 1, 1, 0, 0, 0);
        _ = LibX11.XSetSelectionOwner(x.Display, atoms.Manager, window, 0);
        _ = LibX11.XSync(x.Display, 0);
        thread = new Thread(() => TakeUntil(() => isOver, TimeSpan.FromMinutes(1))) { IsBackground = true };
        thread.Start();
    }

    /// <summary>What it was asked to save.</summary>
    public string? Kept => kept;

    public void Dispose()
    {
        isOver = true;
        wake.Raise();
        thread.Join();
        x.Dispose();
        wake.Dispose();
    }

    private bool TakeUntil(Func<bool> condition, TimeSpan within)
    {
        var clock = Stopwatch.StartNew();
        var received = stackalloc byte[LibX11.EventBytes];
        while (!condition() && clock.Elapsed < within)
        {
            if (LibX11.XPending(x.Display) == 0) wake.WaitFor(LibX11.XConnectionNumber(x.Display), 1000);
            while (LibX11.XPending(x.Display) > 0)
            {
                _ = LibX11.XNextEvent(x.Display, received);
                Take(received);
            }
        }
        return condition();
    }

    private void Take(byte* received)
    {
        if (*(int*)received == LibX11.SelectionNotify) reader?.NoteAnswer(received);
        if (*(int*)received == LibX11.PropertyNotify) reader?.NoteProperty(received);
        if (*(int*)received != LibX11.SelectionRequest || *(nuint*)(received + 56) != atoms.SaveTargets) return;
        var answer = stackalloc byte[LibX11.EventBytes];
        new Span<byte>(answer, LibX11.EventBytes).Clear();
        *(int*)answer = LibX11.SelectionNotify;
        // Requestor, selection, target, property, time stand one place earlier in the answer than in the request.
        Buffer.MemoryCopy(received + 40, answer + 32, 40, 40);
        using (reader = new X11SelectionReader(x, atoms, TimeProvider.System, TakeUntil)) kept = reader.Read(0).Text;
        reader = null;
        _ = LibX11.XSendEvent(x.Display, *(nuint*)(answer + 32), 0, 0, answer);
        _ = LibX11.XSync(x.Display, 0);
    }
}
