namespace Nabij.Protocol.Control;

/// <summary>RESUMED: first record of each side after a resume; no fields.</summary>
public sealed record Resumed : ControlMessage
{
    /// <inheritdoc/>
    public override ControlMessageType Type => ControlMessageType.Resumed;
}
