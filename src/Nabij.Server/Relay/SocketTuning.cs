using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;

namespace Nabij.Server.Relay;

/// <summary>
/// Keeps what the operating system holds unsent for one connection small, so that a slow line shows as back-pressure
/// within a few records instead of as seconds of queued picture (settled.md 18), and asks for a congestion control that
/// one lost packet does not halve. Works where Kestrel lends the socket; elsewhere nothing changes but the latency.
/// </summary>
internal static class SocketTuning
{
    /// <summary>TCP_NOTSENT_LOWAT: about one piece.</summary>
    internal const int UnsentBytes = 16 * 1024;

    private const int TcpProtocol = 6;
    private const int TcpNotSentLowWaterLinux = 25;
    private const int TcpNotSentLowWaterMac = 0x201;
    private const int TcpCongestionLinux = 13;

    /// <summary>True when the option was set.</summary>
    internal static bool Apply(HttpContext context)
    {
        if (context.Features.Get<IConnectionSocketFeature>()?.Socket is not { } socket)
            return false;
        try
        {
            socket.NoDelay = true;
            if (OperatingSystem.IsLinux())
                socket.SetRawSocketOption(TcpProtocol, TcpNotSentLowWaterLinux, BitConverter.GetBytes(UnsentBytes));
            else if (OperatingSystem.IsMacOS())
                socket.SetRawSocketOption(TcpProtocol, TcpNotSentLowWaterMac, BitConverter.GetBytes(UnsentBytes));
            else
                return false;
            PreferRateBased(socket);
            return true;
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The connection is already over, or the system does not know the option.
            return false;
        }
    }

    // BBR follows what the line delivers; the others take each loss of a bad line for a full one. Many systems have it
    // but not as the default; where it is not there or not allowed, the system's own choice stays.
    private static void PreferRateBased(Socket socket)
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            socket.SetRawSocketOption(TcpProtocol, TcpCongestionLinux, "bbr"u8);
        }
        catch (SocketException)
        {
            // Not this time.
        }
    }
}
