namespace Nabij.Protocol.Control;

/// <summary>KEY_UPDATE: last record of an epoch; no fields. The record layer makes and takes it.</summary>
public sealed record KeyUpdate : ControlMessage
{
    /// <inheritdoc/>
    public override ControlMessageType Type => ControlMessageType.KeyUpdate;
}
