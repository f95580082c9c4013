namespace Nabij.Protocol.Control;

/// <summary>KEEPALIVE: sent when nothing else was for 5 s; no fields.</summary>
public sealed record Keepalive : ControlMessage
{
    /// <inheritdoc/>
    public override ControlMessageType Type => ControlMessageType.Keepalive;
}
