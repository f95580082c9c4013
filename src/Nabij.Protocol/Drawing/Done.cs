namespace Nabij.Protocol.Drawing;

/// <summary>DONE: the newest mark is finished.</summary>
public sealed record Done : DrawingMessage
{
    /// <inheritdoc/>
    public override DrawingMessageType Type => DrawingMessageType.Done;
}
