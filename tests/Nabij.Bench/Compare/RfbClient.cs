using System.Buffers.Binary;
using System.Net.Sockets;

namespace Nabij.Bench.Compare;

/// <summary>
/// A client of the RFB protocol (RFC 6143) that asks for the next update as soon as one has come, and only counts what
/// arrives: it reads the Tight encoding far enough to find where an update ends, and decodes nothing.
/// </summary>
internal sealed class RfbClient : IDisposable
{
    private const int Tight = 7, CopyRectangle = 1, Raw = 0, LastRectangle = -224, QualityBase = -32;
    private const byte UpdateMessage = 0, ColorMapMessage = 1, BellMessage = 2, CutTextMessage = 3;
    private const int TightFill = 8, TightJpeg = 9, TightFilterBit = 4, CopyFilter = 0, PaletteFilter = 1, GradientFilter = 2;
    private const int PixelBytes = 3, LeastCompressed = 12;

    private readonly Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly byte[] buffer = new byte[256 * 1024];
    private int filled, used, width, height, updates;
    private long received;

    /// <summary>All bytes that arrived. Any thread.</summary>
    public long Received => Volatile.Read(ref received);

    /// <summary>Updates with at least one rectangle. Any thread.</summary>
    public int Updates => Volatile.Read(ref updates);

    /// <summary>Connects; <paramref name="jpegQuality"/> 0 to 9, or null for lossless.</summary>
    public void Connect(string socketFile, int? jpegQuality)
    {
        socket.Connect(new UnixDomainSocketEndPoint(socketFile));
        Skip(12);
        socket.Send("RFB 003.008\n"u8);
        Skip(Read(1)[0]);
        socket.Send([1]); // no authentication
        Skip(4);
        socket.Send([1]); // shared
        var head = Read(24);
        (width, height) = (BinaryPrimitives.ReadUInt16BigEndian(head), BinaryPrimitives.ReadUInt16BigEndian(head[2..]));
        Skip(BinaryPrimitives.ReadInt32BigEndian(head[20..]));
        // 32 bits, depth 24, little-endian, true color, 8 bits each, red highest: Tight then sends 3 bytes for a pixel.
        socket.Send([0, 0, 0, 0, 32, 24, 0, 1, 0, 255, 0, 255, 0, 255, 16, 8, 0, 0, 0, 0]);
        int[] plain = [Tight, CopyRectangle, Raw, LastRectangle];
        SetEncodings(jpegQuality is { } quality ? [.. plain, QualityBase + quality] : plain);
    }

    /// <summary>Asks for the whole screen or for what changed.</summary>
    public void Request(bool onlyChanges)
    {
        Span<byte> message = stackalloc byte[10];
        message.Clear();
        (message[0], message[1]) = (3, onlyChanges ? (byte)1 : (byte)0);
        BinaryPrimitives.WriteUInt16BigEndian(message[6..], (ushort)width);
        BinaryPrimitives.WriteUInt16BigEndian(message[8..], (ushort)height);
        socket.Send(message);
    }

    /// <summary>Reads messages until an update is whole.</summary>
    public void ReadUpdate()
    {
        while (Read(1)[0] is var type)
        {
            switch (type)
            {
                case UpdateMessage:
                    if (ReadRectangles()) Interlocked.Increment(ref updates);
                    return;
                case ColorMapMessage:
                    Skip(3);
                    Skip(BinaryPrimitives.ReadUInt16BigEndian(Read(2)) * 6);
                    break;
                case BellMessage:
                    break;
                case CutTextMessage:
                    Skip(3);
                    Skip(BinaryPrimitives.ReadInt32BigEndian(Read(4)));
                    break;
                default:
                    throw new BenchException($"The VNC server sent a message of type {type}, which this client does not know.");
            }
        }
    }

    /// <summary>Ends a read that is waiting. Any thread.</summary>
    public void Dispose() => socket.Dispose();

    private void SetEncodings(int[] encodings)
    {
        var message = new byte[4 + 4 * encodings.Length];
        message[0] = 2;
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(2), (ushort)encodings.Length);
        for (var i = 0; i < encodings.Length; i++) BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(4 + 4 * i), encodings[i]);
        socket.Send(message);
    }

    private bool ReadRectangles()
    {
        Skip(1);
        var count = BinaryPrimitives.ReadUInt16BigEndian(Read(2));
        for (var i = 0; i < count; i++)
        {
            var head = Read(12);
            int across = BinaryPrimitives.ReadUInt16BigEndian(head[4..]), down = BinaryPrimitives.ReadUInt16BigEndian(head[6..]);
            switch (BinaryPrimitives.ReadInt32BigEndian(head[8..]))
            {
                case Tight: SkipTight(across, down); break;
                case Raw: Skip(across * down * 4); break;
                case CopyRectangle: Skip(4); break;
                case LastRectangle: return i > 0;
                case var encoding: throw new BenchException($"The VNC server sent encoding {encoding}, which was not asked for.");
            }
        }
        return count > 0;
    }

    private void SkipTight(int across, int down)
    {
        var control = Read(1)[0] >> 4;
        switch (control)
        {
            case TightFill: Skip(PixelBytes); break;
            case TightJpeg: Skip(ReadCompactLength()); break;
            default: SkipBasic(across, down, hasFilter: (control & TightFilterBit) != 0); break;
        }
    }

    private void SkipBasic(int across, int down, bool hasFilter)
    {
        var filter = hasFilter ? Read(1)[0] : CopyFilter;
        var length = across * down * PixelBytes;
        if (filter == PaletteFilter)
        {
            var colors = Read(1)[0] + 1;
            Skip(colors * PixelBytes);
            length = colors == 2 ? (across + 7) / 8 * down : across * down;
        }
        else if (filter is not (CopyFilter or GradientFilter))
        {
            throw new BenchException($"The VNC server used filter {filter}, which does not exist.");
        }
        Skip(length < LeastCompressed ? length : ReadCompactLength());
    }

    private int ReadCompactLength()
    {
        var length = 0;
        for (var shift = 0; shift < 21; shift += 7)
        {
            var part = Read(1)[0];
            length |= (shift == 14 ? part : part & 0x7F) << shift;
            if ((part & 0x80) == 0) break;
        }
        return length;
    }

    private ReadOnlySpan<byte> Read(int count)
    {
        while (filled - used < count) Fill();
        used += count;
        return buffer.AsSpan(used - count, count);
    }

    private void Skip(int count)
    {
        while (count > filled - used)
        {
            count -= filled - used;
            used = filled;
            Fill();
        }
        used += count;
    }

    private void Fill()
    {
        buffer.AsSpan(used, filled - used).CopyTo(buffer);
        (filled, used) = (filled - used, 0);
        var count = socket.Receive(buffer.AsSpan(filled));
        if (count == 0) throw new BenchException("The VNC server closed the connection.");
        filled += count;
        Interlocked.Add(ref received, count);
    }
}
