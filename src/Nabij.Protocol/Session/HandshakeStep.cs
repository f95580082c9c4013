namespace Nabij.Protocol.Session;

/// <summary>
/// What one event of a run led to. Send <see cref="Reply"/> if there is one; with a <see cref="Failure"/> or a
/// <see cref="Retry"/> then close the connection; with a <see cref="Session"/> go on to records.
/// </summary>
public sealed record HandshakeStep
{
    /// <summary>The one message to send now, or null.</summary>
    public ReadOnlyMemory<byte>? Reply { get; init; }

    /// <summary>Why the run ended without keys, or null.</summary>
    public HandshakeFailure? Failure { get; init; }

    /// <summary>Host: the secret is worth nothing any more; make new digits and tell the customer.</summary>
    public bool IsSecretBurnt { get; init; }

    /// <summary>Host: the run counts as broken off (the third one burns).</summary>
    public bool IsBrokenOff { get; init; }

    /// <summary>Viewer: start one more run, on a new pairing, with these lists. Null otherwise.</summary>
    public VersionOffer? Retry { get; init; }

    /// <summary>The session, once both sides have proved the secret; the receiver owns and disposes it.</summary>
    public EstablishedSession? Session { get; init; }

    /// <summary>Whether the run is over.</summary>
    public bool IsOver => Failure is not null || Retry is not null || Session is not null;
}
