using System.Runtime.Versioning;
using System.Text;
using Nabij.HostCore.Clipboard;
using Nabij.Protocol.Clipboard;

namespace Nabij.HostCore.Linux;

/// <summary>
/// Reads what another X client has on the clipboard (ICCCM 2.4 and 2.7.2), on a window that lives for one reading: a
/// client that answers late, or goes on sending, speaks to nobody. It may be hostile: times and sizes are bounded. The
/// clipboard's thread only, which brings the events.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class X11SelectionReader : IDisposable
{
    private static readonly TimeSpan StepWithin = TimeSpan.FromSeconds(2), AllWithin = TimeSpan.FromSeconds(10);
    private const int ByteFormat = 8, WordFormat = 32, NewValue = 0;
    private const int MostTargets = 1024;

    // XSelectionEvent and XPropertyEvent (Xlib.h, 64-bit).
    private const int TargetOffset = 48, PropertyOffset = 56, AtomOffset = 40, StateOffset = 56;

    private readonly X11Connection x;
    private readonly X11ClipboardAtoms atoms;
    private readonly TimeProvider time;
    private readonly Func<Func<bool>, TimeSpan, bool> wait;
    private readonly long begun;
    private nuint asked;
    private bool? isAnswered;
    private bool isNew;

    /// <param name="x">The connection.</param>
    /// <param name="atoms">Its names.</param>
    /// <param name="time">The clock.</param>
    /// <param name="wait">Takes events until the condition holds, at most for so long; whether it does.</param>
    public X11SelectionReader(X11Connection x, X11ClipboardAtoms atoms, TimeProvider time, Func<Func<bool>, TimeSpan, bool> wait)
    {
        (this.x, this.atoms, this.time, this.wait, begun) = (x, atoms, time, wait, time.GetTimestamp());
        Window = LibX11.XCreateSimpleWindow(x.Display, x.Root, -1, -1, 1, 1, 0, 0, 0);
        _ = LibX11.XSelectInput(x.Display, Window, LibX11.PropertyChangeMask);
    }

    /// <summary>The window that asks.</summary>
    public nuint Window { get; }

    /// <summary>Reads text, in the best form the owner has.</summary>
    /// <param name="stamp">Now, by the server's clock.</param>
    public Copied Read(nuint stamp)
    {
        if (LibX11.XGetSelectionOwner(x.Display, atoms.Clipboard) == 0) return new Copied(CopiedKind.Empty);
        if (!Ask(atoms.Targets, stamp)) return new Copied(CopiedKind.Failed);
        // Where it tells no targets it may have text all the same.
        var targets = isAnswered == true ? TakeWords() : [atoms.Utf8String];
        var target = Best(targets);
        if (target == 0) return new Copied(CopiedKind.Empty);
        if (!Ask(target, stamp)) return new Copied(CopiedKind.Failed);
        if (isAnswered == false) return new Copied(CopiedKind.Empty);
        var (kind, bytes) = TakeBytes();
        var encoding = target == X11ClipboardAtoms.String ? Encoding.Latin1 : Encoding.UTF8;
        // Many programs end a text with a zero byte; the form that travels has none.
        return kind == CopiedKind.Text ? new Copied(kind, encoding.GetString(bytes), targets.Contains(atoms.Secret)) : new Copied(kind);
    }

    /// <summary>A SelectionNotify for <see cref="Window"/>.</summary>
    public void NoteAnswer(byte* received)
    {
        if (*(nuint*)(received + TargetOffset) == asked) isAnswered = *(nuint*)(received + PropertyOffset) != 0;
    }

    /// <summary>A PropertyNotify for <see cref="Window"/>.</summary>
    public void NoteProperty(byte* received)
    {
        if (*(nuint*)(received + AtomOffset) == atoms.Transfer && *(int*)(received + StateOffset) == NewValue) isNew = true;
    }

    public void Dispose()
    {
        if (!x.IsLost) _ = LibX11.XDestroyWindow(x.Display, Window);
    }

    // The owner's answer has come, be it no; false when it has not, in time.
    private bool Ask(nuint target, nuint stamp)
    {
        (asked, isAnswered) = (target, null);
        _ = LibX11.XConvertSelection(x.Display, atoms.Clipboard, target, atoms.Transfer, Window, stamp);
        return wait(() => isAnswered is not null, StepWithin);
    }

    private nuint Best(IReadOnlyCollection<nuint> targets) =>
        targets.Contains(atoms.Utf8String) ? atoms.Utf8String
        : targets.Contains(atoms.PlainUtf8) ? atoms.PlainUtf8
        : targets.Contains(X11ClipboardAtoms.String) ? X11ClipboardAtoms.String
        : 0;

    private nuint[] TakeWords()
    {
        var values = Take(MostTargets, out _, out var format, out var count, out _);
        nuint[] words = format == WordFormat && values != null ? new Span<nuint>(values, (int)count).ToArray() : [];
        if (values != null) _ = LibX11.XFree((nint)values);
        return words;
    }

    private (CopiedKind Kind, byte[] Bytes) TakeBytes()
    {
        using var all = new MemoryStream();
        isNew = false;
        if (!TakePiece(all, out var type, out var isTooLarge)) return (CopiedKind.Failed, []);
        if (isTooLarge) return (CopiedKind.TooLarge, []);
        if (type != atoms.Incremental) return (CopiedKind.Text, all.ToArray());
        all.SetLength(0);
        while (true)
        {
            if (time.GetElapsedTime(begun) >= AllWithin || !wait(() => isNew, StepWithin)) return (CopiedKind.Failed, []);
            var before = all.Length;
            isNew = false;
            if (!TakePiece(all, out _, out isTooLarge)) return (CopiedKind.Failed, []);
            if (isTooLarge) return (CopiedKind.TooLarge, []);
            if (all.Length == before) return (CopiedKind.Text, all.ToArray());
        }
    }

    // Of a text in pieces the first property holds its length, as a word: not bytes, so nothing of it is kept.
    private bool TakePiece(MemoryStream all, out nuint type, out bool isTooLarge)
    {
        const int Words = (ClipboardLimits.LargestText / 4) + 1;
        var values = Take(Words, out type, out var format, out var count, out var left);
        if (format == ByteFormat && values != null) all.Write(new ReadOnlySpan<byte>(values, (int)count));
        isTooLarge = left > 0 || all.Length > ClipboardLimits.LargestText;
        if (values != null) _ = LibX11.XFree((nint)values);
        return x.TakeError() == 0 && !x.IsLost && (format is ByteFormat || type == atoms.Incremental);
    }

    // Takes the property away, which asks the owner for the next piece.
    private nuint* Take(int words, out nuint type, out int format, out nuint count, out nuint left)
    {
        var isRead = LibX11.XGetWindowProperty(x.Display, Window, atoms.Transfer, 0, words, 1, 0, out type, out format, out count, out left, out var values) == 0;
        return isRead ? values : null;
    }
}
