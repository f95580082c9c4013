namespace Nabij.Protocol;

/// <summary>A check of the handshake or of a signed document failed. The text holds no byte of the peer.</summary>
public sealed class HandshakeException : Exception
{
    /// <summary>Creates the exception for one failed check.</summary>
    public HandshakeException(HandshakeError error)
        : base($"A check of the handshake failed: {error}.") => Error = error;

    /// <summary>The check that failed.</summary>
    public HandshakeError Error { get; }

    internal static void Require(bool condition, HandshakeError error)
    {
        if (!condition)
            throw new HandshakeException(error);
    }
}
