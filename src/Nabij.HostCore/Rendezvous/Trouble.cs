using System.Net;
using System.Net.WebSockets;

namespace Nabij.HostCore.Rendezvous;

/// <summary>What can be in the way of a session.</summary>
public enum TroubleKind
{
    /// <summary>The server cannot be reached.</summary>
    Network,
    /// <summary>The server answers, but not properly.</summary>
    Server,
    /// <summary>The server could not prove who it is.</summary>
    Tls,
    /// <summary>The network's proxy wants a sign-in.</summary>
    Proxy,
    /// <summary>This computer's clock is five minutes or more off the server's.</summary>
    Clock,
    /// <summary>No terms, or not in order.</summary>
    Terms,
    /// <summary>The server wants a newer program.</summary>
    Outdated,
    /// <summary>No code is free.</summary>
    Full,
    /// <summary>Too many connections from this network.</summary>
    Limited,
    /// <summary>The server does not know the organization.</summary>
    Organization,
    /// <summary>Nobody used the code while the server kept it.</summary>
    Expired,
    /// <summary>There is no screen any more.</summary>
    Screen,
}

/// <summary>What is in the way; for the clock, what both clocks say; for a refusal, after how long another try may help.</summary>
public sealed record Trouble(TroubleKind Kind, DateTimeOffset? Local = null, DateTimeOffset? Server = null, TimeSpan RetryAfter = default)
{
    /// <summary>From here on a clock is called wrong (settled.md 22).</summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    /// <summary>The trouble if the clocks differ too much, else null.</summary>
    public static Trouble? OfClocks(DateTimeOffset local, DateTimeOffset server) =>
        (local - server).Duration() >= ClockTolerance ? new Trouble(TroubleKind.Clock, local, server) : null;

    /// <summary>What an exception of connecting means.</summary>
    public static Trouble Of(Exception failure) => new(KindOf(failure));

    private static TroubleKind KindOf(Exception failure) => failure switch
    {
        HttpRequestException { StatusCode: HttpStatusCode.ProxyAuthenticationRequired } => TroubleKind.Proxy,
        HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } => TroubleKind.Proxy,
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => TroubleKind.Tls,
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError } => TroubleKind.Network,
        HttpRequestException { StatusCode: HttpStatusCode.TooManyRequests } => TroubleKind.Limited,
        HttpRequestException { StatusCode: HttpStatusCode.NotFound } => TroubleKind.Organization,
        WebSocketException { InnerException: null, WebSocketErrorCode: WebSocketError.NotAWebSocket } => TroubleKind.Server,
        { InnerException: { } inner } => KindOf(inner),
        OperationCanceledException or TimeoutException or IOException => TroubleKind.Network,
        _ => TroubleKind.Server,
    };
}
