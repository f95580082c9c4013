using System.Net.WebSockets;
using Nabij.Server.Relay;
using Nabij.Server.Web;

namespace Nabij.Server.Rendezvous;

/// <summary>
/// What both socket endpoints check before they answer with a WebSocket: that it is one, where the page that opened it
/// comes from, and how many sockets the address has (a refusal here is an HTTP status); then the first message. Thread-safe.
/// </summary>
internal sealed class SocketDoor(PublicOrigin origin, SocketCount count, Limits limits, TimeProvider time, IHostApplicationLifetime lifetime)
{
    /// <summary>Longer than <see cref="Limits.RelayStall"/>: while a slow peer holds up the relay, the pong behind it is not read.</summary>
    private static readonly TimeSpan PongMargin = TimeSpan.FromSeconds(15);

    /// <summary>Opens the socket, or answers the request with the reason and gives null.</summary>
    internal async Task<OpenSocket?> OpenAsync(HttpContext context, bool demandsOrigin)
    {
        if (!context.WebSockets.IsWebSocketRequest)
            return Refuse(context, StatusCodes.Status400BadRequest);
        if (!IsOurs(context.Request, demandsOrigin))
            return Refuse(context, StatusCodes.Status403Forbidden);
        if (count.TryEnter(RateLimits.AddressKey(context.Connection.RemoteIpAddress)) is not { } place)
            return Refuse(context, StatusCodes.Status429TooManyRequests);
        try
        {
            SocketTuning.Apply(context);
            var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
            {
                KeepAliveInterval = limits.Ping,
                KeepAliveTimeout = limits.RelayStall + PongMargin,
            });
            return new OpenSocket(socket, place);
        }
        catch
        {
            place.Dispose();
            throw;
        }
    }

    /// <summary>The first message's bytes, or null when the socket had to be closed or has gone.</summary>
    internal async Task<byte[]?> ReceiveFirstAsync(OpenSocket open, CancellationToken aborted)
    {
        var first = await FirstMessage.ReceiveAsync(open.Socket, limits.FirstMessage, time, lifetime.ApplicationStopping, aborted);
        if (first.Refusal is { } code)
            await open.Socket.CloseAsync(code, time);
        return first.Bytes;
    }

    private bool IsOurs(HttpRequest request, bool demandsOrigin)
    {
        var given = request.Headers.Origin;
        return given.Count switch
        {
            0 => !demandsOrigin,
            1 => string.Equals(given[0], origin.Value.Text, StringComparison.Ordinal),
            _ => false,
        };
    }

    private static OpenSocket? Refuse(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return null;
    }

    /// <summary>An accepted socket and its place among the unknown ones of its address; disposing it gives both up.</summary>
    internal sealed record OpenSocket(WebSocket Socket, SocketCount.Place Place) : IDisposable
    {
        public void Dispose()
        {
            Place.Dispose();
            Socket.Dispose();
        }
    }
}
