using System.Diagnostics.CodeAnalysis;

namespace Nabij.Protocol;

/// <summary>Close codes of the server's sockets (docs/protocol/09-errors.md).</summary>
[SuppressMessage("Design", "CA1008", Justification = "WebSocket close codes have no zero.")]
public enum SocketCloseCode
{
    /// <summary>Not the message that this step expects.</summary>
    BadMessage = 4000,

    /// <summary>The first message did not come in time.</summary>
    TooLate = 4001,

    /// <summary>The waiting time or the lease ran out.</summary>
    Expired = 4002,

    /// <summary>The other side's connection ended.</summary>
    PeerGone = 4003,

    /// <summary>A message or the session is over its limit.</summary>
    TooLarge = 4004,

    /// <summary>The other side took nothing for 30 s.</summary>
    Stalled = 4005,

    /// <summary>The server is stopping or restarting.</summary>
    GoingAway = 4006,

    /// <summary>Too many attempts from this address, account, or organization.</summary>
    Limited = 4007,

    /// <summary>Not allowed: ticket, organization, origin, or sign-in.</summary>
    Refused = 4008,

    /// <summary>The session cannot be resumed.</summary>
    ResumeRefused = 4009,
}
