using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Session;

/// <summary>Why a run ended without keys: a handshake error or a wire error. For the local log only.</summary>
public readonly record struct HandshakeFailure
{
    private HandshakeFailure(HandshakeError? error, WireError? wire) => (Error, Wire) = (error, wire);

    /// <summary>The handshake error, or null.</summary>
    public HandshakeError? Error { get; }

    /// <summary>The wire error, or null.</summary>
    public WireError? Wire { get; }

    /// <summary>The name in docs/protocol/09-errors.md.</summary>
    public string Name => Error?.ToString() ?? Wire?.ToString() ?? "";

    /// <summary>A failed check.</summary>
    public static implicit operator HandshakeFailure(HandshakeError error) => new(error, null);

    /// <summary>Broken encoding.</summary>
    public static implicit operator HandshakeFailure(WireError error) => new(null, error);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
