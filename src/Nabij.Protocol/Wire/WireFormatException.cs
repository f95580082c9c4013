namespace Nabij.Protocol.Wire;

/// <summary>A peer sent bytes that break the wire format. Ends the session; the text holds no byte of the peer.</summary>
public sealed class WireFormatException : Exception
{
    /// <summary>Creates the exception for one broken rule.</summary>
    public WireFormatException(WireError error)
        : base($"The peer broke the wire format: {error}.") => Error = error;

    /// <summary>The rule that was broken.</summary>
    public WireError Error { get; }
}
