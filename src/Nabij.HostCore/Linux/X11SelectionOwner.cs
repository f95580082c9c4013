using System.Runtime.Versioning;
using System.Text;

namespace Nabij.HostCore.Linux;

/// <summary>
/// Answers other X clients that paste what we put on the clipboard (ICCCM 2.2 to 2.7): at once where it is short, piece
/// by piece (INCR) where it is long. Whoever asks may be hostile, gone, or never take the next piece: everything is
/// bounded. The clipboard's thread only.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class X11SelectionOwner(X11Connection x, X11ClipboardAtoms atoms, TimeProvider time)
{
    /// <summary>Tuning: more than this goes in pieces of this size; servers take 256 KiB at least.</summary>
    private const int LargestPiece = 65_536;
    private const int MostTransfers = 16, MostPairs = 32;
    private const int Replace = 0, ByteFormat = 8, WordFormat = 32;
    private static readonly TimeSpan StepWithin = TimeSpan.FromSeconds(10);

    // XSelectionRequestEvent and XSelectionEvent (Xlib.h, 64-bit).
    private const int RequestorOffset = 40, SelectionOffset = 48, TargetOffset = 56, PropertyOffset = 64, TimeOffset = 72;
    private const int ToOffset = 32, ToSelectionOffset = 40, ToTargetOffset = 48, ToPropertyOffset = 56, ToTimeOffset = 64;

    private readonly List<Transfer> transfers = [];
    private nuint since;

    private sealed class Transfer
    {
        public required nuint Window { get; init; }
        public required nuint Property { get; init; }
        public required nuint Type { get; init; }
        public required byte[] Bytes { get; init; }
        public int Sent { get; set; }
        public long StepBegan { get; set; }
    }

    /// <summary>What is on the clipboard, while that is ours; else null.</summary>
    public string? Text { get; private set; }

    /// <summary>What it can be had as.</summary>
    public nuint[] TextTargets { get; } = [atoms.Utf8String, atoms.PlainUtf8, X11ClipboardAtoms.String];

    /// <summary>True while somebody is in the middle of taking a long text.</summary>
    public bool IsBusy => transfers.Count > 0;

    /// <summary>The clipboard is ours since then, by the server's clock.</summary>
    public void Own(string text, nuint stamp) => (Text, since) = (text, stamp);

    /// <summary>Somebody else has copied something.</summary>
    public void Lose() => Text = null;

    /// <summary>Answers a SelectionRequest.</summary>
    public void Answer(byte* request)
    {
        var (window, target, property) = (Word(request, RequestorOffset), Word(request, TargetOffset), Word(request, PropertyOffset));
        var asked = Word(request, TimeOffset);
        if (property == 0) property = target; // clients from before ICCCM
        var isOurs = Text is not null && Word(request, SelectionOffset) == atoms.Clipboard && (asked == 0 || asked >= since);
        var isDone = isOurs && (target == atoms.Multiple ? ConvertAll(window, property) : Convert(window, property, target));
        var answer = stackalloc byte[LibX11.EventBytes];
        new Span<byte>(answer, LibX11.EventBytes).Clear();
        *(int*)answer = LibX11.SelectionNotify;
        *(nuint*)(answer + ToOffset) = window;
        *(nuint*)(answer + ToSelectionOffset) = Word(request, SelectionOffset);
        *(nuint*)(answer + ToTargetOffset) = target;
        *(nuint*)(answer + ToPropertyOffset) = isDone ? property : 0;
        *(nuint*)(answer + ToTimeOffset) = asked;
        _ = LibX11.XSendEvent(x.Display, window, 0, 0, answer);
        _ = x.TakeError(); // a window that is gone by now is its own trouble
    }

    /// <summary>Somebody has deleted a property: the next piece may follow.</summary>
    public void Continue(nuint window, nuint property)
    {
        if (transfers.Find(one => one.Window == window && one.Property == property) is not { } transfer) return;
        var length = Math.Min(LargestPiece, transfer.Bytes.Length - transfer.Sent);
        Write(window, property, transfer.Type, transfer.Bytes.AsSpan(transfer.Sent, length));
        transfer.Sent += length;
        transfer.StepBegan = time.GetTimestamp();
        // A piece of no bytes is the end.
        if (length == 0) Drop(transfer);
        if (x.TakeError() != 0) Drop(transfer);
    }

    /// <summary>Forgets those who do not take the next piece; in how many milliseconds to look again, -1 for never.</summary>
    public int DropLate()
    {
        foreach (var late in transfers.FindAll(one => time.GetElapsedTime(one.StepBegan) >= StepWithin)) Drop(late);
        if (transfers.Count == 0) return -1;
        return 1 + (int)transfers.Min(one => (StepWithin - time.GetElapsedTime(one.StepBegan)).TotalMilliseconds);
    }

    private bool ConvertAll(nuint window, nuint property)
    {
        if (LibX11.XGetWindowProperty(x.Display, window, property, 0, 2 * MostPairs, 0, atoms.AtomPair, out _, out var format, out var count, out var left, out var values) != 0)
            return false;
        var isUsable = format == WordFormat && values != null && left == 0;
        for (nuint pair = 0; isUsable && pair + 1 < count; pair += 2)
        {
            // What cannot be had is told in its place.
            if (values[pair] == atoms.Multiple || !Convert(window, values[pair + 1], values[pair])) values[pair + 1] = 0;
        }
        if (isUsable) _ = LibX11.XChangeProperty(x.Display, window, property, atoms.AtomPair, WordFormat, Replace, values, (int)count);
        if (values != null) _ = LibX11.XFree((nint)values);
        return isUsable;
    }

    private bool Convert(nuint window, nuint property, nuint target)
    {
        if (property == 0 || Text is null) return false;
        if (target == atoms.Targets) return Write(window, property, X11ClipboardAtoms.Atom, [atoms.Targets, atoms.Multiple, atoms.Timestamp, .. TextTargets]);
        if (target == atoms.Timestamp) return Write(window, property, X11ClipboardAtoms.Integer, [since]);
        if (!TextTargets.Contains(target)) return false;
        // STRING is Latin-1 (ICCCM 2.6.2); what it has not got becomes a question mark.
        var bytes = target == X11ClipboardAtoms.String ? Encoding.Latin1.GetBytes(Text) : Encoding.UTF8.GetBytes(Text);
        if (bytes.Length <= LargestPiece) return Write(window, property, target, bytes);
        if (transfers.Count == MostTransfers) return false;
        transfers.Add(new Transfer { Window = window, Property = property, Type = target, Bytes = bytes, StepBegan = time.GetTimestamp() });
        _ = LibX11.XSelectInput(x.Display, window, LibX11.PropertyChangeMask);
        return Write(window, property, atoms.Incremental, [(nuint)bytes.Length]);
    }

    private bool Write(nuint window, nuint property, nuint type, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* first = bytes)
        {
            _ = LibX11.XChangeProperty(x.Display, window, property, type, ByteFormat, Replace, (nuint*)first, bytes.Length);
        }
        return true;
    }

    private bool Write(nuint window, nuint property, nuint type, ReadOnlySpan<nuint> words)
    {
        fixed (nuint* first = words)
        {
            _ = LibX11.XChangeProperty(x.Display, window, property, type, WordFormat, Replace, first, words.Length);
        }
        return true;
    }

    private void Drop(Transfer transfer)
    {
        if (!transfers.Remove(transfer) || transfers.Exists(one => one.Window == transfer.Window)) return;
        _ = LibX11.XSelectInput(x.Display, transfer.Window, 0);
        _ = x.TakeError();
    }

    private static nuint Word(byte* at, int offset) => *(nuint*)(at + offset);
}
