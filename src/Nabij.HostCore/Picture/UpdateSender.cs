using System.Buffers;
using Nabij.HostCore.Session;
using Nabij.Protocol.Screen;

namespace Nabij.HostCore.Picture;

/// <summary>
/// Hands the pieces of updates to the queues of one viewer, each in the buffer that it was coded into: nothing is
/// copied or allocated. Picture thread.
/// </summary>
internal sealed class UpdateSender(SendQueues queues) : IDisposable
{
    private readonly PieceBuffer piece = new();

    /// <summary>Begins a piece; its content is written here.</summary>
    public IBufferWriter<byte> Begin()
    {
        piece.Start(Update.HeaderBytes);
        return piece;
    }

    /// <summary>Bytes of the piece begun, its head included.</summary>
    public int Length => piece.Length;

    /// <summary>Sends the piece begun.</summary>
    public void Send(in UpdateHead head)
    {
        head.Write(piece.Head(Update.HeaderBytes));
        queues.PutScreen(piece.TakeAway(), piece.Length, head.Layout);
    }

    /// <summary>Sends the hash of the picture after an update.</summary>
    public void SendCheck(uint layout, uint update, ulong hash)
    {
        var rented = ArrayPool<byte>.Shared.Rent(Check.Bytes);
        Check.Write(rented, layout, update, hash);
        queues.PutScreen(rented, Check.Bytes, layout);
    }

    /// <summary>Sends a whole message that is not part of an update.</summary>
    public void Send(ScreenMessage message, uint layout)
    {
        var rented = ArrayPool<byte>.Shared.Rent(message.EncodedLength);
        queues.PutScreen(rented, message.Encode(rented), layout);
    }

    public void Dispose() => piece.Dispose();
}
