using System.Net.Sockets;

namespace Nabij.Server.Web.Outbound;

/// <summary>
/// Connections to what people of an organization typed: the name is resolved here, every address is checked, and the socket
/// connects to a checked address and to no other, so that a name cannot lead elsewhere in between. Thread-safe.
/// </summary>
internal sealed class CheckedConnection(NameLookup names, Reachable reachable)
{
    /// <summary>A <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    /// <exception cref="RefusedAddressException">The name leads only where we must not ask.</exception>
    /// <exception cref="SocketException">There is no such name, or nobody answers there.</exception>
    internal async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var addresses = await names.ResolveAsync(context.DnsEndPoint.Host, cancellation);
        var allowed = addresses.Where(reachable.Allows).ToArray();
        if (allowed.Length == 0)
            throw addresses.Length == 0 ? new SocketException((int)SocketError.HostNotFound) : new RefusedAddressException();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
