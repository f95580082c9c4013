using System.Buffers.Binary;
using System.Net.Sockets;

namespace Nabij.HostCore.Tests.Linux;

/// <summary>
/// The customer's own keyboard and mouse on a display of <see cref="VirtualDisplay.StartResizable"/>: keys that come in by VNC
/// (RFC 6143) are those of a keyboard device of that server, not of another program.
/// </summary>
internal sealed class CustomersKeyboard : IDisposable
{
    public const uint Shift = 0xFFE1, Control = 0xFFE3;

    private readonly Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    public CustomersKeyboard(VirtualDisplay display)
    {
        socket.Connect(new UnixDomainSocketEndPoint(display.Socket));
        Receive(12); // version
        socket.Send("RFB 003.008\n"u8);
        Receive(Receive(1)[0]); // ways to sign in
        socket.Send([1]); // none
        Receive(4);
        socket.Send([1]); // shared
        var start = Receive(24); // size, format, length of the name
        Receive(BinaryPrimitives.ReadInt32BigEndian(start.AsSpan(20)));
    }

    public void SetKey(uint symbol, bool isDown)
    {
        var message = new byte[8];
        (message[0], message[1]) = (4, isDown ? (byte)1 : (byte)0);
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(4), symbol);
        socket.Send(message);
    }

    /// <summary>The customer's own mouse: where it is, and which buttons are down (bit 0 is the left one).</summary>
    public void Point(int x, int y, byte buttons = 0)
    {
        var message = new byte[6];
        (message[0], message[1]) = (5, buttons);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(2), (ushort)x);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(4), (ushort)y);
        socket.Send(message);
    }

    public void Dispose() => socket.Dispose();

    private byte[] Receive(int count)
    {
        var bytes = new byte[count];
        for (var got = 0; got < count;)
        {
            var more = socket.Receive(bytes.AsSpan(got));
            Assert.NotEqual(0, more);
            got += more;
        }
        return bytes;
    }
}
