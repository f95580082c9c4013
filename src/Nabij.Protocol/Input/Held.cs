namespace Nabij.Protocol.Input;

/// <summary>HELD: what the technician holds is still held; no fields.</summary>
public sealed record Held : InputMessage
{
    /// <inheritdoc/>
    public override InputMessageType Type => InputMessageType.Held;
}
