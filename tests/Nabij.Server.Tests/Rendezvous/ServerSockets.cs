using System.Net.WebSockets;

namespace Nabij.Server.Tests.Rendezvous;

/// <summary>Addresses of a running server's sockets, and limits wide enough for many tests from one address.</summary>
internal static class ServerSockets
{
    internal static readonly ServerChoices Wide = new()
    {
        Arguments = ["--limit", "registrations-per-minute=1000,registrations-per-hour=10000,registrations-per-day=10000,waiting-per-address=1000,sockets-per-address=1000"],
        Settings = { ["RateLimits:AccountsPerMinute"] = "100000" },
    };

    internal static Uri SocketAddress(this RunningServer server, string path) => new($"ws://{server.Address.Authority}{path}");

    internal static string Origin(this RunningServer server) => $"http://{server.Address.Authority}";

    internal static async Task<ClientWebSocket> OpenViewerAsync(this RunningServer server, CancellationToken cancellation)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", server.Origin());
        await socket.ConnectAsync(server.SocketAddress("/ws/viewer"), cancellation);
        return socket;
    }
}
