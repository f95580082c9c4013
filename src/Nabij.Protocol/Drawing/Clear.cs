namespace Nabij.Protocol.Drawing;

/// <summary>CLEAR: all marks go.</summary>
public sealed record Clear : DrawingMessage
{
    /// <inheritdoc/>
    public override DrawingMessageType Type => DrawingMessageType.Clear;
}
