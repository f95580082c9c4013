using System.Collections.Concurrent;
using System.Runtime.Versioning;
using Nabij.HostCore.Clipboard;
using Nabij.HostCore.Picture;

namespace Nabij.HostCore.Linux;

/// <summary>
/// The clipboard of an X desktop (the selection CLIPBOARD of ICCCM 2), on a connection and a thread of its own, so that
/// no other program makes the picture or the windows wait. What was put there is ours to give as long as this lives; at
/// the end it goes to the desktop's clipboard manager, where there is one. Any thread may call.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class X11Clipboard : IClipboard
{
    private static readonly TimeSpan StampWithin = TimeSpan.FromSeconds(2), HandOverWithin = TimeSpan.FromSeconds(3);

    /// <summary>Readings and texts that may wait; a session has one of each at a time.</summary>
    private const int MostWaiting = 16;

    /// <summary>Between so many events we look whether there is something else to do: other clients may flood us.</summary>
    private const int MostEventsAtOnce = 256;

    // XPropertyEvent, XSelectionClearEvent, XSelectionEvent (Xlib.h, 64-bit).
    private const int WindowOffset = 32, AtomOffset = 40, SelectionOffset = 40, TimeOffset = 48, StateOffset = 56;
    private const int Deleted = 1, Append = 2, Replace = 0, ByteFormat = 8, WordFormat = 32;

    private readonly X11Connection x;
    private readonly X11Wake wake = new();
    private readonly X11ClipboardAtoms atoms;
    private readonly X11SelectionOwner owner;
    private readonly TimeProvider time;
    private readonly nuint window;
    private readonly ConcurrentQueue<Action> waiting = new();
    private readonly Thread thread;
    private X11SelectionReader? reader;
    private nuint stamp;
    private bool isStamped, isHandingOver, isHandedOver;
    private volatile bool isOver, hasEnded;

    /// <summary>Opens the named display, or the one of the environment. Throws <see cref="ScreenLostException"/> with words for people.</summary>
    public X11Clipboard(string? displayName = null, TimeProvider? time = null)
    {
        this.time = time ?? TimeProvider.System;
        x = new X11Connection(displayName);
        atoms = new X11ClipboardAtoms(x.Display);
        owner = new X11SelectionOwner(x, atoms, this.time);
        window = LibX11.XCreateSimpleWindow(x.Display, x.Root, -1, -1, 1, 1, 0, 0, 0);
        _ = LibX11.XSelectInput(x.Display, window, LibX11.PropertyChangeMask);
        thread = new Thread(Run) { IsBackground = true, Name = "clipboard" };
        thread.Start();
    }

    public Task<Copied> ReadAsync() => Ask(() => owner.Text is { } own ? Own(own) : Read(), new Copied(CopiedKind.Failed));

    public Task<bool> PlaceAsync(string text, CancellationToken cancellation) => Ask(() => Place(text), false, cancellation);

    public void Dispose()
    {
        isOver = true;
        wake.Raise();
        thread.Join();
        AnswerRest();
        wake.Dispose();
        x.Dispose();
    }

    private static Copied Own(string text) => new(CopiedKind.Text, text);

    private Task<T> Ask<T>(Func<T> act, T failure, CancellationToken cancellation = default)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (waiting.Count >= MostWaiting) return Task.FromResult(failure);
        waiting.Enqueue(() =>
        {
            if (cancellation.IsCancellationRequested) answer.TrySetCanceled(cancellation);
            else answer.TrySetResult(isOver || x.IsLost ? failure : act());
        });
        wake.Raise();
        if (hasEnded) AnswerRest();
        return answer.Task;
    }

    // Once there is nobody to ask any more: each act answers that it failed.
    private void AnswerRest()
    {
        while (waiting.TryDequeue(out var left)) left();
    }

    private void Run()
    {
        try
        {
            while (!isOver && !x.IsLost)
            {
                while (!isOver && waiting.TryDequeue(out var act)) act();
                TakeEvents();
                if (!isOver && waiting.IsEmpty) Wait(owner.DropLate());
            }
            if (!x.IsLost) HandOver();
        }
        catch (ScreenLostException)
        {
            // Without a display there is no clipboard; the picture says so to the customer.
        }
        isOver = hasEnded = true;
        AnswerRest();
    }

    // Takes events until the condition holds, at most for so long; whether it does.
    private bool TakeUntil(Func<bool> condition, TimeSpan within)
    {
        var begun = time.GetTimestamp();
        while (true)
        {
            TakeEvents();
            if (condition()) return true;
            var left = within - time.GetElapsedTime(begun);
            if (x.IsLost || isOver != isHandingOver || left <= TimeSpan.Zero) return false;
            Wait(1 + (int)left.TotalMilliseconds);
        }
    }

    private void Wait(int milliseconds)
    {
        // What Xlib has read already would wake nobody.
        if (LibX11.XPending(x.Display) == 0) wake.WaitFor(LibX11.XConnectionNumber(x.Display), milliseconds);
    }

    private void TakeEvents()
    {
        var received = stackalloc byte[LibX11.EventBytes];
        for (var taken = 0; taken < MostEventsAtOnce && !x.IsLost && LibX11.XPending(x.Display) > 0; taken++)
        {
            _ = LibX11.XNextEvent(x.Display, received);
            Take(received);
        }
    }

    private void Take(byte* received)
    {
        var about = *(nuint*)(received + WindowOffset);
        switch (*(int*)received)
        {
            case LibX11.SelectionRequest:
                owner.Answer(received);
                break;
            case LibX11.SelectionClear when about == window && *(nuint*)(received + SelectionOffset) == atoms.Clipboard:
                owner.Lose();
                break;
            case LibX11.SelectionNotify when about == reader?.Window:
                reader.NoteAnswer(received);
                break;
            case LibX11.SelectionNotify when about == window && *(nuint*)(received + SelectionOffset) == atoms.Manager:
                isHandedOver = true;
                break;
            case LibX11.PropertyNotify when about == window:
                if (*(nuint*)(received + AtomOffset) == atoms.Stamp) (stamp, isStamped) = (*(nuint*)(received + TimeOffset), true);
                break;
            case LibX11.PropertyNotify when about == reader?.Window:
                reader.NoteProperty(received);
                break;
            case LibX11.PropertyNotify when *(int*)(received + StateOffset) == Deleted:
                owner.Continue(about, *(nuint*)(received + AtomOffset));
                break;
        }
    }

    // What the server's clock says: it tells with every change of a property (ICCCM 2.1).
    private bool TryStamp()
    {
        isStamped = false;
        byte none;
        _ = LibX11.XChangeProperty(x.Display, window, atoms.Stamp, X11ClipboardAtoms.String, ByteFormat, Append, (nuint*)&none, 0);
        return TakeUntil(() => isStamped, StampWithin);
    }

    private bool Place(string text)
    {
        if (!TryStamp()) return false;
        _ = LibX11.XSetSelectionOwner(x.Display, atoms.Clipboard, window, stamp);
        if (LibX11.XGetSelectionOwner(x.Display, atoms.Clipboard) != window) return false;
        owner.Own(text, stamp);
        return true;
    }

    private Copied Read()
    {
        if (!TryStamp()) return new Copied(CopiedKind.Failed);
        using (reader = new X11SelectionReader(x, atoms, time, TakeUntil))
        {
            var copied = reader.Read(stamp);
            reader = null;
            return copied;
        }
    }

    // The freedesktop.org way to outlive this program: the manager takes the text while we can still give it.
    private void HandOver()
    {
        isHandingOver = true;
        if (owner.Text is null || LibX11.XGetSelectionOwner(x.Display, atoms.Manager) == 0 || !TryStamp()) return;
        fixed (nuint* targets = owner.TextTargets)
        {
            _ = LibX11.XChangeProperty(x.Display, window, atoms.Transfer, X11ClipboardAtoms.Atom, WordFormat, Replace, targets, owner.TextTargets.Length);
        }
        _ = LibX11.XConvertSelection(x.Display, atoms.Manager, atoms.SaveTargets, atoms.Transfer, window, stamp);
        TakeUntil(() => isHandedOver && !owner.IsBusy, HandOverWithin);
    }
}
