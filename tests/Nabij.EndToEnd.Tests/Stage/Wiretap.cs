using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Nabij.EndToEnd.Tests.Stage;

/// <summary>
/// A TCP proxy that keeps every byte that passes, both ways. What browsers and hosts send in WebSocket frames is masked (RFC 6455
/// section 5.3); it is kept unmasked too, so that a search finds what the server would read.
/// </summary>
internal sealed class Wiretap : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource ending = new();
    private readonly ConcurrentBag<MemoryStream> taken = [];
    private Uri? target;

    public Wiretap()
    {
        listener.Start();
        Origin = $"http://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}";
        _ = AcceptAsync();
    }

    public string Origin { get; }

    public void ConnectTo(string address) => target = new Uri(address);

    /// <summary>Everything that passed so far, direction by direction, and client frames a second time without their masks.</summary>
    public IEnumerable<byte[]> Captured()
    {
        foreach (var stream in taken)
        {
            byte[] bytes;
            lock (stream) bytes = stream.ToArray();
            yield return bytes;
            yield return Unmask(bytes);
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ForwardAsync(await listener.AcceptTcpClientAsync(ending.Token));
        }
        catch (OperationCanceledException) { }
    }

    private async Task ForwardAsync(TcpClient client)
    {
        using var inner = new TcpClient { NoDelay = true };
        using (client)
        {
            client.NoDelay = true;
            try
            {
                await inner.ConnectAsync(target!.Host, target.Port, ending.Token);
                await Task.WhenAny(PumpAsync(client.GetStream(), inner.GetStream()), PumpAsync(inner.GetStream(), client.GetStream()));
            }
            catch (SocketException) { }
            catch (OperationCanceledException) { }
        }
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to)
    {
        var record = new MemoryStream();
        taken.Add(record);
        var buffer = new byte[65536];
        try
        {
            for (int n; (n = await from.ReadAsync(buffer, ending.Token)) > 0;)
            {
                lock (record) record.Write(buffer, 0, n);
                await to.WriteAsync(buffer.AsMemory(0, n), ending.Token);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException) { }
    }

    // Frames follow the blank line of the upgrade request; a stream that is no such thing yields nothing.
    private static byte[] Unmask(ReadOnlySpan<byte> bytes)
    {
        var plain = new MemoryStream();
        var end = bytes.IndexOf("\r\n\r\n"u8);
        if (end < 0 || bytes[..end].IndexOf("Upgrade: websocket"u8) < 0 && bytes[..end].IndexOf("Sec-WebSocket-Key"u8) < 0) return [];
        for (var rest = bytes[(end + 4)..]; rest.Length >= 2;)
        {
            long length = rest[1] & 0x7f;
            var at = 2;
            if (length == 126 && rest.Length >= 4) (length, at) = ((rest[2] << 8) | rest[3], 4);
            else if (length == 127 && rest.Length >= 10) (length, at) = (System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(rest[2..]), 10);
            var masked = (rest[1] & 0x80) != 0;
            if (!masked || rest.Length < at + 4 + length) break;
            var mask = rest.Slice(at, 4);
            for (var i = 0; i < length; i++) plain.WriteByte((byte)(rest[at + 4 + i] ^ mask[i & 3]));
            rest = rest[(int)(at + 4 + length)..];
        }

        return plain.ToArray();
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        listener.Dispose();
        ending.Dispose();
    }
}
