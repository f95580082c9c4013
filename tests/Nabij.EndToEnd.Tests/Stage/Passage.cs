using System.Net.Sockets;

namespace Nabij.EndToEnd.Tests.Stage;

/// <summary>One connection through a <see cref="Line"/>: bytes pass both ways until it is cut.</summary>
internal sealed class Passage(Leg leg, TcpClient caller, TcpClient server, Func<Passage, int, int> pass) : IDisposable
{
    private volatile bool isCut;

    public Leg Leg => leg;

    /// <summary>What comes from here on is lost.</summary>
    public bool IsCut
    {
        get => isCut;
        set => isCut = value;
    }

    public async Task RunAsync(ReadOnlyMemory<byte> head, CancellationToken cancellationToken)
    {
        await server.GetStream().WriteAsync(head, cancellationToken);
        await Task.WhenAny(PumpAsync(caller, server, cancellationToken), PumpAsync(server, caller, cancellationToken));
        if (!isCut) Dispose();
    }

    public void ResetCaller() => Reset(caller);

    public void ResetServer() => Reset(server);

    public void Dispose()
    {
        caller.Dispose();
        server.Dispose();
    }

    private static void Reset(TcpClient end)
    {
        try
        {
            if (end.Client is { } socket) socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // It has ended by itself.
        }
        end.Dispose();
    }

    private async Task PumpAsync(TcpClient from, TcpClient to, CancellationToken cancellationToken)
    {
        var buffer = new byte[65536];
        try
        {
            for (int n; (n = await from.GetStream().ReadAsync(buffer, cancellationToken)) > 0;)
            {
                n = pass(this, n);
                if (n > 0) await to.GetStream().WriteAsync(buffer.AsMemory(0, n), cancellationToken);
            }
        }
        catch (Exception over) when (over is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // Either end has left, or was cut off.
        }
    }
}
