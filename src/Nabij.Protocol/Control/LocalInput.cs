namespace Nabij.Protocol.Control;

/// <summary>LOCAL_INPUT: the customer uses the own mouse or keyboard, so the viewer's input had no effect.</summary>
public sealed record LocalInput : ControlMessage
{
    /// <inheritdoc/>
    public override ControlMessageType Type => ControlMessageType.LocalInput;
}
