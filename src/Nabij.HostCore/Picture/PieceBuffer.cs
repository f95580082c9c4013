using System.Buffers;

namespace Nabij.HostCore.Picture;

/// <summary>One message being written into a rented buffer that its receiver takes over, so that nothing is copied or allocated. Not thread-safe.</summary>
internal sealed class PieceBuffer : IBufferWriter<byte>, IDisposable
{
    private const int FirstBytes = 64 * 1024;

    private byte[] rented = [];

    /// <summary>Bytes written, the head included.</summary>
    public int Length { get; private set; }

    /// <summary>Begins a message; the head is filled in later.</summary>
    public void Start(int headBytes)
    {
        Length = 0;
        GetSpan(headBytes);
        Length = headBytes;
    }

    public Span<byte> Head(int length) => rented.AsSpan(0, length);

    /// <summary>The buffer, from ArrayPool.Shared, is the caller's from now on.</summary>
    public byte[] TakeAway()
    {
        var taken = rented;
        rented = [];
        return taken;
    }

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, rented.Length - Length);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        Length += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return rented.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return rented.AsSpan(Length);
    }

    public void Dispose()
    {
        if (rented.Length > 0) ArrayPool<byte>.Shared.Return(TakeAway());
    }

    private void Reserve(int more)
    {
        if (rented.Length - Length >= Math.Max(1, more)) return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(FirstBytes, Math.Max(Length + more, rented.Length * 2)));
        rented.AsSpan(0, Length).CopyTo(larger);
        if (rented.Length > 0) ArrayPool<byte>.Shared.Return(rented);
        rented = larger;
    }
}
