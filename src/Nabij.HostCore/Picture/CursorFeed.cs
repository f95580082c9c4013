using Nabij.HostCore.Input;
using Nabij.HostCore.Session;
using Nabij.Protocol.Screen;

namespace Nabij.HostCore.Picture;

/// <summary>
/// What one viewer has been told of the pointer's image and place (docs/protocol/05, cursor messages). An animated
/// pointer is another image many times a second: images are sent as far as a small allowance goes, the newest one then.
/// Picture thread.
/// </summary>
internal sealed class CursorFeed(SendQueues queues, TimeProvider time, RemoteInput? input)
{
    // Tuning: bytes of images at once, and for each second after that.
    private const double MostImageBytes = 32 * 1024, ImageBytesPerSecond = 8 * 1024;

    private CursorImage? sentImage;
    private double imageBytes = MostImageBytes;
    private TimeSpan imageAt, untilImage;
    private bool hasSentImage;
    private (int X, int Y, bool IsOwn)? sentPosition;
    private TimeSpan positionAt;

    /// <summary>True while the newest image waits for its allowance.</summary>
    public bool HasWaitingImage => untilImage > TimeSpan.Zero;

    /// <summary>A new layout: the viewer is told everything again.</summary>
    public void Restart() => (hasSentImage, sentPosition) = (false, null);

    /// <summary>Sends the pointer's image and place where they changed.</summary>
    public void Send(IScreenSource source)
    {
        var place = source.PointerPosition;
        // The pointer on a display that is not shared is none of the viewer's business, and neither is its image there.
        var image = place is null ? null : source.Cursor;
        untilImage = TimeSpan.Zero;
        if (!hasSentImage || !ReferenceEquals(sentImage, image)) OfferImage(image);
        if (place is not var (x, y))
        {
            sentPosition = null;
            return;
        }
        if (UntilPlace() > TimeSpan.Zero) return;
        var isOwn = input?.LastPointer == (x, y);
        // While the viewer's own hand moves the pointer it knows where it is.
        if (sentPosition == (x, y, isOwn) || isOwn && sentPosition is { IsOwn: true }) return;
        sentPosition = (x, y, isOwn);
        positionAt = time.GetElapsedTime(0);
        queues.PutCursorPosition(new CursorPosition((ushort)x, (ushort)y, isOwn).Encode());
    }

    /// <summary>How long until the pointer's place, or an image that waits, may be told.</summary>
    public TimeSpan UntilPosition()
    {
        var place = UntilPlace();
        return untilImage > TimeSpan.Zero && (place == TimeSpan.Zero || untilImage < place) ? untilImage : place;
    }

    private TimeSpan UntilPlace()
    {
        if (sentPosition is null) return TimeSpan.Zero;
        var left = positionAt + PictureTiming.LeastBetweenPositions - time.GetElapsedTime(0);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private void OfferImage(CursorImage? image)
    {
        var now = time.GetElapsedTime(0);
        imageBytes = Math.Min(MostImageBytes, imageBytes + (now - imageAt).TotalSeconds * ImageBytesPerSecond);
        imageAt = now;
        // One that is larger than the whole allowance needs all of it.
        var bytes = Math.Min(MostImageBytes, (image?.Pixels.Length ?? 0) * 4);
        if (bytes > imageBytes)
        {
            untilImage = TimeSpan.FromSeconds((bytes - imageBytes) / ImageBytesPerSecond);
            return;
        }
        imageBytes -= bytes;
        SendImage(image);
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
