using Nabij.HostCore.Input;
using Nabij.HostCore.Session;
using Nabij.Protocol.Screen;

namespace Nabij.HostCore.Picture;

/// <summary>What one viewer has been told of the pointer's image and place (docs/protocol/05, cursor messages). Picture thread.</summary>
internal sealed class CursorFeed(SendQueues queues, TimeProvider time, RemoteInput? input)
{
    private CursorImage? sentImage;
    private bool hasSentImage;
    private (int X, int Y, bool IsOwn)? sentPosition;
    private TimeSpan positionAt;

    /// <summary>A new layout: the viewer is told everything again.</summary>
    public void Restart() => (hasSentImage, sentPosition) = (false, null);

    /// <summary>Sends the pointer's image and place where they changed.</summary>
    public void Send(IScreenSource source)
    {
        if (!hasSentImage || !ReferenceEquals(sentImage, source.Cursor)) SendImage(source.Cursor);
        if (UntilPosition() > TimeSpan.Zero) return;
        var (x, y) = source.PointerPosition;
        var isOwn = input?.LastPointer == (x, y);
        // While the viewer's own hand moves the pointer it knows where it is.
        if (sentPosition == (x, y, isOwn) || isOwn && sentPosition is { IsOwn: true }) return;
        sentPosition = (x, y, isOwn);
        positionAt = time.GetElapsedTime(0);
        queues.PutCursorPosition(new CursorPosition((ushort)x, (ushort)y, isOwn).Encode());
    }

    /// <summary>How long until the pointer's place may be told again.</summary>
    public TimeSpan UntilPosition()
    {
        if (sentPosition is null) return TimeSpan.Zero;
        var left = positionAt + PictureTiming.LeastBetweenPositions - time.GetElapsedTime(0);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private void SendImage(CursorImage? cursor)
    {
        (sentImage, hasSentImage) = (cursor, true);
        CursorMessage message = cursor is null
            ? new CursorHidden()
            : new CursorShape(cursor.Width, cursor.Height, cursor.HotspotX, cursor.HotspotY, Bytes(cursor));
        queues.PutCursorShape(message.Encode());
    }

    private static byte[] Bytes(CursorImage cursor)
    {
        var bytes = new byte[cursor.Pixels.Length * 4];
        var at = 0;
        foreach (var pixel in cursor.Pixels.Span)
        {
            bytes[at++] = (byte)(pixel >> 16);
            bytes[at++] = (byte)(pixel >> 8);
            bytes[at++] = (byte)pixel;
            bytes[at++] = (byte)(pixel >> 24);
        }
        return bytes;
    }
}
