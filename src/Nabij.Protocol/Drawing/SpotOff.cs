namespace Nabij.Protocol.Drawing;

/// <summary>SPOT_OFF: there is no spot.</summary>
public sealed record SpotOff : DrawingMessage
{
    /// <inheritdoc/>
    public override DrawingMessageType Type => DrawingMessageType.SpotOff;
}
