namespace Nabij.Protocol.Drawing;

/// <summary>UNDO: the newest mark goes.</summary>
public sealed record Undo : DrawingMessage
{
    /// <inheritdoc/>
    public override DrawingMessageType Type => DrawingMessageType.Undo;
}
