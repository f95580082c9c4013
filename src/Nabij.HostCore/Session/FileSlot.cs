using Nabij.HostCore.Files;
using Nabij.Protocol.Session;

namespace Nabij.HostCore.Session;

/// <summary>What became of a message that was put into the slot.</summary>
internal enum SlotAnswer
{
    /// <summary>It waits to leave.</summary>
    Taken,
    /// <summary>Another one waits still.</summary>
    Full,
    /// <summary>Its way is not in force: it will never leave.</summary>
    Closed,
}

/// <summary>
/// The one message of the files channel that waits to be sent (docs/protocol/04, "Channels"), and the rule that a picture
/// that changes comes first: while it does, at most as many bytes of content leave as of the picture, one chunk for each
/// message of it at least (docs/protocol/08, "Interactions" 9). Its owner, <see cref="SendQueues"/>, holds the lock.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="wake">Runs when content that had to wait may leave; any thread.</param>
internal sealed class FileSlot(TimeProvider time, Action wake) : IDisposable
{
    /// <summary>Tuning: a picture of which nothing left for so long does not change.</summary>
    internal static readonly TimeSpan StillAfter = TimeSpan.FromMilliseconds(100);

    /// <summary>Tuning: so much of what the picture gives is kept for later, so that files never come in a burst.</summary>
    private const int MostAllowance = 256 * 1024;

    private const int LeastAllowance = ChannelTable.PieceBytes;

    private byte[]? message;
    private bool isContent;
    private FileWay way;
    private bool isToHostOpen, isFromHostOpen, hasPicture;
    private long pictureAt;
    private int allowance, messageBytes;
    private ITimer? later;

    /// <summary>Something waits that may leave now.</summary>
    public bool IsReady => message is { Length: var length } && MayLeave(length);

    /// <summary>Nothing waits.</summary>
    public bool IsEmpty => message is null;

    public void Open(FileWay which) => Set(which, true);

    /// <summary>Lets nothing of this way in, and drops what waits of it.</summary>
    public void Close(FileWay which)
    {
        Set(which, false);
        if (message is not null && way == which) message = null;
    }

    public SlotAnswer Put(FileWay which, byte[] bytes, bool hasContent)
    {
        if (!(which == FileWay.ToHost ? isToHostOpen : isFromHostOpen)) return SlotAnswer.Closed;
        if (message is not null) return SlotAnswer.Full;
        (message, way, isContent) = (bytes, which, hasContent);
        return SlotAnswer.Taken;
    }

    public void Clear() => message = null;

    /// <summary>Bytes of the picture are on their way out.</summary>
    public void NotePicture(int bytes, bool hasMore)
    {
        if (IsStill) allowance = 0;
        (hasPicture, pictureAt) = (true, time.GetTimestamp());
        messageBytes += bytes;
        allowance += bytes;
        if (!hasMore)
        {
            allowance += Math.Max(0, LeastAllowance - messageBytes);
            messageBytes = 0;
        }
        allowance = Math.Min(allowance, MostAllowance);
    }

    /// <summary>Copies the message; 0 when there is none, or when the picture comes first.</summary>
    public int Take(Span<byte> destination)
    {
        if (message is not { } next) return 0;
        if (!MayLeave(next.Length))
        {
            WakeLater();
            return 0;
        }
        if (isContent && !IsStill) allowance -= next.Length;
        message = null;
        next.CopyTo(destination);
        return next.Length;
    }

    public void Dispose() => later?.Dispose();

    private bool IsStill => !hasPicture || time.GetElapsedTime(pictureAt) >= StillAfter;

    private bool MayLeave(int length) => !isContent || IsStill || allowance >= length;

    private void Set(FileWay which, bool isOpen)
    {
        if (which == FileWay.ToHost) isToHostOpen = isOpen;
        else isFromHostOpen = isOpen;
    }

    private void WakeLater()
    {
        later ??= time.CreateTimer(_ => wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        // The moment may have passed since it was looked at.
        var left = StillAfter - time.GetElapsedTime(pictureAt);
        later.Change(left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
